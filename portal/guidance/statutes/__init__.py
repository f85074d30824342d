"""Readers of official texts: eCFR XML, Akoma Ntoso, Formex, Markdown and YAML into one shape. No Django here."""

from portal.guidance.statutes.reading import ENDINGS, FORMATS, read
from portal.guidance.statutes.statute import Fault, Node, Statute, Unreadable

__all__ = ["ENDINGS", "FORMATS", "Fault", "Node", "Statute", "Unreadable", "read"]

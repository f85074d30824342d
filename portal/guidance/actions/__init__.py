"""Writes of guidance that more than one doorway needs."""

from portal.guidance.actions.records import record

__all__ = ["record"]

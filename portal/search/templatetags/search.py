"""What one result is, in a word."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

KINDS = {
    "jurisdiction": _("Jurisdiction"),
    "authority": _("Authority"),
    "regime": _("Regime"),
    "list": _("Control list"),
    "entry": _("List entry"),
    "instrument": _("Law"),
    "provision": _("Provision"),
    "guideline": _("Guideline"),
    "term": _("Term"),
    "event": _("Event"),
    "flag": _("Red flag"),
    "case": _("Case"),
    "notice": _("Notice"),
    "framework": _("Framework"),
    "element": _("Element of a framework"),
    "requirement": _("Requirement"),
    "questionnaire": _("Questionnaire"),
    "course": _("Course"),
    "lesson": _("Lesson"),
}


@register.filter
def kind_word(kind: str) -> str:
    """The name of one thing of this kind."""
    return str(KINDS.get(kind, kind.replace("-", " ").capitalize()))

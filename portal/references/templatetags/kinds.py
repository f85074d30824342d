"""The kinds of things that can be cited, in words."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

KINDS = {
    "jurisdiction": _("Jurisdictions"),
    "authority": _("Authorities"),
    "regime": _("Regimes"),
    "list": _("Control lists"),
    "control-list": _("Control lists"),
    "entry": _("List entries"),
    "instrument": _("Laws"),
    "provision": _("Provisions"),
    "guideline": _("Guidelines"),
    "term": _("Terms"),
    "event": _("Events"),
    "flag": _("Red flags"),
    "case": _("Cases"),
    "notice": _("Notices"),
    "framework": _("Frameworks"),
    "element": _("Elements of a framework"),
    "requirement": _("Requirements"),
    "questionnaire": _("Questionnaires"),
    "question": _("Questions"),
    "course": _("Courses"),
    "lesson": _("Lessons"),
    "bank-question": _("Test questions"),
}
ROLES = {
    "basis": _("basis"),
    "example": _("example"),
    "teaches": _("teaches it"),
    "tests": _("tests it"),
    "amends": _("amends it"),
    "implements": _("implements it"),
    "see-also": _("see also"),
}


@register.filter
def kind_words(kind: str) -> str:
    """The plural name of a kind of address, as a heading."""
    return str(KINDS.get(kind, kind.replace("-", " ").replace("_", " ").capitalize()))


@register.filter
def role_words(role: str) -> str:
    """What a citation is for."""
    return str(ROLES.get(role, role))

"""Reads of the glossary, the timeline and red flags."""

from django.db.models import QuerySet

from portal.guidance.models import Compilation, Event, RedFlag, Term


def terms() -> QuerySet[Term]:
    """The terms of the glossary."""
    return Term.objects.filter(withdrawn_on=None)


def events() -> QuerySet[Event]:
    """The events of the timeline."""
    return Event.objects.filter(withdrawn_on=None)


def red_flags() -> QuerySet[RedFlag]:
    """The red flags, by category, with it."""
    return RedFlag.objects.filter(withdrawn_on=None).select_related("category")


def compilation(name: str) -> Compilation:
    """Where a collection comes from; an empty one where nothing was said."""
    return Compilation.objects.filter(name=name).first() or Compilation(name=name)

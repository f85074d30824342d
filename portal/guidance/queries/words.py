"""Reads of the glossary and the timeline."""

from django.db.models import QuerySet

from portal.guidance.models import Event, Term


def terms() -> QuerySet[Term]:
    """The terms of the glossary."""
    return Term.objects.filter(withdrawn_on=None)


def events() -> QuerySet[Event]:
    """The events of the timeline."""
    return Event.objects.filter(withdrawn_on=None)

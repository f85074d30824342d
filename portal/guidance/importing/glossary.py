"""content/guidance/glossary.yaml and timeline.yaml -> terms and events."""

import datetime as dt
from collections.abc import Iterable

from portal.core.authored import Citing, KeyText, Loaded, Loc, PartialDate, Record, Slug, SourcedRecord, Text
from portal.core.dates import first_day
from portal.core.texts import i18n
from portal.guidance.importing.compilations import say_where_from
from portal.guidance.models import Event, Term
from portal.references.authored import Shelf
from portal.references.models import Address


class TermRecord(Record):
    slug: Slug
    term: Text
    definition: Text
    related: list[KeyText] = []
    to_check: bool = False


class GlossaryRecord(SourcedRecord):
    terms: list[TermRecord]


class EventRecord(Record):
    slug: Slug
    date: PartialDate
    actor: str
    category: str
    text: Text
    cites: list[KeyText] = []
    to_check: bool = False


class TimelineRecord(SourcedRecord):
    events: list[EventRecord]


def term_addresses(loaded: Loaded) -> Iterable[Address]:
    for row in loaded.record.terms:
        yield Address(
            key=f"term/{row.slug}",
            kind="term",
            title=i18n(row.term),
            gist=i18n(row.definition),
            route="guidance:term",
            arguments={"slug": row.slug},
        )


def term_citing(loaded: Loaded) -> Iterable[Citing]:
    for number, row in enumerate(loaded.record.terms):
        yield Citing(
            f"term/{row.slug}", role="see-also", texts=[(("terms", number, "definition"), row.definition)]
        ).also(("terms", number, "related"), row.related)


def apply_terms(loaded: list[Loaded]) -> None:
    Term.objects.bulk_create(
        [
            Term(
                slug=row.slug,
                term=i18n(row.term),
                definition=i18n(row.definition),
                related=row.related,
                to_check=row.to_check,
            )
            for file in loaded
            for row in file.record.terms
        ],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["term", "definition", "related", "to_check", "withdrawn_on"],
        batch_size=500,
    )
    say_where_from("glossary", loaded)


def withdraw_terms(keys: set[str], on: dt.date) -> None:
    Term.objects.filter(slug__in=[key.partition("/")[2] for key in keys]).update(withdrawn_on=on)


def event_addresses(loaded: Loaded) -> Iterable[Address]:
    for row in loaded.record.events:
        yield Address(
            key=f"event/{row.slug}",
            kind="event",
            title=i18n({code: f"{row.date} {words}"[:600] for code, words in row.text.items()}),
            route="guidance:timeline",
            fragment=row.slug,
        )


def event_citing(loaded: Loaded) -> Iterable[Citing]:
    for number, row in enumerate(loaded.record.events):
        yield Citing(f"event/{row.slug}", role="see-also", texts=[(("events", number, "text"), row.text)]).also(
            ("events", number, "cites"), row.cites
        )


def event_values(loaded: Loaded) -> Iterable[tuple[Loc, str, str]]:
    for number, row in enumerate(loaded.record.events):
        yield ("events", number, "category"), "event_categories", row.category


def apply_events(loaded: list[Loaded]) -> None:
    Event.objects.bulk_create(
        [
            Event(
                slug=row.slug,
                date=row.date,
                sort_date=first_day(row.date),
                actor=row.actor,
                category=row.category,
                text=i18n(row.text),
                cites=row.cites,
                to_check=row.to_check,
            )
            for file in loaded
            for row in file.record.events
        ],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["date", "sort_date", "actor", "category", "text", "cites", "to_check", "withdrawn_on"],
        batch_size=500,
    )
    say_where_from("timeline", loaded)


def withdraw_events(keys: set[str], on: dt.date) -> None:
    Event.objects.filter(slug__in=[key.partition("/")[2] for key in keys]).update(withdrawn_on=on)


TERMS = Shelf(
    name="glossary",
    pattern="guidance/glossary.yaml",
    record=GlossaryRecord,
    addresses=term_addresses,
    citing=term_citing,
    apply=apply_terms,
    withdraw=withdraw_terms,
)
EVENTS = Shelf(
    name="timeline",
    pattern="guidance/timeline.yaml",
    record=TimelineRecord,
    addresses=event_addresses,
    citing=event_citing,
    apply=apply_events,
    withdraw=withdraw_events,
    values=event_values,
)

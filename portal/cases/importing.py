"""content/cases -> cases and their labels."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Literal

from portal.cases.models import Case, CaseLabel, Facet
from portal.controls.models import Jurisdiction
from portal.core import markdown
from portal.core.authored import Citing, KeyText, Loaded, Loc, PartialDate, Record, Slug, SourcedRecord, Text
from portal.core.dates import first_day
from portal.core.signals import Change
from portal.core.texts import i18n
from portal.references.authored import Shelf
from portal.references.models import Address


class RespondentRecord(Record):
    name: str
    country: str | None = None
    industry: Text = {}


class ItemRecord(Record):
    description: Text
    entries: list[KeyText] = []


class PenaltyRecord(Record):
    currency: str | None = None
    amount: Decimal | None = None
    suspended: Decimal | None = None
    other_terms: list[Text] = []
    note: Text = {}


class CaseRecord(SourcedRecord):
    slug: Slug
    title: Text
    date: PartialDate
    jurisdiction: Slug
    authorities: list[Slug] = []
    kind: str
    alleged: bool = False
    instruments: list[KeyText] = []
    respondents: list[RespondentRecord] = []
    destinations: list[str] = []
    items: list[ItemRecord] = []
    violation_types: list[str] = []
    discovery: str | None = None
    elements_failed: list[str] = []
    space_related: bool = False
    penalty: PenaltyRecord | None = None
    summary: Text
    facts: Text
    aggravating: list[Text] = []
    mitigating: list[Text] = []
    lessons: list[Text] = []
    red_flags: list[Text] = []
    confidence: Literal["high", "medium"] = "high"


def addresses(loaded: Loaded) -> Iterable[Address]:
    row: CaseRecord = loaded.record
    yield Address(
        key=f"case/{row.slug}",
        kind="case",
        title=i18n(row.title),
        gist=i18n(row.summary),
        route="cases:case",
        arguments={"slug": row.slug},
    )


def citing(loaded: Loaded) -> Iterable[Citing]:
    row: CaseRecord = loaded.record
    found = Citing(f"case/{row.slug}", role="example", texts=[(("summary",), row.summary), (("facts",), row.facts)])
    for name in ("lessons", "aggravating", "mitigating", "red_flags"):
        found.texts += [((name, number), text) for number, text in enumerate(getattr(row, name))]
    found.also(("instruments",), row.instruments)
    for number, item in enumerate(row.items):
        found.also(("items", number, "entries"), item.entries)
    found.keys.append((("jurisdiction",), f"jurisdiction/{row.jurisdiction}", "see-also"))
    for number, authority in enumerate(row.authorities):
        found.keys.append((("authorities", number), f"authority/{authority}", "see-also"))
    yield found


def values(loaded: Loaded) -> Iterable[tuple[Loc, str, str]]:
    row: CaseRecord = loaded.record
    yield ("kind",), "case_kinds", row.kind
    if row.discovery:
        yield ("discovery",), "discovery", row.discovery
    for number, value in enumerate(row.violation_types):
        yield ("violation_types", number), "violation_types", value
    for number, value in enumerate(row.elements_failed):
        yield ("elements_failed", number), "elements", value


def apply(loaded: list[Loaded]) -> None:
    """Write the cases and their labels in a few queries."""
    jurisdictions = {row.code: row for row in Jurisdiction.objects.all()}
    rows = [_row(file.record, jurisdictions[file.record.jurisdiction]) for file in loaded]
    columns = [field.name for field in Case._meta.concrete_fields if not field.primary_key and field.name != "slug"]
    Case.objects.bulk_create(rows, update_conflicts=True, unique_fields=["slug"], update_fields=columns, batch_size=200)
    ids = dict(Case.objects.filter(slug__in=[row.slug for row in rows]).values_list("slug", "pk"))
    CaseLabel.objects.filter(case_id__in=ids.values()).delete()
    CaseLabel.objects.bulk_create(
        [
            CaseLabel(case_id=ids[file.record.slug], facet=facet, value=value)
            for file in loaded
            for facet, value in dict.fromkeys(_labels(file.record))
        ],
        batch_size=500,
    )


def _row(row: CaseRecord, jurisdiction: Jurisdiction) -> Case:
    penalty = row.penalty or PenaltyRecord()
    return Case(
        slug=row.slug,
        title=i18n(row.title),
        summary=i18n(row.summary),
        facts=i18n(row.facts),
        date=row.date,
        sort_date=first_day(row.date),
        jurisdiction=jurisdiction,
        kind=row.kind,
        alleged=row.alleged,
        discovery=row.discovery or "",
        space_related=row.space_related,
        confidence=row.confidence,
        respondents=[respondent.model_dump(mode="json") for respondent in row.respondents],
        items=[item.model_dump(mode="json") for item in row.items],
        currency=penalty.currency or "",
        amount=penalty.amount,
        suspended=penalty.suspended,
        penalty_note=i18n(penalty.note),
        other_terms=penalty.other_terms,
        aggravating=row.aggravating,
        mitigating=row.mitigating,
        lessons=row.lessons,
        red_flags=row.red_flags,
        **row.sourced(),
    )


def _labels(row: CaseRecord) -> Iterator[tuple[str, str]]:
    lists: list[tuple[str, list[Any]]] = [
        (Facet.AUTHORITY, row.authorities),
        (Facet.INSTRUMENT, row.instruments),
        (Facet.ENTRY, [key for item in row.items for key in item.entries]),
        (Facet.DESTINATION, [country.lower() for country in row.destinations]),
        (Facet.VIOLATION, row.violation_types),
        (Facet.ELEMENT, row.elements_failed),
    ]
    for facet, found in lists:
        for value in found:
            yield facet, value


def withdraw(keys: set[str], on: dt.date) -> None:
    slugs = [key.partition("/")[2] for key in keys]
    Case.objects.filter(slug__in=slugs, withdrawn_on=None).update(withdrawn_on=on)


def changes(loaded: list[Loaded]) -> list[Change]:
    """One change for each case that is new to the library or whose facts differ."""
    known = set(Case.objects.values_list("slug", flat=True))
    return [
        Change(
            key=f"case/{file.record.slug}",
            kind="case",
            what="changed" if file.record.slug in known else "published",
            version=file.checksum[:12],
            title=file.record.title,
            summary={code: markdown.plain(words) for code, words in file.record.summary.items()},
            jurisdictions=(file.record.jurisdiction,),
            topics=("space",) if file.record.space_related else (),
            effective_on=first_day(file.record.date),
        )
        for file in loaded
    ]


SHELF = Shelf(
    name="cases",
    pattern="cases/*.yaml",
    record=CaseRecord,
    addresses=addresses,
    citing=citing,
    apply=apply,
    withdraw=withdraw,
    changes=changes,
    values=values,
)
SHELVES = [SHELF]

"""content/controls -> jurisdictions, authorities, regimes and lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal

from portal.controls.models import Authority, ControlEntry, ControlList, Jurisdiction, Regime, RegimeSection
from portal.core.authored import Citing, KeyText, Loaded, Loc, PartialDate, Record, Slug, SourcedRecord, Text
from portal.core.texts import i18n
from portal.references.authored import Shelf
from portal.references.keys import from_code
from portal.references.models import Address


class JurisdictionRecord(Record):
    code: Slug
    name: Text


class JurisdictionsRecord(Record):
    jurisdictions: list[JurisdictionRecord]


class AuthorityRecord(Record):
    slug: Slug
    jurisdiction: Slug
    name: Text
    short: Text = {}
    url: str | None = None


class AuthoritiesRecord(Record):
    authorities: list[AuthorityRecord]


class SectionRecord(Record):
    slug: Slug
    heading: Text
    body: Text


class RegimeRecord(SourcedRecord):
    slug: Slug
    name: Text
    abbreviation: str | None = None
    established: PartialDate | None = None
    ended: PartialDate | None = None
    members_count: int | None = None
    summary: Text = {}
    sections: list[SectionRecord] = []
    lists: list[KeyText] = []


class ThresholdRecord(Record):
    parameter: str
    op: Literal["<", "<=", ">", ">=", "=", "between", "covers"]
    value: float | str | None = None
    min: float | None = None
    max: float | None = None
    unit: str | None = None
    note: str | None = None


class ThresholdsRecord(Record):
    logic: Literal["all", "any", "see_text"] = "all"
    items: list[ThresholdRecord] = []


class EntryRecord(Record):
    code: str
    key: Slug | None = None
    title: Text
    note: Text = {}
    reasons: list[str] = []
    thresholds: ThresholdsRecord | None = None
    entries: list[EntryRecord] = []

    @property
    def label(self) -> str:
        return self.key or from_code(self.code)


class ListRecord(SourcedRecord):
    key: Slug
    name: Text
    jurisdiction: Slug | None = None
    regime: Slug | None = None
    authority: Slug | None = None
    summary: Text = {}
    entries: list[EntryRecord] = []

    def walk(self) -> Iterator[tuple[EntryRecord, EntryRecord | None, Loc]]:
        """(entry, the entry above it, where in the file) in the order of reading."""
        yield from _walk(self.entries, None, ("entries",))


def _walk(
    entries: list[EntryRecord], parent: EntryRecord | None, loc: Loc
) -> Iterator[tuple[EntryRecord, EntryRecord | None, Loc]]:
    for number, entry in enumerate(entries):
        yield entry, parent, (*loc, number)
        yield from _walk(entry.entries, entry, (*loc, number, "entries"))


# --- Jurisdictions ---------------------------------------------------------------------------------------------


def jurisdiction_addresses(loaded: Loaded) -> Iterable[Address]:
    for row in loaded.record.jurisdictions:
        yield Address(
            key=f"jurisdiction/{row.code}",
            kind="jurisdiction",
            title=i18n(row.name),
            route="controls:jurisdiction",
            arguments={"code": row.code},
        )


def apply_jurisdictions(loaded: list[Loaded]) -> None:
    Jurisdiction.objects.bulk_create(
        [Jurisdiction(code=row.code, name=i18n(row.name)) for file in loaded for row in file.record.jurisdictions],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "withdrawn_on"],
    )


def withdraw_jurisdictions(keys: set[str], on: date) -> None:
    Jurisdiction.objects.filter(code__in=_ends(keys)).update(withdrawn_on=on)


def _ends(keys: set[str]) -> list[str]:
    return [key.partition("/")[2] for key in keys]


def cites_nothing(loaded: Loaded) -> Iterable[Citing]:
    return []


# --- Authorities -----------------------------------------------------------------------------------------------


def authority_addresses(loaded: Loaded) -> Iterable[Address]:
    for row in loaded.record.authorities:
        yield Address(
            key=f"authority/{row.slug}",
            kind="authority",
            title=i18n(row.name),
            route="controls:authority",
            arguments={"slug": row.slug},
        )


def authority_citing(loaded: Loaded) -> Iterable[Citing]:
    for number, row in enumerate(loaded.record.authorities):
        where = ("authorities", number, "jurisdiction")
        yield Citing(f"authority/{row.slug}", role="see-also", keys=[(where, f"jurisdiction/{row.jurisdiction}", "")])


def apply_authorities(loaded: list[Loaded]) -> None:
    jurisdictions = {row.code: row for row in Jurisdiction.objects.all()}
    Authority.objects.bulk_create(
        [
            Authority(
                slug=row.slug,
                jurisdiction=jurisdictions[row.jurisdiction],
                name=i18n(row.name),
                short=i18n(row.short),
                url=row.url or "",
            )
            for file in loaded
            for row in file.record.authorities
        ],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["jurisdiction", "name", "short", "url", "withdrawn_on"],
    )


def withdraw_authorities(keys: set[str], on: date) -> None:
    Authority.objects.filter(slug__in=_ends(keys)).update(withdrawn_on=on)


# --- Regimes ---------------------------------------------------------------------------------------------------


def regime_addresses(loaded: Loaded) -> Iterable[Address]:
    row: RegimeRecord = loaded.record
    yield Address(
        key=f"regime/{row.slug}",
        kind="regime",
        title=i18n(row.name),
        gist=i18n(row.summary),
        route="controls:regime",
        arguments={"slug": row.slug},
    )


def regime_citing(loaded: Loaded) -> Iterable[Citing]:
    row: RegimeRecord = loaded.record
    texts: list[tuple[Loc, Any]] = [(("summary",), row.summary)]
    texts += [(("sections", number, "body"), section.body) for number, section in enumerate(row.sections)]
    yield Citing(f"regime/{row.slug}", role="see-also", texts=texts).also(("lists",), row.lists)


def apply_regimes(loaded: list[Loaded]) -> None:
    for file in loaded:
        row: RegimeRecord = file.record
        regime, _ = Regime.objects.update_or_create(
            slug=row.slug,
            defaults={
                "name": i18n(row.name),
                "abbreviation": row.abbreviation or "",
                "established": row.established or "",
                "ended": row.ended or "",
                "members_count": row.members_count,
                "summary": i18n(row.summary),
                **row.sourced(),
            },
        )
        regime.sections.all().delete()
        RegimeSection.objects.bulk_create(
            RegimeSection(
                regime=regime,
                slug=section.slug,
                heading=i18n(section.heading),
                body=i18n(section.body),
                position=position,
            )
            for position, section in enumerate(row.sections)
        )


def withdraw_regimes(keys: set[str], on: date) -> None:
    Regime.objects.filter(slug__in=_ends(keys)).update(withdrawn_on=on)


# --- Lists -----------------------------------------------------------------------------------------------------


def list_addresses(loaded: Loaded) -> Iterable[Address]:
    row: ListRecord = loaded.record
    yield Address(
        key=row.key,
        kind="list",
        title=i18n(row.name),
        gist=i18n(row.summary),
        route="controls:control_list",
        arguments={"key": row.key},
    )
    for entry, _, _ in row.walk():
        yield Address(
            key=f"{row.key}/{entry.label}",
            kind="entry",
            title=i18n({code: f"{entry.code} {words}" for code, words in entry.title.items()}),
            gist=i18n(entry.note),
            route="controls:entry",
            arguments={"key": row.key, "label": entry.label},
        )


def list_citing(loaded: Loaded) -> Iterable[Citing]:
    row: ListRecord = loaded.record
    named = [
        (("jurisdiction",), f"jurisdiction/{row.jurisdiction}", "") if row.jurisdiction else None,
        (("regime",), f"regime/{row.regime}", "") if row.regime else None,
        (("authority",), f"authority/{row.authority}", "") if row.authority else None,
    ]
    yield Citing(
        row.key,
        role="see-also",
        texts=[(("summary",), row.summary)],
        keys=[name for name in named if name is not None],
    )
    for entry, _, loc in row.walk():
        yield Citing(f"{row.key}/{entry.label}", role="see-also", texts=[((*loc, "note"), entry.note)])


def apply_lists(loaded: list[Loaded]) -> None:
    for file in loaded:
        _apply_list(file.record)


def _apply_list(row: ListRecord) -> None:
    control_list, _ = ControlList.objects.update_or_create(
        key=row.key,
        defaults={
            "name": i18n(row.name),
            "jurisdiction": Jurisdiction.objects.filter(code=row.jurisdiction or "-").first(),
            "regime": Regime.objects.filter(slug=row.regime or "-").first(),
            "authority": Authority.objects.filter(slug=row.authority or "-").first(),
            "summary": i18n(row.summary),
            **row.sourced(),
        },
    )
    walked = list(row.walk())
    ControlEntry.objects.bulk_create(
        [
            ControlEntry(
                control_list=control_list,
                key=f"{row.key}/{entry.label}",
                code=entry.code,
                title=i18n(entry.title),
                note=i18n(entry.note),
                reasons=entry.reasons,
                thresholds=entry.thresholds.model_dump(exclude_none=True) if entry.thresholds else {},
                depth=len(loc) // 2 - 1,
                position=position,
            )
            for position, (entry, _, loc) in enumerate(walked)
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["code", "title", "note", "reasons", "thresholds", "depth", "position", "withdrawn_on"],
        batch_size=500,
    )
    ids = dict(ControlEntry.objects.filter(control_list=control_list).values_list("key", "pk"))
    ControlEntry.objects.bulk_update(
        [
            ControlEntry(
                pk=ids[f"{row.key}/{entry.label}"],
                parent_id=ids[f"{row.key}/{parent.label}"] if parent else None,
            )
            for entry, parent, _ in walked
        ],
        ["parent"],
        batch_size=200,
    )


def withdraw_lists(keys: set[str], on: date) -> None:
    ControlList.objects.filter(key__in=keys).update(withdrawn_on=on)
    ControlEntry.objects.filter(key__in=keys).update(withdrawn_on=on)


SHELVES = [
    Shelf(
        name="jurisdictions",
        pattern="controls/jurisdictions.yaml",
        record=JurisdictionsRecord,
        addresses=jurisdiction_addresses,
        citing=cites_nothing,
        apply=apply_jurisdictions,
        withdraw=withdraw_jurisdictions,
    ),
    Shelf(
        name="authorities",
        pattern="controls/authorities.yaml",
        record=AuthoritiesRecord,
        addresses=authority_addresses,
        citing=authority_citing,
        apply=apply_authorities,
        withdraw=withdraw_authorities,
    ),
    Shelf(
        name="regimes",
        pattern="controls/regimes/*.yaml",
        record=RegimeRecord,
        addresses=regime_addresses,
        citing=regime_citing,
        apply=apply_regimes,
        withdraw=withdraw_regimes,
    ),
    Shelf(
        name="lists",
        pattern="controls/lists/*.yaml",
        record=ListRecord,
        addresses=list_addresses,
        citing=list_citing,
        apply=apply_lists,
        withdraw=withdraw_lists,
    ),
]

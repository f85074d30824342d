"""content/guidance/laws -> instruments, provisions and their texts on both clocks."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any

from django.utils import timezone
from pydantic import model_validator

from portal.controls.models import Authority, Jurisdiction
from portal.core import markdown
from portal.core.authored import Citing, KeyText, Loaded, Loc, Record, Slug, SourcedRecord, Text
from portal.core.signals import Change
from portal.core.texts import as_dict, i18n
from portal.guidance import actions
from portal.guidance.actions import outlines
from portal.guidance.actions.outlines import Wording
from portal.guidance.models import Instrument, Provision, ProvisionText, TextKind
from portal.guidance.naming import provision_title
from portal.guidance.statutes.outline import with_content
from portal.references.authored import Shelf
from portal.references.models import Address


class TextRecord(Record):
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    gist: Text
    to_check: bool = False


class ProvisionRecord(Record):
    label: Slug
    number: Text
    heading: Text = {}
    texts: list[TextRecord] = []
    provisions: list[ProvisionRecord] = []


class LawRecord(SourcedRecord):
    key: Slug
    title: Text
    short: Text = {}
    kind: str
    jurisdiction: Slug
    authority: Slug | None = None
    citation: str | None = None
    adopted: dt.date | None = None
    in_force: dt.date | None = None
    repealed: dt.date | None = None
    suspended_until: dt.date | None = None
    superseded_by: KeyText | None = None
    supersedes: list[KeyText] = []
    summary: Text = {}
    provisions: list[ProvisionRecord] = []

    @model_validator(mode="after")
    def dated(self) -> LawRecord:
        """Every text needs a day from which it is good, its own or the instrument's."""
        start = self.in_force or self.adopted
        for provision, _, _ in self.walk():
            days = [text.valid_from or start for text in provision.texts]
            if None in days:
                raise ValueError(f"{provision.label}: a text without valid_from needs an instrument with in_force")
            if sorted(set(days), key=str) != days:
                raise ValueError(f"{provision.label}: texts go from the oldest to the newest, one a day")
        return self

    def walk(self) -> Iterator[tuple[ProvisionRecord, ProvisionRecord | None, Loc]]:
        """(provision, the one above it, where in the file) in the order of reading."""
        yield from _walk(self.provisions, None, ("provisions",))

    def spans(self, provision: ProvisionRecord) -> Iterator[tuple[TextRecord, dt.date, dt.date | None]]:
        """(text, first day, day after the last) of a provision's texts."""
        start = self.in_force or self.adopted
        first_days = [text.valid_from or start for text in provision.texts]
        for text, first, following in zip_longest(provision.texts, first_days, first_days[1:]):
            assert first is not None  # noqa: S101  (dated() has seen to it)
            yield text, first, text.valid_until or following


def _walk(
    provisions: list[ProvisionRecord], parent: ProvisionRecord | None, loc: Loc
) -> Iterator[tuple[ProvisionRecord, ProvisionRecord | None, Loc]]:
    for number, provision in enumerate(provisions):
        yield provision, parent, (*loc, number)
        yield from _walk(provision.provisions, provision, (*loc, number, "provisions"))


def addresses(loaded: Loaded) -> Iterable[Address]:
    law: LawRecord = loaded.record
    yield Address(
        key=law.key,
        kind="instrument",
        title=i18n(law.title),
        short=i18n(law.short),
        gist=i18n(law.summary),
        route="guidance:law",
        arguments={"key": law.key},
        dated=True,
    )
    for provision, _, _ in law.walk():
        yield Address(
            key=f"{law.key}/{provision.label}",
            kind="provision",
            title=_title(law, provision),
            short=i18n(provision.number),
            gist=_gist(provision),
            route="guidance:provision",
            arguments={"key": law.key, "label": provision.label},
            dated=True,
        )


def _title(law: LawRecord, provision: ProvisionRecord) -> Any:
    return i18n(provision_title(law.short or law.title, provision.number, provision.heading))


def _gist(provision: ProvisionRecord) -> Any:
    if not provision.texts:
        return ""
    return i18n(provision.texts[-1].gist)


def citing(loaded: Loaded) -> Iterable[Citing]:
    law: LawRecord = loaded.record
    named: list[tuple[Loc, str, str]] = [(("jurisdiction",), f"jurisdiction/{law.jurisdiction}", "")]
    if law.authority:
        named.append((("authority",), f"authority/{law.authority}", ""))
    if law.superseded_by:
        named.append((("superseded_by",), law.superseded_by, ""))
    yield Citing(law.key, role="see-also", texts=[(("summary",), law.summary)], keys=named).also(
        ("supersedes",), law.supersedes
    )
    for provision, _, loc in law.walk():
        texts: list[tuple[Loc, Any]] = [
            ((*loc, "texts", number, "gist"), text.gist) for number, text in enumerate(provision.texts)
        ]
        yield Citing(f"{law.key}/{provision.label}", role="see-also", texts=texts)


def values(loaded: Loaded) -> Iterable[tuple[Loc, str, str]]:
    yield ("kind",), "instrument_kinds", loaded.record.kind


def apply(loaded: list[Loaded]) -> None:
    jurisdictions = {row.code: row for row in Jurisdiction.objects.all()}
    authorities = {row.slug: row for row in Authority.objects.all()}
    now = timezone.now()
    for file in loaded:
        law: LawRecord = file.record
        instrument, _ = Instrument.objects.update_or_create(
            key=law.key,
            defaults={
                "title": i18n(law.title),
                "short": i18n(law.short),
                "kind": law.kind,
                "jurisdiction": jurisdictions[law.jurisdiction],
                "authority": authorities.get(law.authority or ""),
                "citation": law.citation or "",
                "adopted": law.adopted,
                "in_force": law.in_force,
                "repealed": law.repealed,
                "suspended_until": law.suspended_until,
                "superseded_by": law.superseded_by or "",
                "supersedes": law.supersedes,
                "summary": i18n(law.summary),
                **law.sourced(),
            },
        )
        ids = _apply_provisions(instrument, law)
        _apply_texts(law, ids, now)
    actions.record(keys=[file.record.key for file in loaded], at=now)


def _apply_provisions(instrument: Instrument, law: LawRecord) -> dict[str, int]:
    """Bring the outline to what the file says; provisions that only came with official texts keep their places."""
    rows = outlines.standing(instrument)
    authored = {row.label: above.label if above else None for row, above, _loc in law.walk()}
    fine = {row.label for row in rows if row.by_import and row.label not in authored}
    places = with_content(authored, outlines.parents_of(rows), fine)
    wordings = {
        row.label: Wording(as_dict(row.number), as_dict(row.heading), by_import=False)
        for row, _above, _loc in law.walk()
    }
    return outlines.write_outline(instrument, places, wordings, rows)


def _apply_texts(law: LawRecord, ids: dict[str, int], now: dt.datetime) -> None:
    """Retire the texts that the file no longer says and add those that it says anew; both clocks stay true."""
    wanted: dict[tuple[Any, ...], ProvisionText] = {}
    for provision, _, _ in law.walk():
        for text, first, last in law.spans(provision):
            for language, body in text.gist.items():
                row = ProvisionText(
                    provision_id=ids[provision.label],
                    language=language,
                    kind=TextKind.GIST,
                    valid_from=first,
                    valid_until=last,
                    body=body,
                    digest=hashlib.sha256(body.encode()).hexdigest(),
                    to_check=text.to_check,
                    recorded_at=now,
                )
                wanted[_identity(row)] = row
    shown = ProvisionText.objects.filter(provision__instrument__key=law.key, kind=TextKind.GIST, retired_at=None)
    kept = {_identity(row): row.pk for row in shown}
    retired = [pk for identity, pk in kept.items() if identity not in wanted]
    for start in range(0, len(retired), 500):
        ProvisionText.objects.filter(pk__in=retired[start : start + 500]).update(retired_at=now)
    ProvisionText.objects.bulk_create([row for identity, row in wanted.items() if identity not in kept], batch_size=500)


def _identity(row: ProvisionText) -> tuple[Any, ...]:
    return (row.provision_id, row.language, row.valid_from, row.valid_until, row.digest, row.to_check)


def withdraw(keys: set[str], on: dt.date) -> None:
    Instrument.objects.filter(key__in=keys).update(withdrawn_on=on)
    Provision.objects.filter(key__in=keys).update(withdrawn_on=on)
    actions.record(keys={key.partition("/")[0] for key in keys}, at=timezone.now())


def kept(keys: set[str]) -> set[str]:
    """Provisions that left the file while official texts stand at them, or below: from now on only imports know them.

    Those of a law that left the library as a whole go with it.
    """
    rows = Provision.objects.filter(key__in=keys).exclude(instrument__key__in=keys)
    laws = set(rows.values_list("instrument_id", flat=True))
    texts = ProvisionText.objects.filter(
        provision__instrument__in=laws, kind=TextKind.OFFICIAL, retired_at=None
    ).values_list("provision_id", flat=True)
    above = dict(Provision.objects.filter(instrument__in=laws).values_list("pk", "parent_id"))
    held: set[int | None] = set()
    for text in set(texts):
        pk: int | None = text
        while pk is not None and pk not in held:
            held.add(pk)
            pk = above.get(pk)
    found = {row.key for row in rows if row.pk in held}
    Provision.objects.filter(key__in=found).update(by_import=True)
    return found


def changes(loaded: list[Loaded]) -> list[Change]:
    """One change for each instrument: new to the library, or with texts, dates or states that differ."""
    known = set(Instrument.objects.values_list("key", flat=True))
    return [
        Change(
            key=file.record.key,
            kind="instrument",
            what="changed" if file.record.key in known else "published",
            version=file.checksum[:12],
            title=file.record.title,
            summary={code: markdown.plain(words) for code, words in file.record.summary.items()},
            jurisdictions=(file.record.jurisdiction,),
            effective_on=file.record.in_force,
        )
        for file in loaded
    ]


SHELF = Shelf(
    name="laws",
    pattern="guidance/laws/*.yaml",
    record=LawRecord,
    addresses=addresses,
    citing=citing,
    apply=apply,
    withdraw=withdraw,
    kept=kept,
    changes=changes,
    values=values,
)

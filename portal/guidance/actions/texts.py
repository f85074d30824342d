"""Taking official texts into the library, and taking them back: whole or not at all, in sets, on both clocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from portal.core import audit, dates, markdown
from portal.core.actors import Actor
from portal.core.errors import Conflict, PortalError
from portal.core.signals import Change, published, withdrawn
from portal.core.texts import as_dict, i18n
from portal.guidance.actions import outlines
from portal.guidance.actions.planning import Plan, Terms, plan
from portal.guidance.actions.records import record
from portal.guidance.models import (
    Instrument,
    IntakeLine,
    IntakeState,
    LineKind,
    Provision,
    ProvisionText,
    TextIntake,
    TextKind,
)
from portal.guidance.naming import provision_title
from portal.guidance.statutes import Statute
from portal.references import actions as references
from portal.references.models import Address

T = TypeVar("T")
BATCH = 500
GIST = 300  # characters of an official text that stand for it in the address book
Progress = Callable[[int, int], None]
"""(done, total): told as the work goes on."""


def silent(done: int, total: int) -> None:
    """The progress of which nobody is told."""


def terms_of(intake: TextIntake) -> Terms:
    """What was said about the file of an import."""
    return Terms(intake.instrument, intake.language, intake.valid_from, intake.valid_until)


@transaction.atomic
def take_text(intake: TextIntake, statute: Statute, *, by: Actor, progress: Progress = silent) -> Plan:
    """Put the texts of a statute into the library as this import says, and announce it.

    Unreadable when the file does not fit the law. Of a text that stands there already nothing is written, so taking
    the same file in twice changes nothing. Rows are retired and added, never edited: what this site showed on a past
    day stays true. About thirty queries, and two for each 500 texts.
    """
    instrument = Instrument.objects.select_for_update().get(pk=intake.instrument_id)
    row = TextIntake.objects.select_for_update().get(pk=intake.pk)
    if row.state == IntakeState.APPLIED:
        return Plan()
    row.instrument = instrument
    found = plan(statute, terms_of(row))
    now, total = timezone.now(), len(found.lines) * 3
    progress(0, total)
    ids = outlines.write_outline(instrument, found.places, found.wordings, found.rows)
    progress(len(found.lines), total)
    _write_texts(found, ids, row, now)
    progress(len(found.lines) * 2, total)
    new = [line.node.label for line in found.lines if line.is_new]
    _register(instrument, new, found.bodies, row.language)
    renamed = [label for label in found.renamed if label not in set(new)]
    _rename(instrument, renamed)
    record(keys=[instrument.key], at=now)
    write_lines(row, found)
    _mark_applied(row, statute, found, by)
    touched = list(dict.fromkeys([*new, *renamed, *(writing.label for writing in found.writings)]))
    if touched:
        keys = [f"{instrument.key}/{label}" for label in touched]
        published.send(sender=ProvisionText, keys=keys, changes=[_change(row, found.counts, found.newest)])
    progress(total, total)
    audit.record(
        "text.taken_in",
        by=by,
        target=instrument.key,
        label=instrument,
        organisation=row.organisation_key,
        intake=row.pk,
        language=row.language,
        valid_from=row.valid_from.isoformat(),
        file=row.file_name,
        sha256=row.sha256,
        **found.counts,
    )
    return found


def _write_texts(found: Plan, ids: dict[str, int], intake: TextIntake, now: dt.datetime) -> None:
    _retire([pk for writing in found.writings for pk in writing.retire], now, intake)
    kept = {pk for writing in found.writings for _span, pk in writing.add if pk is not None}
    old = {row.pk: row for batch in _batches(sorted(kept)) for row in ProvisionText.objects.filter(pk__in=batch)}
    rows = []
    for writing in found.writings:
        for span, pk in writing.add:
            words = old.get(pk) if pk is not None else None
            rows.append(
                ProvisionText(
                    provision_id=ids[writing.label],
                    language=intake.language,
                    kind=TextKind.OFFICIAL,
                    valid_from=span.first,
                    valid_until=span.end,
                    body=words.body if words else found.bodies[writing.label],
                    digest=span.digest,
                    recorded_at=now,
                    intake_id=words.intake_id if words else intake.pk,
                    recorded_by=intake,
                )
            )
    ProvisionText.objects.bulk_create(rows, batch_size=BATCH)


def _retire(ids: list[int], now: dt.datetime, intake: TextIntake | None) -> None:
    for batch in _batches(ids):
        ProvisionText.objects.filter(pk__in=batch).update(retired_at=now, retired_by=intake)


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _register(instrument: Instrument, labels: list[str], bodies: dict[str, str], language: str) -> None:
    """Address book rows of provisions that were not there."""
    short = as_dict(instrument.short) or as_dict(instrument.title)
    listed: list[Address] = []
    for batch in _batches(labels):
        for row in Provision.objects.filter(instrument=instrument, label__in=batch):
            words = markdown.plain(bodies[row.label][: GIST * 3])[:GIST] if row.label in bodies else ""
            title = provision_title(short, as_dict(row.number), as_dict(row.heading))
            listed.append(
                Address(
                    key=row.key,
                    kind="provision",
                    title=i18n({code: name[:600] for code, name in title.items()}),
                    short=row.number,
                    gist=i18n({language: words}),
                    route="guidance:provision",
                    arguments={"key": instrument.key, "label": row.label},
                    dated=True,
                )
            )
    references.register(listed)


def _rename(instrument: Instrument, labels: list[str]) -> None:
    """New titles in the address book for provisions whose number or heading changed."""
    short = as_dict(instrument.short) or as_dict(instrument.title)
    for batch in _batches(labels):
        rows = {row.key: row for row in Provision.objects.filter(instrument=instrument, label__in=batch)}
        listed = list(Address.objects.filter(key__in=rows))
        for address in listed:
            row = rows[address.key]
            title = provision_title(short, as_dict(row.number), as_dict(row.heading))
            address.title = i18n({code: name[:600] for code, name in title.items()})
        Address.objects.bulk_update(listed, ["title"], batch_size=100)


def write_lines(intake: TextIntake, found: Plan) -> None:
    """Keep what a plan does, one row a provision, in place of what stood there."""
    IntakeLine.objects.filter(intake=intake).delete()
    IntakeLine.objects.bulk_create(
        [
            IntakeLine(
                intake=intake,
                position=position,
                label=line.node.label,
                number=line.node.number[:200],
                heading=line.node.heading,
                what=line.what,
                is_new=line.is_new,
                line=line.node.line,
                body=found.bodies.get(line.node.label, "") if line.what != LineKind.UNCHANGED else "",
            )
            for position, line in enumerate(found.lines)
        ],
        batch_size=BATCH,
    )


def _mark_applied(row: TextIntake, statute: Statute, found: Plan, by: Actor) -> None:
    row.state, row.applied_at, row.lease_until = IntakeState.APPLIED, timezone.now(), None
    row.applied_by, row.applied_by_key = by.label[:200], by.key
    row.scope = None if statute.scope is None else sorted(statute.scope)
    row.counts = found.counts
    row.done = row.total = len(found.lines)
    row.save()


# --- What followers are told -------------------------------------------------------------------------------------


def _change(intake: TextIntake, counts: dict[str, int], newest: bool) -> Change:
    return _told(intake, f"{intake.sha256[:12]}-{intake.pk}", _sentences(intake, counts), substantive=newest)


def _told(intake: TextIntake, version: str, summary: dict[str, str], *, substantive: bool) -> Change:
    instrument = intake.instrument
    return Change(
        key=instrument.key,
        kind="instrument",
        what="changed",
        version=version,
        title=as_dict(instrument.title),
        summary=summary,
        jurisdictions=(instrument.jurisdiction.code,),
        effective_on=intake.valid_from,
        substantive=substantive,
    )


def _sentences(intake: TextIntake, counts: dict[str, int]) -> dict[str, str]:
    """What was taken in, in a sentence of each language of the site."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            language = _("English") if intake.language == "en" else _("Chinese")
            pieces = [
                ngettext("%(n)s provision new", "%(n)s provisions new", counts["added"]) % {"n": counts["added"]},
                ngettext("%(n)s changed", "%(n)s changed", counts["changed"]) % {"n": counts["changed"]},
                ngettext("%(n)s no longer there", "%(n)s no longer there", counts["ended"]) % {"n": counts["ended"]},
            ]
            values = {
                "language": language,
                "date": formats.date_format(intake.valid_from, "DATE_FORMAT"),
                "pieces": _(", ").join(pieces),
            }
            found[code] = _("Official text in %(language)s as of %(date)s: %(pieces)s.") % values
    return found


# --- Taking back --------------------------------------------------------------------------------------------------


@transaction.atomic
def take_back(intake: TextIntake, *, because: str, by: Actor) -> TextIntake:
    """Undo an import: its texts are retired and those that it retired stand again, recorded today.

    Conflict when a later import speaks about the same provisions: take that one back first.
    """
    if not because.strip():
        raise PortalError(_("Say why it is taken back."))
    instrument = Instrument.objects.select_for_update().get(pk=intake.instrument_id)
    row = TextIntake.objects.select_for_update().get(pk=intake.pk)
    if row.state != IntakeState.APPLIED:
        raise Conflict(_("Only an import that was taken in can be taken back."))
    row.instrument = instrument
    _must_be_last(row)
    now = timezone.now()
    mine = list(ProvisionText.objects.filter(recorded_by=row, retired_at=None).values_list("pk", "provision__key"))
    _retire([pk for pk, _key in mine], now, None)
    again = _stand_again(row, now)
    gone = _withdraw_empty(row)
    record(keys=[instrument.key], at=now)
    row.state, row.withdrawn_at = IntakeState.WITHDRAWN, now
    row.withdrawn_by, row.withdrawn_because = by.label[:200], because.strip()
    row.save()
    keys = sorted({key for _pk, key in mine} | again)
    if keys:
        words = _back_sentences(row)
        change = _told(row, f"back-{row.pk}", words, substantive=True)
        published.send(sender=ProvisionText, keys=keys, changes=[change])
    if gone:
        withdrawn.send(sender=ProvisionText, keys=gone, changes=[])
    audit.record(
        "text.taken_back",
        by=by,
        target=instrument.key,
        label=instrument,
        organisation=row.organisation_key,
        intake=row.pk,
        because=row.withdrawn_because,
        retired=len(mine),
        withdrawn=len(gone),
    )
    return row


def _back_sentences(row: TextIntake) -> dict[str, str]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            date = formats.date_format(row.valid_from, "DATE_FORMAT")
            found[code] = _("The official text as of %(date)s was taken back: %(because)s") % {
                "date": date,
                "because": row.withdrawn_because,
            }
    return found


def _must_be_last(row: TextIntake) -> None:
    later = TextIntake.objects.filter(
        instrument=row.instrument, language=row.language, state=IntakeState.APPLIED, applied_at__gt=row.applied_at
    ).exclude(pk=row.pk)
    parents = outlines.parents_of(outlines.standing(row.instrument))
    for other in later.order_by("applied_at"):
        if _meet(row.scope, other.scope, parents):
            raise Conflict(
                _("The import of %(file)s rests on this one. Take that one back first.") % {"file": other.file_name}
            )


def _meet(one: list[str] | None, other: list[str] | None, parents: dict[str, str | None]) -> bool:
    """Whether two imports speak about the same provisions."""
    if one is None or other is None:
        return True
    return bool(_up(one, parents) & set(other) or _up(other, parents) & set(one))


def _up(labels: Iterable[str], parents: dict[str, str | None]) -> set[str]:
    found: set[str] = set()
    for start in labels:
        label: str | None = start
        while label is not None and label not in found:
            found.add(label)
            label = parents.get(label)
    return found


def _stand_again(row: TextIntake, now: dt.datetime) -> set[str]:
    """New rows with the words that this import retired; the keys of their provisions."""
    old = list(ProvisionText.objects.filter(retired_by=row).select_related("provision"))
    ProvisionText.objects.bulk_create(
        [
            ProvisionText(
                provision_id=text.provision_id,
                language=text.language,
                kind=text.kind,
                valid_from=text.valid_from,
                valid_until=text.valid_until,
                body=text.body,
                digest=text.digest,
                to_check=text.to_check,
                recorded_at=now,
                intake_id=text.intake_id,
                recorded_by_id=text.recorded_by_id,
            )
            for text in old
        ],
        batch_size=BATCH,
    )
    return {text.provision.key for text in old}


def _withdraw_empty(row: TextIntake) -> list[str]:
    """Withdraw what this import brought and nothing holds any more; the keys."""
    new = set(row.lines.filter(is_new=True).values_list("label", flat=True))
    rows = outlines.standing(row.instrument)
    texts = ProvisionText.objects.filter(provision__instrument=row.instrument, retired_at=None)
    held = set(texts.values_list("provision_id", flat=True))
    parents = {place.pk: place.parent_id for place in rows}
    upwards: set[int | None] = set()
    for place in rows:
        pk: int | None = place.pk
        if (place.pk in held or not place.by_import) and place.withdrawn_on is None:
            while pk is not None and pk not in upwards:
                upwards.add(pk)
                pk = parents.get(pk)
    gone = [place for place in rows if place.by_import and place.label in new and place.pk not in upwards]
    for batch in _batches([place.pk for place in gone]):
        Provision.objects.filter(pk__in=batch).update(withdrawn_on=dates.today())
    keys = [place.key for place in gone]
    for keys_batch in _batches(keys):
        references.withdraw(keys_batch, on=dates.today())
    return keys

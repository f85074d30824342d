"""Keeping what this site shows of a law, so that the page of a past day can be made again."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from portal.core.texts import as_dict
from portal.guidance import recording
from portal.guidance.models import Instrument, InstrumentRecord, Provision

AT_ONCE = 100
DAYS = ("adopted", "in_force", "repealed", "suspended_until", "as_of", "withdrawn_on")
WORDS = ("title", "short", "summary")
PLAIN = ("kind", "citation", "superseded_by", "supersedes", "url", "sources", "to_check")


@transaction.atomic
def record(*, keys: Iterable[str], at: dt.datetime) -> int:
    """Keep the facts and the outline of these instruments where they differ from what is kept; how many did.

    For whoever writes instruments or provisions: call it last, in the same transaction. A fixed number of queries for
    each hundred instruments; nothing is written when nothing differs.
    """
    wanted = sorted(set(keys))
    return sum(_record(wanted[start : start + AT_ONCE], at) for start in range(0, len(wanted), AT_ONCE))


def _record(keys: list[str], at: dt.datetime) -> int:
    rows = Instrument.objects.filter(key__in=keys).select_related("jurisdiction", "authority").order_by("pk")
    found = {row.pk: (facts_of(row), list[dict[str, Any]]()) for row in rows}
    provisions = Provision.objects.filter(instrument__in=found, withdrawn_on=None).select_related("parent")
    for provision in provisions.order_by("instrument", "position"):
        found[provision.instrument_id][1].append(outlined(provision))
    digests = {pk: recording.digest(facts, outline) for pk, (facts, outline) in found.items()}
    kept = dict(
        InstrumentRecord.objects.filter(instrument__in=found, retired_at=None).values_list("instrument", "digest")
    )
    different = [pk for pk in found if kept.get(pk) != digests[pk]]
    before = {
        row.instrument_id: row for row in InstrumentRecord.objects.filter(instrument__in=different, retired_at=None)
    }
    InstrumentRecord.objects.filter(pk__in=[row.pk for row in before.values()]).update(retired_at=at)
    InstrumentRecord.objects.bulk_create(
        InstrumentRecord(
            instrument_id=pk,
            facts=found[pk][0],
            outline=found[pk][1],
            changed=_changed(before.get(pk), *found[pk]),
            digest=digests[pk],
            recorded_at=at,
        )
        for pk in different
    )
    return len(different)


def _changed(before: InstrumentRecord | None, facts: dict[str, Any], outline: list[dict[str, Any]]) -> dict[str, Any]:
    return dict(recording.differences(before.facts, before.outline, facts, outline)) if before else {}


def facts_of(row: Instrument) -> dict[str, Any]:
    """What the record keeps of an instrument itself, as plain values."""
    return {
        **{name: as_dict(getattr(row, name)) for name in WORDS},
        **{name: getattr(row, name) for name in PLAIN},
        **{name: day.isoformat() if (day := getattr(row, name)) else None for name in DAYS},
        "jurisdiction": row.jurisdiction.code,
        "authority": row.authority.slug if row.authority else "",
    }


def outlined(row: Provision) -> dict[str, Any]:
    """What the record keeps of a provision: its place and its name."""
    return {
        "label": row.label,
        "parent": row.parent.label if row.parent else "",
        "depth": row.depth,
        "number": as_dict(row.number),
        "heading": as_dict(row.heading),
    }

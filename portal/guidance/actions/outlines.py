"""Writing the outline of a law: the one place where rows of `Provision` are made and moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from portal.core.texts import as_dict, i18n
from portal.guidance.models import Instrument, Provision
from portal.guidance.statutes.outline import Place

BATCH = 500


@dataclass(frozen=True, slots=True)
class Wording:
    """What a provision is called, `{language: words}`, and whether only imports know it."""

    number: dict[str, str]
    heading: dict[str, str]
    by_import: bool


def standing(instrument: Instrument) -> list[Provision]:
    """The provisions of a law in their order, withdrawn ones too; with them, whatever is written here is merged."""
    return list(Provision.objects.filter(instrument=instrument).order_by("position", "pk"))


def parents_of(rows: Sequence[Provision]) -> dict[str, str | None]:
    """label -> the label above it."""
    labels = {row.pk: row.label for row in rows}
    return {row.label: labels.get(row.parent_id) if row.parent_id else None for row in rows}


@transaction.atomic
def write_outline(
    instrument: Instrument, places: Sequence[Place], wordings: Mapping[str, Wording], rows: Sequence[Provision]
) -> dict[str, int]:
    """Bring the provisions of a law to these places; label -> id of all of them.

    `places` names every provision that there is to be, in the order of reading; `wordings` those that are new or
    whose words are to be these, which brings back withdrawn ones; `rows` are those that stand there now. Only rows that
    differ are written, level by level, in sets. Provisions are never deleted.
    """
    known = {row.label: row for row in rows}
    ids = {row.label: row.pk for row in rows}
    levels: dict[int, list[Provision]] = {}
    for position, place in enumerate(places):
        old = known.get(place.label)
        row = _row(instrument, place, position, wording=wordings.get(place.label), old=old, ids=ids)
        if row is not None:
            levels.setdefault(place.depth, []).append(row)
    for depth in sorted(levels):
        fresh = levels[depth]
        for row in fresh:
            row.parent_id = ids.get(row.above) if row.above else None  # type: ignore[attr-defined]
        Provision.objects.bulk_create(
            fresh,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["number", "heading", "parent", "depth", "position", "by_import", "withdrawn_on"],
            batch_size=BATCH,
        )
        missing = [row.label for row in fresh if row.label not in ids]
        for start in range(0, len(missing), BATCH):
            found = Provision.objects.filter(instrument=instrument, label__in=missing[start : start + BATCH])
            ids |= dict(found.values_list("label", "pk"))
    return ids


def _row(
    instrument: Instrument,
    place: Place,
    position: int,
    *,
    wording: Wording | None,
    old: Provision | None,
    ids: Mapping[str, int],
) -> Provision | None:
    """The row as it is to be; None where it is so already."""
    if old is None and wording is None:
        return None  # nobody says what it is called
    new = Provision(
        instrument=instrument,
        key=f"{instrument.key}/{place.label}",
        label=place.label,
        number=i18n(wording.number) if wording else old.number,  # type: ignore[union-attr]
        heading=i18n(wording.heading) if wording else old.heading,  # type: ignore[union-attr]
        by_import=wording.by_import if wording else old.by_import,  # type: ignore[union-attr]
        withdrawn_on=None if wording else old.withdrawn_on,  # type: ignore[union-attr]
        depth=place.depth,
        position=position,
    )
    new.above = place.parent  # type: ignore[attr-defined]
    if old is not None and _same(new, old) and ids.get(place.parent or "") == old.parent_id:
        return None
    return new


def _same(new: Provision, old: Provision) -> bool:
    names = ["depth", "position", "by_import", "withdrawn_on"]
    return all(getattr(new, name) == getattr(old, name) for name in names) and (
        as_dict(new.number) == as_dict(old.number) and as_dict(new.heading) == as_dict(old.heading)
    )

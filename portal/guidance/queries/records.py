"""Laws as this site shows them now, or showed them on a past day; and when its record of them changed."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils import formats
from django.utils.translation import gettext as _

from portal.controls.models import Authority, Jurisdiction
from portal.core.errors import NotFound
from portal.core.texts import i18n
from portal.guidance import recording
from portal.guidance.models import Instrument, InstrumentRecord, Provision, ProvisionText
from portal.guidance.queries.texts import good_on, shown_on

DAYS = ("adopted", "in_force", "repealed", "suspended_until", "as_of", "withdrawn_on")
WORDS = ("title", "short", "summary")


class NotShown(NotFound):
    """This site did not show a law on a day; `begins` is when its record begins, None when there is none."""

    def __init__(self, instrument: Instrument, shown: dt.date, begins: dt.datetime | None) -> None:
        self.instrument, self.begins = instrument, begins
        day = formats.date_format(shown, "DATE_FORMAT")
        super().__init__(_("This site had no record of this law on %(day)s.") % {"day": day})


@dataclass(slots=True)
class Law:
    """An instrument and its outline. `record` is None for what is shown now."""

    instrument: Instrument
    provisions: list[Provision]
    record: InstrumentRecord | None = None
    shown: dt.date | None = None

    def provision(self, label: str) -> Provision:
        """One of its provisions. NotFound when there is none of this label."""
        for row in self.provisions:
            if row.label == label:
                return row
        raise NotFound(f"{self.instrument.key}/{label}")

    def below(self, row: Provision) -> list[Provision]:
        """The provisions right below one."""
        return [other for other in self.provisions if other.parent_id == row.pk]

    def within(self, row: Provision) -> list[Provision]:
        """A provision and all that stands below it, at any depth."""
        inside = {row.pk}
        found = []
        for other in self.provisions:
            if other.pk in inside or other.parent_id in inside:
                inside.add(other.pk)
                found.append(other)
        return found


def instrument(key: str) -> Instrument:
    """One instrument with jurisdiction and authority. NotFound when there is none."""
    row = Instrument.objects.select_related("jurisdiction", "authority").filter(key=key).first()
    if row is None:
        raise NotFound(key)
    return row


def law(key: str, *, shown: dt.date | None = None) -> Law:
    """An instrument with its outline, as it is shown now or was shown on a day. NotFound; NotShown."""
    row = instrument(key)
    if shown is None:
        return Law(row, list(row.provisions.filter(withdrawn_on=None)))
    record = InstrumentRecord.objects.filter(shown_on(shown), instrument=row).first()
    if record is None:
        raise NotShown(row, shown, _begins(row))
    return Law(_as_recorded(row, record.facts), _outline(row, record), record, shown)


def both_laws(key: str, first: dt.date | None, last: dt.date | None) -> list[Law]:
    """A law as shown on two days, for a comparison; the same object when it is one showing. As `law`."""
    before = law(key, shown=first)
    return [before, before if first == last else law(key, shown=last)]


def provision_of(laws: Sequence[Law], label: str) -> Provision | None:
    """A provision as the last of these states of a law has it, else as an earlier one had it; None without a label.

    NotFound when none has it.
    """
    if not label:
        return None
    for law in reversed(laws[1:]):
        try:
            return law.provision(label)
        except NotFound:
            continue
    return laws[0].provision(label)


def _begins(row: Instrument) -> dt.datetime | None:
    return row.records.order_by("recorded_at").values_list("recorded_at", flat=True).first()


def _as_recorded(row: Instrument, facts: Mapping[str, Any]) -> Instrument:
    """The instrument with the facts of a record. The names of its jurisdiction and authority are today's."""
    old = Instrument(pk=row.pk, key=row.key)
    for name, value in facts.items():
        if name in DAYS:
            setattr(old, name, dt.date.fromisoformat(value) if value else None)
        elif name in WORDS:
            setattr(old, name, i18n(value))
        elif name not in {"jurisdiction", "authority"}:
            setattr(old, name, value)
    same = row.jurisdiction.code == facts["jurisdiction"]
    old.jurisdiction = row.jurisdiction if same else Jurisdiction.objects.get(code=facts["jurisdiction"])
    kept = row.authority.slug if row.authority else ""
    old.authority = (
        row.authority if kept == facts["authority"] else Authority.objects.filter(slug=facts["authority"]).first()
    )
    return old


def _outline(row: Instrument, record: InstrumentRecord) -> list[Provision]:
    ids = dict(Provision.objects.filter(instrument=row).values_list("label", "pk"))
    found: dict[str, Provision] = {}
    for position, kept in enumerate(record.outline):
        label = kept["label"]
        found[label] = Provision(
            pk=ids[label],
            instrument=row,
            parent=found.get(kept["parent"]),
            key=f"{row.key}/{label}",
            label=label,
            number=i18n(kept["number"]),
            heading=i18n(kept["heading"]),
            depth=kept["depth"],
            position=position,
        )
    return list(found.values())


@dataclass(slots=True)
class Entry:
    """One moment at which this site's record of a law changed."""

    at: dt.datetime
    first: bool = False
    changed: dict[str, list[str]] = field(default_factory=dict)
    texts_added: int = 0
    texts_retired: int = 0


def entries(row: Instrument) -> list[Entry]:
    """The moments at which this site's record of a law changed, newest first. Three queries."""
    found: dict[dt.datetime, Entry] = {}
    records = row.records.order_by("recorded_at", "pk").values_list("recorded_at", "changed")
    for number, (at, changed) in enumerate(records):
        found[at] = Entry(at, first=number == 0, changed=changed)
    texts = ProvisionText.objects.filter(provision__instrument=row).order_by()
    for at, number in texts.values_list("recorded_at").annotate(Count("pk")):
        found.setdefault(at, Entry(at)).texts_added = number
    for at, number in texts.exclude(retired_at=None).values_list("retired_at").annotate(Count("pk")):
        found.setdefault(at, Entry(at)).texts_retired = number
    return sorted(found.values(), key=lambda entry: entry.at, reverse=True)


def since(then: Law, shown: dt.date, on: dt.date, labels: Collection[str] | None = None) -> dict[str, list[str]]:
    """What this site has changed in a law since it showed it like that: `recording.differences`, and as `texts` the
    labels of the provisions whose words on the date differ now. `labels` narrows it to these provisions."""
    now = then.instrument.records.filter(retired_at=None).first()
    found: dict[str, list[str]] = {}
    if then.record and now and now.pk != then.record.pk:
        old = then.record
        found = recording.differences(old.facts, old.outline, now.facts, now.outline)
    texts = ProvisionText.objects.filter(good_on(on), provision__instrument=then.instrument.pk)
    columns = ("provision__label", "kind", "language", "digest", "to_check")
    before = set(texts.filter(shown_on(shown)).values_list(*columns))
    after = set(texts.filter(shown_on(None)).values_list(*columns))
    found["texts"] = sorted({label for label, *_ in before ^ after})
    if labels is not None:
        found = {name: [label for label in found[name] if label in labels] for name in found if name != "facts"}
    return {name: listed for name, listed in found.items() if listed}

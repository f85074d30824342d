"""What stands at a key now, for any kind of key, in sets: at most two queries for each kind."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db.models import Q

from portal.cases.models import Case
from portal.controls.models import ControlEntry, ControlList, Regime, RegimeSection
from portal.core.dates import today
from portal.core.texts import as_dict
from portal.guidance.models import GuidelineEdition, GuidelineText, Instrument, ProvisionText, RedFlag, Term
from portal.notices.queries import published
from portal.reading.standing import Standing, mark
from portal.references.models import Address

Standings = dict[str, Standing]


def standings(addresses: Iterable[Address], *, on: dt.date | None = None) -> Standings:
    """Address key -> how it stands on a day, today unless given."""
    by_kind: dict[str, list[Address]] = defaultdict(list)
    for address in addresses:
        by_kind[address.kind].append(address)
    found: Standings = {}
    for kind, rows in by_kind.items():
        found |= {row.key: _words([row.title, row.gist]) for row in rows}
        if kind in READS:
            found |= READS[kind]([row.key for row in rows], on or today())
    return found


def standing(address: Address, *, on: dt.date | None = None) -> Standing:
    """How one thing stands."""
    return standings([address], on=on)[address.key]


def _words(texts: Iterable[object], more: str = "") -> Standing:
    """The standing of bilingual texts without versions; `more` is what belongs to them in any language."""
    parts: dict[str, list[str]] = defaultdict(list)
    for position, text in enumerate(texts):
        for language, words in as_dict(text).items():
            parts[language].append(f"{position}:{words}")
    return Standing("", {language: mark([*words, more]) for language, words in parts.items()})


def _guidelines(keys: list[str], on: dt.date) -> Standings:
    slugs = [key.partition("/")[2] for key in keys]
    editions = GuidelineEdition.objects.filter(guideline__slug__in=slugs).select_related("guideline")
    chosen: dict[str, GuidelineEdition] = {}
    for row in editions.order_by("guideline", "number"):
        if row.guideline.key not in chosen or row.effective_on <= on:
            chosen[row.guideline.key] = row
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for text in GuidelineText.objects.filter(edition__in=[row.pk for row in chosen.values()]):
        found[text.edition_id][text.language] = mark([text.title, text.summary, text.body])
    return {key: Standing(str(row.number), found[row.pk]) for key, row in chosen.items()}


class _Law:
    """The texts of one law or provision, gathered in the order of reading."""

    def __init__(self) -> None:
        self.days: set[dt.date] = set()
        self.texts: dict[str, dict[int, str]] = defaultdict(dict)

    def add(self, text: ProvisionText, on: dt.date) -> None:
        """Texts come oldest first: of two that are good on the day the later one is shown."""
        self.days |= {day for day in (text.valid_from, text.valid_until) if day and day <= on}
        if text.valid_until is None or text.valid_until > on:
            self.texts[f"{text.language}/{text.kind}"][text.provision_id] = text.digest

    def standing(self, *more: str) -> Standing:
        marks = {name: mark([*more, *digests.values()]) for name, digests in self.texts.items()}
        return Standing(max(self.days).isoformat() if self.days else "", marks or {"": mark(more)})


def _texts(where: Q, on: dt.date) -> Iterable[ProvisionText]:
    rows = ProvisionText.objects.filter(where, retired_at=None, valid_from__lte=on, provision__withdrawn_on=None)
    columns = ["language", "kind", "digest", "valid_from", "valid_until", "provision_id"]
    related = ["provision__key", "provision__parent__key", "provision__instrument__key"]
    rows = rows.select_related("provision__parent", "provision__instrument").only(*columns, *related)
    return rows.order_by("provision__position", "valid_from", "pk").iterator(2000)


def _instruments(keys: list[str], on: dt.date) -> Standings:
    laws: dict[str, _Law] = defaultdict(_Law)
    for text in _texts(Q(provision__instrument__key__in=keys), on):
        laws[text.provision.instrument.key].add(text, on)
    found = {}
    for row in Instrument.objects.filter(key__in=keys):
        days = [row.in_force, row.repealed, row.suspended_until]
        laws[row.key].days |= {day for day in days if day and day <= on}
        record = [str(as_dict(text)) for text in (row.title, row.summary)]
        found[row.key] = laws[row.key].standing(*record, row.state(on), row.superseded_by)
    return found


def _provisions(keys: list[str], on: dt.date) -> Standings:
    """A provision's page shows its own text and those of what stands directly below it."""
    laws: dict[str, _Law] = defaultdict(_Law)
    for text in _texts(Q(provision__key__in=keys) | Q(provision__parent__key__in=keys), on):
        laws[text.provision.key].add(text, on)
        if text.provision.parent:
            laws[text.provision.parent.key].add(text, on)
    return {key: laws[key].standing() for key in keys if key in laws}


def _notices(keys: list[str], on: dt.date) -> Standings:
    rows = published().filter(slug__in=[key.partition("/")[2] for key in keys]).prefetch_related("corrections")
    return {
        row.key: _words([row.title, row.summary, row.body, *(added.words for added in row.corrections.all())])
        for row in rows
    }


def _cases(keys: list[str], on: dt.date) -> Standings:
    rows = Case.objects.filter(slug__in=[key.partition("/")[2] for key in keys])
    return {row.key: _words([row.title, row.summary, row.facts]) for row in rows}


def _terms(keys: list[str], on: dt.date) -> Standings:
    rows = Term.objects.filter(slug__in=[key.partition("/")[2] for key in keys])
    return {row.key: _words([row.term, row.definition]) for row in rows}


def _flags(keys: list[str], on: dt.date) -> Standings:
    rows = RedFlag.objects.filter(slug__in=[key.partition("/")[2] for key in keys])
    return {row.key: _words([row.text, row.why, row.next]) for row in rows}


def _entries(keys: list[str], on: dt.date) -> Standings:
    rows = ControlEntry.objects.filter(key__in=keys)
    return {row.key: _words([row.title, row.note], str(row.thresholds) + str(row.reasons)) for row in rows}


def _lists(keys: list[str], on: dt.date) -> Standings:
    below: dict[str, list[object]] = defaultdict(list)
    for entry in ControlEntry.objects.filter(control_list__key__in=keys, withdrawn_on=None).order_by("position"):
        below[entry.key.partition("/")[0]] += [entry.title, entry.note]
    rows = ControlList.objects.filter(key__in=keys)
    return {row.key: _words([row.name, row.summary, *below[row.key]]) for row in rows}


def _regimes(keys: list[str], on: dt.date) -> Standings:
    rows = list(Regime.objects.filter(slug__in=[key.partition("/")[2] for key in keys]))
    below: dict[int, list[object]] = defaultdict(list)
    for section in RegimeSection.objects.filter(regime__in=rows).order_by("position"):
        below[section.regime_id] += [section.heading, section.body]
    return {row.key: _words([row.name, row.summary, *below[row.pk]]) for row in rows}


READS: dict[str, Callable[[list[str], dt.date], Standings]] = {
    "guideline": _guidelines,
    "instrument": _instruments,
    "provision": _provisions,
    "notice": _notices,
    "case": _cases,
    "term": _terms,
    "flag": _flags,
    "entry": _entries,
    "list": _lists,
    "regime": _regimes,
}

"""What provisions said on a day, as this site shows it now or showed it on a past day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import get_language

from portal.core.texts import LANGUAGE_CODES
from portal.guidance.models import Instrument, Provision, ProvisionText, TextKind

Texts = dict[int, dict[tuple[str, str], ProvisionText]]
"""provision id -> (kind, language) -> text."""


def end_of(day: dt.date) -> dt.datetime:
    """The moment at which a day of this site is over: in its own time zone, so that it is the same for all readers."""
    return timezone.make_aware(
        dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min), timezone.get_default_timezone()
    )


def shown_on(day: dt.date | None) -> Q:
    """Rows of the second clock that this site shows now (None), or showed at the end of a day."""
    if day is None:
        return Q(retired_at=None)
    moment = end_of(day)
    return Q(recorded_at__lt=moment) & (Q(retired_at=None) | Q(retired_at__gte=moment))


def good_on(day: dt.date) -> Q:
    """Rows of the first clock that are good on a day."""
    return Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gt=day))


def texts_on(
    provisions: Iterable[Provision],
    on: dt.date,
    *,
    shown: dt.date | None = None,
    kinds: Sequence[str] = TextKind.values,
) -> Texts:
    """The texts that are good on a date, as the site shows them now or showed them on a past day. One query."""
    rows = ProvisionText.objects.filter(
        good_on(on), shown_on(shown), provision__in=[row.pk for row in provisions], kind__in=kinds
    )
    found: Texts = {}
    for row in rows.select_related("intake").order_by("valid_from"):
        found.setdefault(row.provision_id, {})[row.kind, row.language] = row
    return found


@dataclass(slots=True)
class Cell:
    """A text in one language. `text` is None where there is none in it; `html` is filled in by the view."""

    language: str
    text: ProvisionText | None
    html: str = ""


@dataclass(slots=True)
class Passage:
    """Words of one kind, in one language or in several side by side."""

    kind: str
    cells: list[Cell]


@dataclass(slots=True)
class Absence:
    """Why nothing of a provision is good on a date: its next text begins on `begins`, its last one ended on `ended`."""

    begins: dt.date | None
    ended: dt.date | None


@dataclass(slots=True)
class Line:
    """A provision with what a reader is shown of it. `absence` is None where something is good, and where nothing
    ever is, as with most chapters. `cited` is filled in by the view."""

    provision: Provision
    passages: list[Passage] = field(default_factory=list)
    absence: Absence | None = None
    cited: int = 0

    @property
    def text(self) -> ProvisionText | None:
        """The first text shown."""
        return next((cell.text for passage in self.passages for cell in passage.cells if cell.text), None)


def lines(
    provisions: Iterable[Provision],
    on: dt.date,
    *,
    shown: dt.date | None = None,
    kinds: Sequence[str] = TextKind.values,
    languages: Sequence[str] = (),
    strict: bool = False,
) -> list[Line]:
    """The provisions in order with their texts on a date. Two queries.

    Without `languages` each text is in the reader's language, else in the other; with them, in each of these. Of
    `kinds` all are shown that there are; where there is none of them, what else there is, unless `strict`.
    """
    listed = list(provisions)
    texts = texts_on(listed, on, shown=shown, kinds=kinds if strict else TextKind.values)
    found = [Line(row, _passages(texts.get(row.pk, {}), kinds, languages)) for row in listed]
    absences = _absences([line.provision for line in found if not line.passages], on, shown)
    for line in found:
        line.absence = absences.get(line.provision.pk)
    return found


def _passages(
    texts: dict[tuple[str, str], ProvisionText], kinds: Sequence[str], languages: Sequence[str]
) -> list[Passage]:
    there = [kind for kind in TextKind.values if any(kind == have for have, _ in texts)]
    wanted = [kind for kind in there if kind in kinds] or there
    return [Passage(kind, _cells(_of_kind(texts, kind), languages)) for kind in wanted]


def _of_kind(texts: dict[tuple[str, str], ProvisionText], kind: str) -> dict[str, ProvisionText]:
    return {code: row for (have, code), row in texts.items() if have == kind}


def _cells(texts: dict[str, ProvisionText], languages: Sequence[str]) -> list[Cell]:
    if languages:
        return [Cell(code, texts.get(code)) for code in languages]
    order = [get_language() or "en", *LANGUAGE_CODES]
    text = next(texts[code] for code in order if code in texts)
    return [Cell(text.language, text)]


def _absences(provisions: list[Provision], on: dt.date, shown: dt.date | None) -> dict[int, Absence]:
    """For provisions without a text on a date, one query: when the next one begins, when the last one ended."""
    rows = ProvisionText.objects.filter(shown_on(shown), provision__in=[row.pk for row in provisions])
    ends = rows.values("provision").annotate(
        good=Count("pk", filter=good_on(on)),
        begins=Min("valid_from", filter=Q(valid_from__gt=on)),
        ended=Max("valid_until", filter=Q(valid_until__lte=on)),
    )
    return {row["provision"]: Absence(row["begins"], row["ended"]) for row in ends.order_by() if not row["good"]}


def kinds_of(instrument: Instrument, *, shown: dt.date | None = None) -> set[str]:
    """The kinds of texts that there are of an instrument on any day."""
    rows = ProvisionText.objects.filter(shown_on(shown), provision__instrument=instrument.pk)
    return set(rows.order_by().values_list("kind", flat=True).distinct())

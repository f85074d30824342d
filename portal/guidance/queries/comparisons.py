"""A law, or a part of it, on two dates: what differs, provision by provision."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from django.db.models import Q

from portal.core import markdown
from portal.core.dates import parse_on
from portal.core.errors import PortalError
from portal.core.texts import pick
from portal.guidance import redline
from portal.guidance.models import Provision, ProvisionText, TextKind
from portal.guidance.queries.texts import end_of, good_on, shown_on
from portal.guidance.redline import Op, Piece

DAY = dt.timedelta(days=1)
Name = Callable[[Iterable[str]], markdown.Cite]
"""The keys that texts cite -> how each is written in plain words."""


@dataclass(frozen=True, slots=True)
class Side:
    """A date, and the day whose showing of it is meant; None for what is shown now."""

    on: dt.date
    shown: dt.date | None = None

    @property
    def rows(self) -> Q:
        return good_on(self.on) & shown_on(self.shown)


@dataclass(slots=True)
class Row:
    """A provision in a comparison. Its state now, else what it was."""

    provision: Provision
    line: redline.Line
    checked: tuple[bool | None, bool | None] = (None, None)  # to be checked, on each side; None without a text there
    markup: bool = False  # the words are the same, their links or their form are not

    @property
    def mark_changed(self) -> bool:
        """Whether only one side is marked as to be checked."""
        before, after = self.checked
        return before is not None and after is not None and before != after

    @property
    def differs(self) -> bool:
        return self.line.change is not redline.Change.UNCHANGED or self.markup or self.mark_changed


@dataclass(slots=True)
class Comparison:
    """`language` and `kind` are those of the texts compared; the other sets say what else could be."""

    language: str
    kind: str
    languages: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)

    @property
    def differing(self) -> list[Row]:
        return [row for row in self.rows if row.differs]

    @property
    def unchanged(self) -> int:
        return sum(not row.differs for row in self.rows)


def comparison(
    old: Iterable[Provision],
    new: Iterable[Provision],
    before: Side,
    after: Side,
    *,
    language: str,
    kind: str = "",
    everything: bool = False,
    name: Name | None = None,
) -> Comparison:
    """Compare the provisions of two states of a law in one language and of one kind of words.

    Without `kind`, the official text if it is there on both sides, else our summary. Words are loaded only where they
    differ, unless `everything`. Two queries, and what `name` needs.
    """
    old, new = list(old), list(new)
    texts = _texts({row.pk for row in (*old, *new)}, before, after)
    found = Comparison(language, kind or _kind(texts, language, before, after))
    found.languages = {text.language for text in texts if text.kind == found.kind}
    found.kinds = {text.kind for text in texts if text.language == language}
    mine = [text for text in texts if (text.language, text.kind) == (language, found.kind)]
    left, right = _on(mine, before), _on(mine, after)
    words = _words(left, right, everything, name)
    # In one outline no heading differs from itself: then only those that will be shown are put into words.
    same = len(old) == len(new) and all(one is other for one, other in zip(old, new, strict=True))
    title = _no_title if same else partial(heading, language=language)
    lines = redline.compare(_parts(old, left, right, words, title), _parts(new, right, left, words, title))
    provisions = {row.label: row for row in (*old, *new)}
    found.rows = [_row(provisions, line, left, right) for line in lines]
    if same:
        for row in found.rows if everything else found.differing:
            row.line = replace(row.line, heading=(Piece(Op.EQUAL, heading(row.provision, language)),))
    return found


def _no_title(row: Provision) -> str:
    return ""


def _texts(ids: set[int], before: Side, after: Side) -> list[ProvisionText]:
    """All texts of both sides without their words."""
    rows = ProvisionText.objects.filter(before.rows | after.rows, provision__in=ids)
    return list(rows.defer("body").order_by("valid_from"))


def _stands(text: ProvisionText, side: Side) -> bool:
    """Whether a text belongs to this side: the Python twin of Side.rows."""
    good = text.valid_from <= side.on and (text.valid_until is None or text.valid_until > side.on)
    if side.shown is None:
        return good and text.retired_at is None
    moment = end_of(side.shown)
    return good and text.recorded_at < moment and (text.retired_at is None or text.retired_at >= moment)


def _on(texts: Iterable[ProvisionText], side: Side) -> dict[int, ProvisionText]:
    return {text.provision_id: text for text in texts if _stands(text, side)}


def _kind(texts: list[ProvisionText], language: str, before: Side, after: Side) -> str:
    """Official text where both sides have it, or where there is nothing else: beside a side without it all would look
    as if enacted anew."""
    official = [text for text in texts if (text.kind, text.language) == (TextKind.OFFICIAL, language)]
    both = all(any(_stands(text, side) for text in official) for side in (before, after))
    alone = len(official) == sum(text.language == language for text in texts)
    return TextKind.OFFICIAL if official and (both or alone) else TextKind.GIST


def _words(
    left: dict[int, ProvisionText], right: dict[int, ProvisionText], everything: bool, name: Name | None
) -> dict[int, str]:
    """text id -> its words, for the texts whose words are needed."""
    needed = set()
    for pk in left.keys() | right.keys():
        before, after = left.get(pk), right.get(pk)
        if everything or before is None or after is None or before.digest != after.digest:
            needed |= {text.pk for text in (before, after) if text}
    bodies = dict(ProvisionText.objects.filter(pk__in=needed).values_list("pk", "body"))
    keys = {key for body in bodies.values() for key, _ in markdown.citations(body)}
    cite = name(keys) if name else markdown.plain_citation
    return {pk: "\n".join(markdown.paragraphs(body, cite=cite)) for pk, body in bodies.items()}


def _parts(
    provisions: list[Provision],
    mine: dict[int, ProvisionText],
    other: dict[int, ProvisionText],
    words: dict[int, str],
    title: Callable[[Provision], str],
) -> list[redline.Part]:
    """The parts of one side. What has no text on either side, as most chapters, stands there without words."""
    found = []
    for row in provisions:
        text = mine.get(row.pk)
        if text:
            found.append(redline.Part(row.label, title(row), words.get(text.pk, ""), text.digest))
        elif row.pk not in other:
            found.append(redline.Part(row.label, title(row), ""))
    return found


def heading(row: Provision, language: str) -> str:
    """Number and heading in a language, else in the other."""
    return " ".join(filter(None, (pick(row.number, language)[0], pick(row.heading, language)[0])))


def _row(
    provisions: dict[str, Provision],
    line: redline.Line,
    left: dict[int, ProvisionText],
    right: dict[int, ProvisionText],
) -> Row:
    provision = provisions[line.key]
    before, after = left.get(provisions[line.was].pk), right.get(provision.pk)
    return Row(
        provision,
        line,
        checked=(before.to_check if before else None, after.to_check if after else None),
        markup=bool(before and after and before.digest != after.digest and not line.text_changed),
    )


def sensible_dates(days: Sequence[dt.date], now: dt.date, until: str = "") -> tuple[dt.date, dt.date]:
    """Two dates worth comparing: the day before the last change with today; where nothing has changed since the first
    day, today with the next enacted change. With `until`, the day before the last change up to that day."""
    try:
        end = parse_on(until) or now
    except PortalError:  # the form will say so
        end = now
    past, future = [day for day in days if day <= end], [day for day in days if day > end]
    if len(past) > 1 or (past and (until or not future)):
        return past[-1] - DAY, end
    return (end, future[0]) if future and not until else (end - DAY, end)

"""A law and a provision on a date, as this site shows them now or showed them on a past day."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.core import texts
from portal.core.caching import cached_for_visitors
from portal.core.dates import today
from portal.guidance import presenting, queries
from portal.guidance.models import Instrument, ProvisionText, TextKind
from portal.guidance.queries import Cell, Law, Line, NotShown, Passage
from portal.guidance.views.laws import bars
from portal.guidance.views.laws.viewpoint import Viewpoint, viewpoint
from portal.references import rendering
from portal.references.queries import addresses, counts_by_kind, labels
from portal.references.rendering import Note

CONTENTS = 90  # so many lines of contents are no help any more
LONG = 150  # from so many provisions on, a law is shown as an outline


@require_safe
@cached_for_visitors
def law(request: HttpRequest, key: str) -> HttpResponse:
    """One instrument with its outline and what each provision says, on a date."""
    here = viewpoint(request)
    try:
        found = queries.law(key, shown=here.shown)
    except NotShown as gap:
        return not_shown(request, gap, here)
    days = queries.dates_of(found.instrument, shown=here.shown)
    folded = len(found.provisions) > LONG and not here.text
    lines = queries.lines(
        found.provisions,
        here.on,
        shown=here.shown,
        kinds=[TextKind.GIST] if folded else here.kinds,
        languages=here.languages,
        strict=folded,
    )
    notes = render_lines(lines)
    counts = counts_by_kind(line.provision.key for line in lines)
    for line in lines:
        line.cited = counts.get(line.provision.key, 0)
    context = {
        **surroundings(found.instrument, here),
        "kind": labels("instrument_kinds")["instrument_kinds"].get(found.instrument.kind, found.instrument.kind),
        "lines": with_words(lines, here, found.instrument),
        "folded": folded,
        "notes": notes,
        "headings": contents(lines),
        "bar": bars.bar(found.instrument, here, days),
        "turns": bars.near(bars.turns(days, here)),
        "kinds": queries.kinds_of(found.instrument, shown=here.shown),
        "since": since(found, here),
    }
    return render(request, "guidance/law.html", context)


@require_safe
@cached_for_visitors
def provision(request: HttpRequest, key: str, label: str) -> HttpResponse:
    """One provision on a date: its text, the texts before and after, what stands below it."""
    here = viewpoint(request)
    try:
        place = queries.place(key, label, shown=here.shown)
    except NotShown as gap:
        return not_shown(request, gap, here)
    row = place.provision
    lines = queries.lines([row, *place.below], here.on, shown=here.shown, kinds=here.kinds, languages=here.languages)
    notes = render_lines(lines)
    shown = with_words(lines, here, place.instrument)
    history = list(row.texts.filter(queries.shown_on(here.shown)).defer("body"))
    days = sorted({day for text in history for day in (text.valid_from, text.valid_until) if day})
    law_then = place.law
    context = {
        **surroundings(place.instrument, here),
        "provision": row,
        "notes": notes,
        "place": place,
        "line": shown[0],
        "below": shown[1:],
        "spans": spans(history, here),
        "bar": bars.bar(place.instrument, here, bars.days_with(place.instrument, days)),
        "turns": bars.near(bars.turns(days, here)),
        "kinds": {text.kind for text in history} | kinds_in(lines),
        "since": since(law_then, here, {row.label, *(other.label for other in place.below)}) if law_then else None,
    }
    return render(request, "guidance/provision.html", context)


def surroundings(instrument: Instrument, here: Viewpoint) -> dict[str, Any]:
    """What the pages of a law and of a provision have in common."""
    book = addresses([instrument.superseded_by, *instrument.supersedes])
    return {
        "instrument": instrument,
        "here": here,
        "superseded_by": book.get(instrument.superseded_by),
        "supersedes": [book[key] for key in instrument.supersedes if key in book and key != instrument.superseded_by],
        "today_href": here.but(on=today()) if here.shown else "",
        "ways": {
            "one": here.but(side_by_side=False),
            "both": here.but(side_by_side=True),
            "summary": here.but(text="summary"),
            "official": here.but(text="official"),
            "all": here.but(text="both"),
            "now": here.but(shown=None, on=here.on) if here.shown else "",
        },
    }


def render_lines(lines: list[Line]) -> list[Note]:
    """Fill in the HTML of every text, with one query for all that they cite; what they cite, as foot notes."""
    notes = rendering.Notes()
    cells = [
        (cell, anchor_of(line, passage, cell))
        for line in lines
        for passage in line.passages
        for cell in passage.cells
        if cell.text
    ]
    bodies = [cell.text.body for cell, _anchor in cells if cell.text]
    within = lines[0].provision.key.partition("/")[0] if lines else ""
    anchors = [anchor for _cell, anchor in cells]
    rendered = rendering.render_many(bodies, anchors=anchors, notes=notes, within=within)
    for (cell, _anchor), html in zip(cells, rendered, strict=True):
        cell.html = html
    return notes.listed


def anchor_of(line: Line, passage: Passage, cell: Cell) -> str:
    """The beginning of the ids of a text's blocks, the same on the page of the law and of the provision: `art-12-p` for
    the official text, `art-12-s` for our summary; beside the other language with the language."""
    kind = "p" if passage.kind == TextKind.OFFICIAL else "s"
    other = len(passage.cells) > 1 and cell.language != get_language()
    return f"{line.provision.label}-{kind}" + (f"-{cell.language}" if other else "")


def contents(lines: list[Line]) -> list[tuple[int, str, str]]:
    """(level, id, words) of the chapters and, unless there are very many, of what stands right below them."""
    near = [line.provision for line in lines if line.provision.depth < 2]
    listed = near if len(near) <= CONTENTS else [row for row in near if row.depth == 0]
    return [
        (2 + row.depth, row.label, f"{texts.pick(row.number)[0]} {texts.pick(row.heading)[0]}".strip())
        for row in listed
    ]


def with_words(lines: list[Line], here: Viewpoint, instrument: Instrument) -> list[tuple[Line, str]]:
    """Each line with the sentence that says why nothing of it is good, if so."""
    return [
        (line, presenting.absence_sentence(line.absence, here.on, instrument) if line.absence else "") for line in lines
    ]


def kinds_in(lines: list[Line]) -> set[str]:
    return {passage.kind for line in lines for passage in line.passages}


def spans(rows: list[ProvisionText], here: Viewpoint) -> list[dict[str, Any]]:
    """The times in which the words stayed the same, oldest first, each with its place in time and its address."""
    found = sorted({(text.kind, text.valid_from, text.valid_until) for text in rows}, key=lambda span: span[:2])
    return [
        {
            "kind": kind,
            "first": first,
            "end": end,
            "state": "over" if end and end <= here.on else "future" if first > here.on else "now",
            "query": here.but(on=first),
        }
        for kind, first, end in found
    ]


def since(then: Law, here: Viewpoint, labels: Collection[str] | None = None) -> dict[str, Any] | None:
    """For a past showing: what was changed since, in words, and where to see it. None for what is shown now."""
    if here.shown is None:
        return None
    changed = queries.since(then, here.shown, here.on, labels)
    return {
        "shown": here.shown,
        "sentence": presenting.since_sentence(changed),
        "texts": bool(changed.get("texts")),
        "query": f"?from={here.on}&to={here.on}&from_shown={here.shown}",
    }


def not_shown(request: HttpRequest, gap: NotShown, here: Viewpoint) -> HttpResponse:
    """This site did not show the law on that day: say so, and since when it does."""
    begins = timezone.localtime(gap.begins, timezone.get_default_timezone()).date() if gap.begins else None
    context = {"instrument": gap.instrument, "here": here, "begins": begins, "sentence": str(gap)}
    return render(request, "guidance/not_shown.html", context, status=404)

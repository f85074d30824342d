"""Two dates of a law, or of one provision, as a redline."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.core.caching import cached_for_visitors
from portal.core.dates import parse_shown, today
from portal.core.texts import LANGUAGE_CODES, other_language
from portal.guidance import presenting, queries
from portal.guidance.forms import TwoDatesForm
from portal.guidance.models import Provision, TextKind
from portal.guidance.queries import Comparison, Law, NotShown, Row, Side
from portal.guidance.views.laws import bars
from portal.guidance.views.laws.reading import not_shown
from portal.guidance.views.laws.viewpoint import Viewpoint

KINDS = {"official": TextKind.OFFICIAL.value, "summary": TextKind.GIST.value}


@require_safe
@cached_for_visitors
def comparison(request: HttpRequest, key: str) -> HttpResponse:
    """A law on two dates."""
    return _compared(request, key, "")


@require_safe
@cached_for_visitors
def provision_comparison(request: HttpRequest, key: str, label: str) -> HttpResponse:
    """One provision, and what stands below it, on two dates."""
    return _compared(request, key, label)


def _compared(request: HttpRequest, key: str, label: str) -> HttpResponse:
    shown = tuple(parse_shown(request.GET.get(name)) for name in ("from_shown", "to_shown"))
    try:
        laws = queries.both_laws(key, *shown)
    except NotShown as gap:
        return not_shown(request, gap, Viewpoint(today(), shown[0] or shown[1]))
    row = queries.provision_of(laws, label)
    parts = laws[1].within(row) if row else None
    days = queries.dates_of(laws[1].instrument, shown=shown[1], within=parts)
    form = TwoDatesForm(_asked(request.GET, days))
    context = {
        "instrument": laws[1].instrument,
        "provision": row,
        "form": form,
        "days": days,
        "turns": bars.turns(days, Viewpoint(today(), shown[1])),
        "carried": [(name, request.GET[name]) for name in CARRIED if request.GET.get(name)],
        "shown": shown,
    }
    if not form.is_valid():
        return render(request, "guidance/comparison.html", context, status=400)
    before, after = Side(form.cleaned_data["from"], shown[0]), Side(form.cleaned_data["to"], shown[1])
    context |= _redline(request, laws, row, before, after)
    return render(request, "guidance/comparison.html", context)


CARRIED = ("lang", "text", "all", "from_shown", "to_shown")


def _asked(sent: QueryDict, days: Sequence[dt.date]) -> dict[str, str]:
    """The dates that were asked for; what was left out is filled in so that the comparison shows something."""
    first, last = queries.sensible_dates(days, today(), sent.get("to", ""))
    return {"from": sent.get("from") or first.isoformat(), "to": sent.get("to") or last.isoformat()}


@dataclass(slots=True)
class Group:
    """Provisions one after another that all differ, or of which none does.

    `rows` has only those that are shown.
    """

    differs: bool
    number: int
    rows: list[dict[str, Any]]


def _redline(request: HttpRequest, laws: list[Law], row: Provision | None, before: Side, after: Side) -> dict[str, Any]:
    here = get_language() or "en"
    language = request.GET.get("lang", here)
    language = language if language in LANGUAGE_CODES else here
    everything = request.GET.get("all") == "1"
    old, new = (law.within(row) if row else law.provisions for law in laws)
    found = queries.comparison(
        old,
        new,
        before,
        after,
        language=language,
        kind=KINDS.get(request.GET.get("text", ""), ""),
        everything=everything,
        name=presenting.names(language),
    )
    return {
        "found": found,
        "other": other_language(language),
        "changes": [shown_row(row) for row in found.differing],
        "groups": groups(found, everything),
        "everything": everything,
        "standings": [
            (side, *bars.state(law.instrument, side.on), presenting.state_sentence(law.instrument, side.on))
            for law, side in zip(laws, (before, after), strict=True)
        ],
        "before": before,
        "after": after,
        "read": [Viewpoint(side.on, side.shown).query for side in (before, after)],
    }


def shown_row(row: Row) -> dict[str, Any]:
    """A provision in the redline, with its words."""
    return {"row": row, "line": row.line, "provision": row.provision, "sentence": presenting.change_sentence(row)}


def groups(found: Comparison, everything: bool) -> list[Group]:
    """The provisions in order, those that differ and those that do not apart."""
    runs = [(differs, list(rows)) for differs, rows in groupby(found.rows, key=lambda row: row.differs)]
    return [
        Group(differs, len(rows), [shown_row(row) for row in rows] if differs or everything else [])
        for differs, rows in runs
    ]

"""Laws and provisions, on a date."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.controls.models import Jurisdiction
from portal.core.caching import cached_for_visitors
from portal.core.datebar import DateBar, Mark, Span, date_bar
from portal.core.dates import parse_on, today
from portal.guidance import presenting, queries
from portal.guidance.models import Instrument, InstrumentState
from portal.references import rendering
from portal.references.queries import addresses, counts_by_kind, labels


@require_safe
@cached_for_visitors
def laws(request: HttpRequest) -> HttpResponse:
    """All instruments, by jurisdiction, with their state on a date."""
    on = parse_on(request.GET.get("on")) or today()
    rows = queries.instruments()
    chosen = {name: request.GET.get(name, "") for name in ("jurisdiction", "kind", "state")}
    if chosen["jurisdiction"]:
        rows = rows.filter(jurisdiction__code=chosen["jurisdiction"])
    if chosen["kind"]:
        rows = rows.filter(kind=chosen["kind"])
    if chosen["state"]:
        rows = queries.in_state(rows, chosen["state"], on=on)
    kinds = labels("instrument_kinds")["instrument_kinds"]
    context = {
        "rows": [(row, kinds.get(row.kind, row.kind), *_state(row, on)) for row in rows],
        "jurisdictions": Jurisdiction.objects.filter(instruments__isnull=False).distinct(),
        "kinds": kinds,
        "states": [(state.value, presenting.state_word(state)) for state in InstrumentState],
        "chosen": chosen,
        "on": on,
    }
    return render(request, "guidance/laws.html", context)


def _state(row: Instrument, on: dt.date) -> tuple[str, str]:
    state = row.state(on)
    return presenting.state_word(state), presenting.KINDS[state]


def _bar(instrument: Instrument, on: dt.date) -> DateBar:
    """The date bar of an instrument: its state, and the days on which something changed."""
    word, kind = _state(instrument, on)
    marks = [Mark(day, words, f"?on={day.isoformat()}") for day, words in _marks(instrument)]
    spans = [Span(instrument.in_force, instrument.repealed, "good")] if instrument.in_force else []
    if instrument.repealed:
        spans.append(Span(instrument.repealed, None, "over"))
    return date_bar(
        on=on,
        today=today(),
        words=word,
        kind=kind,
        sentence=presenting.state_sentence(instrument, on),
        marks=marks,
        spans=spans,
    )


def _marks(instrument: Instrument) -> list[tuple[dt.date, str]]:
    named = {
        instrument.suspended_until: _("end of the suspension"),
        instrument.repealed: _("repealed"),
        instrument.in_force: _("in force"),
    }
    return [(day, named.get(day, _("text changed"))) for day in queries.dates_of(instrument)]


@require_safe
@cached_for_visitors
def law(request: HttpRequest, key: str) -> HttpResponse:
    """One instrument with its outline and gists, on a date."""
    instrument = get_object_or_404(Instrument.objects.select_related("jurisdiction", "authority"), key=key)
    on = parse_on(request.GET.get("on")) or today()
    lines = queries.lines(instrument.provisions.filter(withdrawn_on=None), on)
    html = rendering.render_many([line.text.body if line.text else "" for line in lines])
    for line, body in zip(lines, html, strict=True):
        line.html = body
    context = {
        "instrument": instrument,
        "kind": labels("instrument_kinds")["instrument_kinds"].get(instrument.kind, instrument.kind),
        "lines": lines,
        "counts": counts_by_kind(line.provision.key for line in lines),
        "related": addresses([instrument.superseded_by, *instrument.supersedes]),
        "bar": _bar(instrument, on),
    }
    return render(request, "guidance/law.html", context)


@require_safe
@cached_for_visitors
def provision(request: HttpRequest, key: str, label: str) -> HttpResponse:
    """One provision on a date: its text, the texts before and after, what stands below it."""
    row = queries.provision(key, label)
    on = parse_on(request.GET.get("on")) or today()
    below = row.children.filter(withdrawn_on=None)
    lines = queries.lines([row, *below], on)
    html = rendering.render_many([line.text.body if line.text else "" for line in lines])
    for line, body in zip(lines, html, strict=True):
        line.html = body
    before, after = queries.neighbours(row)
    context = {
        "provision": row,
        "instrument": row.instrument,
        "line": lines[0],
        "below": lines[1:],
        "before": before,
        "after": after,
        "history": _history(row.texts.filter(retired_at=None)),
        "bar": _bar(row.instrument, on),
        "nothing": _("Nothing of this provision was good on this date."),
    }
    return render(request, "guidance/provision.html", context)


def _history(texts: Any) -> list[dict[str, Any]]:
    """The spans of the texts, one line a span."""
    spans = {(text.valid_from, text.valid_until) for text in texts}
    return [{"first": first, "end": end} for first, end in sorted(spans, key=lambda span: span[0])]

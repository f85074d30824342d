"""All laws, with their state on a date."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.controls.models import Jurisdiction
from portal.core import texts
from portal.core.caching import cached_for_visitors
from portal.core.dates import parse_on, today
from portal.guidance import presenting, queries
from portal.guidance.models import Instrument, InstrumentState
from portal.guidance.views.laws import bars
from portal.references.queries import addresses, labels


@require_safe
@cached_for_visitors
def laws(request: HttpRequest) -> HttpResponse:
    """All instruments, by jurisdiction, with their state on a date."""
    on = parse_on(request.GET.get("on")) or today()
    chosen = {name: request.GET.get(name, "").strip() for name in ("jurisdiction", "kind", "state", "q")}
    rows = queries.instruments()
    shown = queries.in_state(rows, chosen["state"], on=on) if chosen["state"] else rows
    listed = [row for row in shown if _fits(row, chosen)]
    kinds = labels("instrument_kinds")["instrument_kinds"]
    used = list(rows.values_list("kind", "jurisdiction__code"))
    by_kind, by_place = Counter(kind for kind, _ in used), Counter(code for _, code in used)
    context = {
        "rows": [(row, kinds.get(row.kind, row.kind), *bars.state(row, on)) for row in listed],
        "jurisdictions": [(row, by_place[row.code]) for row in Jurisdiction.objects.filter(code__in=by_place)],
        "kinds": [(value, label, by_kind[value]) for value, label in kinds.items() if by_kind[value]],
        "states": [(state.value, presenting.state_word(state)) for state in InstrumentState],
        "successors": addresses(row.superseded_by for row in listed if row.superseded_by),
        "chosen": chosen,
        "filtered": any(chosen.values()) or on != today(),
        "on": on,
    }
    return render(request, "guidance/laws.html", context)


def _fits(row: Instrument, chosen: dict[str, str]) -> bool:
    wanted = chosen["q"].casefold()
    words = [row.key, row.citation, *texts.as_dict(row.title).values(), *texts.as_dict(row.short).values()]
    return (
        chosen["jurisdiction"] in ("", row.jurisdiction.code)
        and chosen["kind"] in ("", row.kind)
        and (not wanted or any(wanted in text.casefold() for text in words))
    )

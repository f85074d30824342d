"""All laws, with their state on a date."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.controls.models import Jurisdiction
from portal.core.caching import cached_for_visitors
from portal.core.dates import parse_on, today
from portal.guidance import presenting, queries
from portal.guidance.models import InstrumentState
from portal.guidance.views.laws import bars
from portal.references.queries import labels


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
        "rows": [(row, kinds.get(row.kind, row.kind), *bars.state(row, on)) for row in rows],
        "jurisdictions": Jurisdiction.objects.filter(instruments__isnull=False).distinct(),
        "kinds": kinds,
        "states": [(state.value, presenting.state_word(state)) for state in InstrumentState],
        "chosen": chosen,
        "on": on,
    }
    return render(request, "guidance/laws.html", context)

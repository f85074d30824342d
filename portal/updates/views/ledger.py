"""The operator's view of what was sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.models import User
from portal.core.errors import NotAllowed
from portal.organisations.requests import SignedInRequest
from portal.updates import actions, queries
from portal.updates.models import Delivery, DigestRun, State, Suppression


def operator_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who run the site."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (isinstance(request.user, User) and request.user.is_staff):
            raise NotAllowed(_("Only the operators of this site may see what was sent."))
        return view(request, *args, **kwargs)

    return guarded


@operator_required
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """Every run with its equation. The same number of queries for any number of runs."""
    page = Paginator(DigestRun.objects.all(), 30).get_page(request.GET.get("page"))
    found = queries.balances(page)
    context = {
        "page_obj": page,
        "lines": [(row, found[row.pk]) for row in page],
        "suppressed": Suppression.objects.count(),
    }
    return render(request, "updates/runs.html", context)


@operator_required
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: its equation, its mails by state, and the mails that somebody must look at."""
    row = get_object_or_404(DigestRun, pk=pk)
    balance = queries.balance(row)
    deliveries = row.deliveries.select_related("subscriber__user").exclude(state=State.HANDED_OVER).order_by("-pk")
    context = {
        "run": row,
        "balance": balance,
        "mails": [(State(state), count) for state, count in sorted(balance.mails.items())],
        "page_obj": Paginator(deliveries, 50).get_page(request.GET.get("page")),
    }
    return render(request, "updates/run.html", context)


@operator_required
@require_POST
def delivery(request: SignedInRequest, pk: int) -> HttpResponse:
    """An operator says what became of an uncertain mail."""
    row = get_object_or_404(Delivery.objects.select_related("run"), pk=pk)
    arrived = request.POST.get("arrived") == "yes"
    actions.resolve(row, arrived=arrived, by=request.user.actor)
    messages.success(request, _("Noted as delivered.") if arrived else _("It will be sent again."))
    return redirect("updates:run", pk=row.run_id) if row.run_id else redirect("updates:runs")

"""An organisation's reading requests: the list, asking, who has and who has not, withdrawing."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.dates import today
from portal.core.errors import NotAllowed, PortalError
from portal.organisations.permissions import can, must
from portal.organisations.requests import MemberRequest, member_required
from portal.reading import actions, exports, queries
from portal.reading.forms import AskForm, ReasonForm
from portal.reading.models import ReadingRequest
from portal.reading.views.going import download
from portal.references.queries import addresses

PER_PAGE = 30
DAYS = 14
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@member_required("reading.read")
def requests(request: MemberRequest) -> HttpResponse:
    """What was asked, and how far it is."""
    state = request.GET.get("state", "")
    rows = queries.in_state(queries.requests_of(request.organisation, on=today()), state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "state": state,
        "states": [("open", _("open")), ("late", _("late")), ("done", _("complete")), ("withdrawn", _("withdrawn"))],
        "may_ask": can(request.user, "reading.ask", request.organisation),
        "organisation": request.organisation,
    }
    return render(request, "reading/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required("reading.ask")
def ask(request: MemberRequest) -> HttpResponse:
    """Ask people to read something."""
    start: dict[str, Any] = {
        "key": request.GET.get("key", ""),
        "audience": "everybody",
        "due_on": today() + dt.timedelta(days=DAYS),
    }
    form = AskForm(request.POST or None, initial=start, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask(request.organisation, **form.asked(), by=request.user, ref=_ref(request))
        except NotAllowed:
            raise
        except PortalError as error:
            form.add_error(_field_of(error), str(error))
        else:
            messages.success(request, _("They are asked, and hear of it by mail."))
            return redirect(made)
    key = form["key"].value() or ""
    context = {"form": form, "ref": _ref(request), "address": addresses([key]).get(key) if key else None}
    return render(request, "reading/ask.html", context, status=422 if form.errors else 200)


def _ref(request: MemberRequest) -> uuid.UUID:
    """The number that the form carries, so that sending it twice asks once."""
    try:
        return uuid.UUID(request.POST.get("ref", ""))
    except ValueError:
        return uuid.uuid4()


def _field_of(error: PortalError) -> str | None:
    return {"due-on": "due_on", "nobody": "audience", "not-found": "key", "refused": "key"}.get(error.code)


def _found(request: MemberRequest, ref: uuid.UUID) -> ReadingRequest:
    return queries.request_of(request.organisation, ref, on=today())


@require_safe
@member_required("reading.read")
def reading_request(request: MemberRequest, ref: uuid.UUID) -> HttpResponse:
    """Who has, who has not, who is late."""
    row = _found(request, ref)
    words = exports.states()
    lines = [(line, words[line.state]) for line in queries.lines(row, on=today())]
    context = {
        "request_row": row,
        "address": addresses([row.key]).get(row.key),
        "cycles": [
            (cycle, [pair for pair in lines if pair[0].asked.cycle_id == cycle.pk]) for cycle in row.cycles.all()
        ],
        "roles": queries.roles_of(row),
        "may_withdraw": row.withdrawn_at is None and can(request.user, "reading.ask", request.organisation),
        "organisation": request.organisation,
    }
    return render(request, "reading/reading_request.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required("reading.read")
def withdraw(request: MemberRequest, ref: uuid.UUID) -> HttpResponse:
    """Take a request back, with a reason."""
    row = _found(request, ref)
    must(request.user, "reading.ask", request.organisation)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(row, because=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The request is withdrawn. What was acknowledged stays on record."))
        return redirect(row)
    context = {"form": form, "request_row": row}
    return render(request, "reading/withdraw.html", context, status=422 if form.errors else 200)


def _rows(request: MemberRequest, ref: uuid.UUID) -> tuple[ReadingRequest, list[list[object]]]:
    row = _found(request, ref)
    lines = queries.lines(row, on=today())
    return row, exports.people_rows(row, lines, queries.roles_by_person(request.organisation))


@require_safe
@member_required("reading.read")
def people_csv(request: MemberRequest, ref: uuid.UUID) -> HttpResponse:
    """Who has acknowledged, as a table."""
    row, rows = _rows(request, ref)
    return download(exports.table(rows), "text/csv; charset=utf-8", f"reading-{_slug(row)}.csv")


@require_safe
@member_required("reading.read")
def people_xlsx(request: MemberRequest, ref: uuid.UUID) -> HttpResponse:
    """Who has acknowledged, as a workbook."""
    row, rows = _rows(request, ref)
    return download(exports.workbook(row.key, rows), XLSX, f"reading-{_slug(row)}.xlsx")


def _slug(row: ReadingRequest) -> str:
    return row.key.replace("/", "-")

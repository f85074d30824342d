"""The board, and what happens to a notice once it is written."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.errors import Conflict, NotAllowed, PortalError
from portal.desk import queries
from portal.desk.access import desk_required, notice_here, powers
from portal.desk.forms import PublishForm, ReturnForm, WordsForm
from portal.notices import actions
from portal.notices.models import Notice, State
from portal.notices.presenting import page_of
from portal.notices.queries import dead_keys
from portal.organisations import words
from portal.organisations.requests import MemberRequest

KINDS = {
    State.DRAFT: "neutral",
    State.IN_REVIEW: "pending",
    State.SCHEDULED: "pending",
    State.FAILED: "attention",
    State.PUBLISHED: "good",
    State.WITHDRAWN: "over",
}


@require_safe
@desk_required("notice.read")
def desk(request: MemberRequest) -> HttpResponse:
    """The notices of the authority by state."""
    columns = [
        {"state": state, "kind": KINDS[state], "rows": rows, "count": count}
        for state, rows, count in queries.board(request.organisation.authority_key)
    ]
    context = {
        "columns": columns,
        "any": any(column["count"] for column in columns),
        "organisation": request.organisation,
        "powers": powers(request),
    }
    return render(request, "desk/desk.html", context)


@require_safe
@desk_required("notice.read")
def notice(request: MemberRequest, pk: int) -> HttpResponse:
    """One notice as readers will see it, with what can be done to it now."""
    return render(request, "desk/notice.html", _page(request, notice_here(request, pk)))


def _page(request: MemberRequest, row: Notice) -> dict[str, Any]:
    mine = row.edited_by_key == request.user.actor.key
    return {
        **page_of(row),
        **powers(request),
        "state_kind": KINDS[State(row.state)],
        "mine": mine,
        "dead": [] if row.published else dead_keys(row),
        "reach": None if row.published else queries.reach(row.jurisdictions, row.topics),
        "return_form": ReturnForm(),
        "returned": row.steps.filter(event="returned").first() if row.state == State.DRAFT else None,
    }


@require_safe
@desk_required("notice.read")
def history(request: MemberRequest, pk: int) -> HttpResponse:
    """Every step, newest first, with the words of each draft."""
    row = notice_here(request, pk)
    steps = list(row.steps.all())
    for step in steps:
        step.name = words.event(f"notice.{step.event}")  # type: ignore[attr-defined]
    return render(request, "desk/history.html", {"notice": row, "steps": steps})


@require_POST
@desk_required("notice.draft")
def submit(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand a draft to the second person."""
    row = notice_here(request, pk)
    try:
        actions.submit(row, by=request.user.actor)
    except PortalError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The notice is in review."))
    return redirect("desk:notice", pk=pk)


@require_POST
@desk_required("notice.read")
def return_to_draft(request: MemberRequest, pk: int) -> HttpResponse:
    """Back to draft: by a reviewer with words, or by its last editor."""
    row, may = notice_here(request, pk), powers(request)
    mine = may["draft"] and row.edited_by_key == request.user.actor.key
    if not (may["review"] or mine):
        raise NotAllowed(_("Only a reviewer, or who wrote the last draft, can return it."))
    try:
        actions.return_(row, words=request.POST.get("words", ""), by=request.user.actor)
    except Conflict:
        raise
    except PortalError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The notice is a draft again."))
    return redirect("desk:notice", pk=pk)


@require_POST
@desk_required("notice.review")
def approve(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that it may be published."""
    actions.approve(notice_here(request, pk), by=request.user.actor)
    messages.success(request, _("Approved. Somebody who publishes can put it out now."))
    return redirect("desk:notice", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required("notice.publish")
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """Put it out now or set the time."""
    row = notice_here(request, pk)
    if row.state not in {State.IN_REVIEW, State.SCHEDULED}:
        raise Conflict(_("Only a notice in review can be published."))
    form = PublishForm(request.POST or None, initial={"at": row.publish_at, "when": "at" if row.publish_at else "now"})
    if request.method == "POST" and form.is_valid():
        try:
            return _publish(request, row, form)
        except NotAllowed:
            raise
        except PortalError as error:
            form.add_error(None, str(error))
    context = {**_page(request, row), "form": form}
    return render(request, "desk/publish.html", context, status=422 if form.errors else 200)


def _publish(request: MemberRequest, row: Notice, form: PublishForm) -> HttpResponse:
    by = request.user.actor
    if form.cleaned_data["when"] == "now":
        out = actions.publish(row, by=by)
        messages.success(request, _("Published as %(key)s.") % {"key": out.key})
        return redirect(out)
    actions.schedule(row, at=form.cleaned_data["at"], by=by)
    messages.success(request, _("The time is set."))
    return redirect("desk:notice", pk=row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required("notice.withdraw")
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a published notice out of force, with the reason."""
    row = notice_here(request, pk)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(row, because=form.words(), by=request.user.actor)
        messages.success(request, _("The notice is withdrawn."))
        return redirect("desk:notice", pk=pk)
    return render(request, "desk/withdraw.html", {"notice": row, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required("notice.publish")
def correct(request: MemberRequest, pk: int) -> HttpResponse:
    """Add a dated correction to a published notice."""
    row = notice_here(request, pk)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.correct(row, words=form.words(), by=request.user.actor)
        messages.success(request, _("The correction stands on the notice."))
        return redirect("desk:notice", pk=pk)
    return render(request, "desk/correct.html", {"notice": row, "form": form}, status=422 if form.errors else 200)

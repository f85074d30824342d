"""Working together: delegating sections, submitting, reviewing, reopening, closing."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.assessments import actions, queries
from portal.assessments.forms import DecisionForm, DelegateForm, ReasonForm
from portal.assessments.models import Delegation, Question
from portal.assessments.presenting import blocks
from portal.assessments.views.work import MEMBER
from portal.core.errors import NotAllowed, PortalError
from portal.organisations.permissions import must
from portal.organisations.requests import MemberRequest, member_required


def _seat_of_manager(request: MemberRequest, ref: uuid.UUID, action: str) -> queries.Seat:
    """The seat of somebody who sees the whole and may do this; 404 for who may not know of it, else 403."""
    seat = queries.seat(request.user, request.organisation, ref)
    must(request.user, action, request.organisation)
    return seat


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(MEMBER)
def delegate(request: MemberRequest, ref: uuid.UUID, label: str) -> HttpResponse:
    """Give a section to a colleague."""
    seat = _seat_of_manager(request, ref, "assessment.delegate")
    section = get_object_or_404(seat.assessment.questionnaire_version.sections, label=label)
    form = DelegateForm(request.POST or None, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.delegate(
                seat.assessment,
                section,
                to=data["user"],
                due_on=data["due_on"],
                message=data["message"],
                by=request.user,
            )
        except PortalError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(person)s was asked to answer this section.") % {"person": data["user"]})
            return redirect(seat.assessment)
    asked = seat.assessment.delegations.filter(section=section, state="open").select_related("user")
    context = {"assessment": seat.assessment, "section": section, "form": form, "asked": asked}
    return render(request, "assessments/delegate.html", context, status=422 if form.errors else 200)


def _delegation(request: MemberRequest, ref: uuid.UUID, pk: int) -> Delegation:
    seat = queries.seat(request.user, request.organisation, ref)
    rows = Delegation.objects.select_related("assessment__organisation", "section", "user")
    return get_object_or_404(rows, assessment=seat.assessment, pk=pk)


@require_POST
@member_required(MEMBER)
def withdraw_delegation(request: MemberRequest, ref: uuid.UUID, pk: int) -> HttpResponse:
    """Take a section back."""
    row = _delegation(request, ref, pk)
    actions.withdraw_delegation(row, by=request.user)
    messages.success(request, _("The section was taken back; what was answered stays."))
    return redirect(row.assessment)


@require_POST
@member_required(MEMBER)
def hand_back(request: MemberRequest, ref: uuid.UUID, pk: int) -> HttpResponse:
    """Say that one's section is done."""
    row = _delegation(request, ref, pk)
    actions.hand_back(row, by=request.user)
    messages.success(request, _("Thank you: the section was handed back."))
    return redirect(row.assessment)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(MEMBER)
def submit(request: MemberRequest, ref: uuid.UUID) -> HttpResponse:
    """Hand in for review, after a look at what is not answered."""
    seat = _seat_of_manager(request, ref, "assessment.submit")
    if request.method == "POST":
        actions.submit(seat.assessment, by=request.user)
        messages.success(request, _("Submitted. Somebody else reviews the answers now."))
        return redirect(seat.assessment)
    sheet = queries.sheet(seat.assessment.questionnaire_version, assessment=seat.assessment)
    left = [(below.section, [line for line in below.lines if not line.is_answered]) for below in sheet.sections]
    asked = seat.assessment.delegations.filter(state="open").select_related("user", "section")
    context = {
        "assessment": seat.assessment,
        "left": [(section, lines) for section, lines in left if lines],
        "count": len(sheet.unanswered),
        "asked": asked,
    }
    return render(request, "assessments/submit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(MEMBER)
def review(request: MemberRequest, ref: uuid.UUID) -> HttpResponse:
    """Read all answers, remark on them, and approve or return."""
    seat = _seat_of_manager(request, ref, "assessment.review")
    sheet = queries.sheet(seat.assessment.questionnaire_version, assessment=seat.assessment)
    typed = {line.question: request.POST.get(f"{line.question.label}.remark", "") for line in sheet.lines}
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, seat, form.cleaned_data["reason"], typed)
        except NotAllowed:
            raise
        except PortalError as error:
            form.add_error("reason" if error.code == "reason-missing" else None, str(error))
    remarks = queries.remarks(seat.assessment)
    shown = {block.question.pk: block for block in blocks(sheet.lines, remarks=remarks, readonly=True)}
    sections = [
        (below.section, [(shown[line.question.pk], typed[line.question]) for line in below.lines])
        for below in sheet.sections
    ]
    context = {"assessment": seat.assessment, "seat": seat, "form": form, "sections": sections}
    return render(request, "assessments/review.html", context, status=422 if form.errors else 200)


def _decide(request: MemberRequest, seat: queries.Seat, reason: str, typed: dict[Question, str]) -> HttpResponse:
    assessment, by = seat.assessment, request.user
    match request.POST.get("decision"):
        case "approve":
            actions.approve(assessment, by=by, remark=reason, remarks=typed)
            messages.success(request, _("Approved."))
        case "return":
            actions.send_back(assessment, by=by, reason=reason, remarks=typed)
            messages.success(request, _("Returned with your remarks."))
        case _:
            actions.remark(assessment, typed, by=by)
            messages.success(request, _("Your remarks are saved."))
            return redirect("assessments:review", ref=assessment.ref)
    return redirect(assessment)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(MEMBER)
def reopen(request: MemberRequest, ref: uuid.UUID) -> HttpResponse:
    """Take a finished assessment back into work, with a reason."""
    seat = _seat_of_manager(request, ref, "assessment.submit")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.reopen(seat.assessment, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The assessment is open again."))
        return redirect(seat.assessment)
    context = {"assessment": seat.assessment, "form": form}
    return render(request, "assessments/reopen.html", context, status=422 if form.errors else 200)


@require_POST
@member_required(MEMBER)
def close(request: MemberRequest, ref: uuid.UUID) -> HttpResponse:
    """Put an approved assessment away."""
    seat = _seat_of_manager(request, ref, "assessment.submit")
    actions.close(seat.assessment, by=request.user)
    messages.success(request, _("Closed. It stays readable."))
    return redirect(seat.assessment)

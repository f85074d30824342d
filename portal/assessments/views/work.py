"""The daily work: list, start, overview, answering a section, saving one answer."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.assessments import actions, queries
from portal.assessments.forms import Entry, StartForm, entry, unpacked
from portal.assessments.models import AnswerEvent, Question, Section
from portal.assessments.presenting import blocks, told, written
from portal.core.errors import Conflict, NotAllowed, NotFound, PortalError
from portal.core.texts import pick
from portal.organisations.permissions import can
from portal.organisations.requests import MemberRequest, member_required

MEMBER = "organisation.read"
"""Every member may knock; queries.seat says what they find."""


@require_safe
@member_required(MEMBER)
def assessments(request: MemberRequest) -> HttpResponse:
    """The assessments of the organisation, or those parts of them that the person was given."""
    user, organisation = request.user, request.organisation
    if not (can(user, "assessment.read", organisation) or can(user, "assessment.contribute", organisation)):
        raise NotAllowed(_("Your role does not allow this. Ask an owner of the organisation."))
    return render(
        request,
        "assessments/assessments.html",
        {
            "rows": queries.assessments_of(organisation, user),
            "due": queries.due_for(user, organisation),
            "may_start": can(user, "assessment.start", organisation),
            "whole": can(user, "assessment.read", organisation),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member_required("assessment.start")
def new(request: MemberRequest) -> HttpResponse:
    """Choose a questionnaire, give title and scope."""
    versions = list(queries.questionnaires().order_by("public", "questionnaire__slug"))
    chosen = request.POST.get("questionnaire") or request.GET.get("questionnaire") or ""
    version = next((row for row in versions if row.questionnaire.slug == chosen), versions[0] if versions else None)
    title = f"{pick(version.title)[0]}, {timezone.localdate().year}" if version else ""
    form = StartForm(request.POST or None, initial={"title": title})
    if request.method == "POST" and version is not None and form.is_valid():
        try:
            made = actions.start(version, organisation=request.organisation, by=request.user, **form.cleaned_data)
        except PortalError as error:
            form.add_error(None, str(error))
        else:
            return redirect(made)
    context = {"form": form, "versions": versions, "version": version}
    return render(request, "assessments/new.html", context, status=422 if form.errors else 200)


@require_POST
@member_required("assessment.start")
def from_check(request: MemberRequest) -> HttpResponse:
    """Start an assessment with the answers of a quick check that the person just took."""
    try:
        ref = uuid.UUID(request.POST.get("ref", ""))
    except ValueError:
        ref = uuid.uuid4()
    version = queries.public_check()
    today = formats.date_format(timezone.localdate(), "DATE_FORMAT")
    made = actions.start(
        version,
        organisation=request.organisation,
        by=request.user,
        title=_("Quick check, %(date)s") % {"date": today},
        answers=unpacked(request.POST.get("answers", "")),
        ref=ref,
    )
    messages.success(request, _("Your answers are now an assessment of your organisation."))
    return redirect(made)


@require_safe
@member_required(MEMBER)
def assessment(request: MemberRequest, ref: uuid.UUID) -> HttpResponse:
    """Where an assessment stands: progress per section, who does what, what is left, what happened."""
    seat = queries.seat(request.user, request.organisation, ref)
    rows = [row for row in queries.progress(seat.assessment) if seat.sees(row.section)]
    left = [row for row in rows if row.left and seat.answers(row.section)]
    return render(
        request,
        "assessments/assessment.html",
        {
            "assessment": seat.assessment,
            "seat": seat,
            "rows": rows,
            "answered": sum(row.answered for row in rows),
            "total": sum(row.total for row in rows),
            "next": left[0].section if left else None,
            "may": _may(seat),
            "events": told(seat.assessment) if seat.whole else [],
            "remarks": queries.remarks(seat.assessment).get(None, []) if seat.whole else [],
            "mine": [row for line in rows for row in line.delegations if row.user_id == request.user.pk],
        },
    )


def _may(seat: queries.Seat) -> dict[str, bool]:
    assessment = seat.assessment
    submits, state = seat.may("assessment.submit"), assessment.state
    return {
        "delegate": assessment.is_open and seat.may("assessment.delegate"),
        "submit": submits and state in {"in_progress", "returned"},
        "review": seat.reviews,
        "waits": state == "in_review" and seat.may("assessment.review") and not seat.reviews,
        "reopen": submits and not assessment.is_open,
        "close": submits and state == "approved",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(MEMBER)
def section(request: MemberRequest, ref: uuid.UUID, label: str) -> HttpResponse:
    """All questions of a section. A plain form; with JavaScript each answer also saves itself."""
    seat = queries.seat(request.user, request.organisation, ref)
    rows = [row for row in queries.progress(seat.assessment) if seat.sees(row.section)]
    found = next((row.section for row in rows if row.section.label == label), None)
    if found is None:
        raise NotFound(_("There is no such section in this assessment."))
    if request.method == "POST":
        trouble = _save_all(request, seat, found)
        if trouble is None:
            target = _after(request, rows, found)
            return redirect("assessments:section", ref=ref, label=target) if target else redirect(seat.assessment)
        sent, errors, conflicts = trouble
    else:
        sent, errors, conflicts = {}, {}, {}
    sheet = queries.sheet(seat.assessment.questionnaire_version, assessment=seat.assessment, only=found)
    remarks = queries.remarks(seat.assessment)
    writable = seat.answers(found)
    context = {
        "assessment": seat.assessment,
        "seat": seat,
        "section": found,
        "rows": rows,
        "blocks": blocks(
            sheet.lines, remarks=remarks, sent=sent, errors=errors, conflicts=conflicts, readonly=not writable
        ),
        "writable": writable,
        "errors": errors,
        "conflicts": conflicts,
        "current": next(row for row in rows if row.section.pk == found.pk),
        "following": _following(rows, found),
        "mine": [
            row
            for line in rows
            if line.section.pk == found.pk
            for row in line.delegations
            if row.user_id == request.user.pk and row.state == "open"
        ],
    }
    return render(request, "assessments/section.html", context, status=422 if errors else 409 if conflicts else 200)


Trouble = tuple[dict[str, Entry], dict[str, str], dict[str, AnswerEvent]]


def _save_all(request: MemberRequest, seat: queries.Seat, found: Section) -> Trouble | None:
    """Save every answer that differs. What cannot be saved comes back with its words, its error or its rival."""
    sheet = queries.sheet(seat.assessment.questionnaire_version, assessment=seat.assessment, only=found)
    sent: dict[str, Entry] = {}
    errors: dict[str, str] = {}
    conflicts: dict[str, AnswerEvent] = {}
    for line in sheet.lines:
        typed = entry(line.question, request.POST)
        if typed is None or not typed.differs(line):
            continue
        label = line.question.label
        try:
            saved = actions.answer(seat.assessment, line.question, by=request.user, **typed.as_action())
        except (NotAllowed, NotFound, Conflict):
            raise
        except PortalError as error:
            sent[label], errors[label] = typed, str(error)
        else:
            if saved.aside and saved.counting is not None:
                sent[label], conflicts[label] = typed, saved.counting
    if errors or conflicts:
        return sent, errors, conflicts
    messages.success(request, _("Your answers are saved."))
    return None


def _following(rows: list[queries.Progress], found: Section) -> Section | None:
    labels = [row.section.pk for row in rows]
    place = labels.index(found.pk) + 1
    return rows[place].section if place < len(rows) else None


def _after(request: MemberRequest, rows: list[queries.Progress], found: Section) -> str:
    """Where to go after saving: the same section, the next one, or "" for the overview."""
    if request.POST.get("then") != "next":
        return found.label
    following = _following(rows, found)
    return following.label if following else ""


@require_POST
@member_required(MEMBER)
def answer(request: MemberRequest, ref: uuid.UUID, label: str) -> HttpResponse:
    """Save one answer and say so: the piece of the page under the question. Without htmx, back to the section."""
    found = queries.find(request.organisation, ref)
    question = get_object_or_404(
        Question.objects.select_related("section"), version=found.questionnaire_version_id, label=label
    )
    typed = entry(question, request.POST) or Entry()
    block: dict[str, Any] = {"names": {"seen": f"{label}.seen"}, "anchor": label, "seen": typed.seen}
    try:
        saved = actions.answer(found, question, by=request.user, **typed.as_action())
    except (NotAllowed, NotFound):
        raise
    except PortalError as error:
        block["error"] = str(error)
    else:
        counting = saved.counting
        block |= {"seen": counting.number if counting else 0, "event": counting}
        if saved.aside and counting is not None:
            words = written(question, list(question.options.all()), counting)
            block |= {"conflict": counting, "conflict_words": words}
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("assessments:section", ref=ref, label=question.section.label)
    return render(request, "assessments/question.html#status", {"block": block, "assessment": found})

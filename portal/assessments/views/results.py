"""What came out: the result, the history of an answer, PDF and XLSX."""

import uuid
from itertools import pairwise

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.assessments import exports, queries
from portal.assessments.models import Question
from portal.assessments.presenting import worths, written
from portal.assessments.views.scoreboard import scoreboard
from portal.assessments.views.work import MEMBER
from portal.core.errors import NotFound
from portal.organisations.requests import MemberRequest, member_required


def _result(request: MemberRequest, ref: uuid.UUID) -> tuple[queries.Seat, queries.Result]:
    """The result, for those who see the whole; others must not infer their colleagues' answers from scores."""
    seat = queries.seat(request.user, request.organisation, ref)
    if not seat.whole:
        raise NotFound(_("There is no such assessment."))
    made = queries.sheet(seat.assessment.questionnaire_version, assessment=seat.assessment)
    return seat, queries.result(made)


@require_safe
@member_required(MEMBER)
def result(request: MemberRequest, ref: uuid.UUID) -> HttpResponse:
    """Scores with their intervals, radar and table, and the gaps, what weighs most first."""
    seat, made = _result(request, ref)
    context = scoreboard(made) | {"assessment": seat.assessment}
    context["sections"] = [(below, worths(below.lines), *rest) for below, *rest in context["sections"]]
    return render(request, "assessments/result.html", context)


@require_safe
@member_required(MEMBER)
def report_pdf(request: MemberRequest, ref: uuid.UUID) -> HttpResponse:
    """The report to print."""
    seat, made = _result(request, ref)
    return _download(exports.report_pdf(seat.assessment, made), "application/pdf", seat, "pdf")


@require_safe
@member_required(MEMBER)
def answers_xlsx(request: MemberRequest, ref: uuid.UUID) -> HttpResponse:
    """Every answer as a table."""
    seat, made = _result(request, ref)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(exports.answers_xlsx(seat.assessment, made), kind, seat, "xlsx")


def _download(content: bytes, kind: str, seat: queries.Seat, ending: str) -> HttpResponse:
    name = slugify(seat.assessment.title) or "assessment"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{ending}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


@require_safe
@member_required(MEMBER)
def history(request: MemberRequest, ref: uuid.UUID, label: str) -> HttpResponse:
    """Who answered what and when, newest first."""
    seat = queries.seat(request.user, request.organisation, ref)
    question = get_object_or_404(
        Question.objects.select_related("section").prefetch_related("options"),
        version=seat.assessment.questionnaire_version_id,
        label=label,
    )
    if not seat.sees(question.section):
        raise NotFound(_("There is no such question in this assessment."))
    options = list(question.options.all())
    rows = list(queries.history(seat.assessment, question))
    told = [
        (row, written(question, options, row), written(question, options, older) if older else "")
        for row, older in pairwise([*rows, None])
        if row is not None
    ]
    remarks = queries.remarks(seat.assessment).get(question.pk, [])
    context = {"assessment": seat.assessment, "question": question, "rows": told, "remarks": remarks}
    return render(request, "assessments/history.html", context)

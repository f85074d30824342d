"""Taking the test: rules, one question a page, review, result. Every answer is kept on the server at once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.actors import SYSTEM
from portal.core.errors import Conflict, NotFound
from portal.courses import actions, presenting, queries
from portal.courses.models import Attempt, PaperItem
from portal.organisations.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def test(request: SignedInRequest, pk: int) -> HttpResponse:
    """The rules of the test; POST starts an attempt or goes on with the one in progress."""
    enrolment = queries.enrolment_of(request.user, pk)
    if request.method == "POST":
        try:
            attempt = actions.start_attempt(enrolment, by=request.user.actor)
        except Conflict as error:
            messages.error(request, str(error))
            return redirect("courses:test", pk=pk)
        return redirect("courses:question", pk=attempt.pk, position=_next_open(attempt))
    progress = queries.progress_of([enrolment])[0]
    if progress.running is not None and _over(progress.running):
        enrolment = queries.enrolment_of(request.user, pk)
        progress = queries.progress_of([enrolment])[0]
    return render(request, "courses/test.html", {"progress": progress, "version": enrolment.version})


def _next_open(attempt: Attempt) -> int:
    """The first question without an answer, else the first one."""
    chosen = queries.chosen_in(attempt)
    return next((item.position for item in queries.items_of(attempt) if item.position not in chosen), 1)


def _over(attempt: Attempt) -> bool:
    """Whether the attempt is finished; one whose time is up is closed now."""
    if attempt.started and not attempt.overdue(timezone.now()):
        return False
    if attempt.started:
        actions.submit(attempt, by=SYSTEM)
    return True


def _to_result(request: SignedInRequest, attempt: Attempt) -> HttpResponse:
    address = reverse("courses:result", kwargs={"pk": attempt.pk})
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, pk: int, position: int) -> HttpResponse:
    """One question. POST keeps the answer and goes where the pressed button says; htmx keeps it at each choice."""
    attempt = queries.attempt_of(request.user, pk)
    if _over(attempt):
        return _to_result(request, attempt)
    items = queries.items_of(attempt)
    item = next((item for item in items if item.position == position), None)
    if item is None:
        raise NotFound(str(position))
    if request.method != "POST":
        return render(request, "courses/question.html", _page(attempt, items, item))
    try:
        actions.answer(attempt, position=position, chosen=request.POST.getlist("chosen"), by=request.user.actor)
    except Conflict:  # the time ran out, or another window submitted, between the two lines above
        _over(queries.attempt_of(request.user, pk))
        return _to_result(request, attempt)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "courses/question.html#saved", _page(attempt, items, item) | {"saved": timezone.now()})
    return redirect(_where(request.POST.get("go", "next"), attempt, position, len(items)))


def _page(attempt: Attempt, items: list[PaperItem], item: PaperItem) -> dict[str, Any]:
    chosen = queries.chosen_in(attempt)
    return {
        "attempt": attempt,
        "version": attempt.enrolment.version,
        "item": item,
        "options": presenting.options(item, chosen.get(item.position, [])),
        "positions": [(row.position, row.position in chosen) for row in items],
        "last": item.position == len(items),
        "now": timezone.now(),
        "total": len(items),
    }


def _where(go: str, attempt: Attempt, position: int, total: int) -> str:
    target = position - 1 if go == "previous" else position + 1
    if go == "review" or target > total:
        return reverse("courses:review", kwargs={"pk": attempt.pk})
    return reverse("courses:question", kwargs={"pk": attempt.pk, "position": max(target, 1)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is answered and what is not, before the attempt is submitted for good by POST."""
    attempt = queries.attempt_of(request.user, pk)
    if _over(attempt):
        return _to_result(request, attempt)
    if request.method == "POST":
        actions.submit(attempt, by=request.user.actor)
        return redirect("courses:result", pk=pk)
    chosen = queries.chosen_in(attempt)
    rows = [(item, item.position in chosen) for item in queries.items_of(attempt)]
    context = {
        "attempt": attempt,
        "version": attempt.enrolment.version,
        "rows": rows,
        "missing": [item.position for item, done in rows if not done],
        "now": timezone.now(),
    }
    return render(request, "courses/review.html", context)


@login_required
@require_safe
def result(request: SignedInRequest, pk: int) -> HttpResponse:
    """Score, lesson by lesson, with the answers explained; only once the attempt is over."""
    attempt = queries.attempt_of(request.user, pk)
    if not _over(attempt):
        return redirect("courses:question", pk=pk, position=1)
    attempt = queries.attempt_of(request.user, pk)
    version = attempt.enrolment.version
    titles = {lesson.number: text for lesson, text in queries.outline(version)}
    answers = presenting.answered(queries.items_of(attempt), queries.chosen_in(attempt))
    context = {
        "attempt": attempt,
        "version": version,
        "progress": queries.progress_of([attempt.enrolment])[0],
        "lessons": [(row, titles.get(row.lesson)) for row in queries.scores_by_lesson([attempt.pk])],
        "answers": answers,
        "late": attempt.state == "timed_out",
        "unanswered": sum(not row["answered"] for row in answers),
    }
    return render(request, "courses/result.html", context)

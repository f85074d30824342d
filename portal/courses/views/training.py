"""Training in an organisation: who learns what, who needs a word, who is enrolled, whose certificate is revoked."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.errors import NotFound, PortalError
from portal.courses import actions, presenting, queries
from portal.courses.forms import MembersForm, RevokeForm
from portal.courses.models import Attempt, CourseVersion, Enrolment
from portal.organisations.permissions import can
from portal.organisations.requests import MemberRequest, member_required

PER_PAGE = 50
STATES = {
    "learning": gettext_lazy("Learning"),
    "passed": gettext_lazy("Passed"),
    "ended": gettext_lazy("Round ended without passing"),
}
WHY = {
    "exhausted": gettext_lazy("has used all attempts"),
    "slow": gettext_lazy("enrolled more than 30 days ago and has not passed"),
    "expiring": gettext_lazy("holds a certificate that ends within 60 days"),
}


@member_required("training.read")
@require_safe
def training(request: MemberRequest) -> HttpResponse:
    """Everybody who learns for the organisation, with how far they are."""
    rows = queries.enrolments_in(request.organisation)
    slug, state = request.GET.get("course", ""), request.GET.get("state", "")
    page = Paginator(_chosen(rows, slug, state), PER_PAGE).get_page(request.GET.get("page"))
    attempts = Attempt.objects.filter(enrolment__organisation=request.organisation, enrolment__course__slug=slug)
    context = {
        "page_obj": page,
        "rows": [(row, presenting.progress_state(row)) for row in queries.progress_of(page.object_list)],
        "behind": [(row, WHY[row.why]) for row in queries.behind(request.organisation)],
        "courses": list(queries.courses()),
        "course": slug,
        "states": STATES.items(),
        "chosen_state": state,
        "counts": _counts(rows),
        "lessons": queries.scores_by_lesson(attempts) if slug else [],
        "may_enrol": can(request.user, "training.assign", request.organisation),
    }
    return render(request, "courses/training.html", context)


def _chosen(rows: QuerySet[Enrolment], slug: str, state: str) -> QuerySet[Enrolment]:
    if slug:
        rows = rows.filter(course__slug=slug)
    if state == "learning":
        return rows.filter(completed_at=None, ended_at=None)
    if state == "passed":
        return rows.exclude(completed_at=None)
    return rows.exclude(ended_at=None) if state == "ended" else rows


def _counts(rows: QuerySet[Enrolment]) -> dict[str, int]:
    """How many learn, have passed, or ended a round; one query."""
    passed, ended = Q(completed_at__isnull=False), Q(ended_at__isnull=False)
    return rows.aggregate(
        learning=Count("pk", filter=~passed & ~ended),
        passed=Count("pk", filter=passed),
        ended=Count("pk", filter=ended),
    )


@member_required("training.read")
@require_safe
def learner(request: MemberRequest, pk: int) -> HttpResponse:
    """One person's round: lessons read, attempts, certificate. Results, never single answers."""
    enrolment = queries.enrolment_in(request.organisation, pk)
    progress = queries.progress_of([enrolment])[0]
    attempts = [attempt.pk for attempt in progress.finished]
    titles = {lesson.number: text for lesson, text in queries.outline(enrolment.version)}
    context = {
        "enrolment": enrolment,
        "progress": progress,
        "state": presenting.progress_state(progress),
        "reads": enrolment.reads.select_related("lesson").order_by("lesson__number"),
        "titles": titles,
        "lessons": [(row, titles.get(row.lesson)) for row in queries.scores_by_lesson(attempts)],
        "may_revoke": can(request.user, "training.teach", request.organisation),
        "certificate_state": presenting.certificate_state(progress.certificate) if progress.certificate else None,
    }
    return render(request, "courses/learner.html", context)


@member_required("training.assign")
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_members(request: MemberRequest) -> HttpResponse:
    """Choose members and a course."""
    form = MembersForm(
        request.POST or None, organisation=request.organisation, initial={"course": request.GET.get("course")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            number = _enrol_all(request, form)
        except PortalError as error:
            form.add_error(None, str(error))
        else:
            words = ngettext("%(n)s member is enrolled.", "%(n)s members are enrolled.", number)
            messages.success(request, words % {"n": number})
            return redirect("courses:training")
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/enrol_members.html", {"form": form}, status=status)


@transaction.atomic
def _enrol_all(request: MemberRequest, form: MembersForm) -> int:
    version: CourseVersion = form.cleaned_data["course"]
    people = list(form.cleaned_data["members"])
    for person in people:
        actions.enrol(version.course, person=person, by=request.user.actor, organisation=request.organisation)
    return len(people)


@member_required("training.teach")
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: MemberRequest, serial: str) -> HttpResponse:
    """Take a certificate of the organisation's learner back, with a reason."""
    found = queries.certificate(serial)
    if found.attempt.enrolment.organisation != request.organisation:
        raise NotFound(serial)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.revoke(found, reason=form.cleaned_data["reason"], by=request.user.actor)
        messages.success(request, _("The certificate is revoked. Its public page says so from now on."))
        return redirect("courses:learner", pk=found.attempt.enrolment_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/revoke.html", {"form": form, "certificate": found}, status=status)

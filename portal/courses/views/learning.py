"""A person's own learning: enrolling, marking lessons as read, and where it all stands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.errors import PortalError
from portal.courses import actions, presenting, queries
from portal.courses.forms import EnrolForm
from portal.courses.models import CourseVersion
from portal.organisations.models import Organisation
from portal.organisations.permissions import can
from portal.organisations.requests import SignedInRequest


@login_required
@require_safe
def learning(request: SignedInRequest) -> HttpResponse:
    """My learning: what is open, what was passed, the certificates."""
    rows = queries.progress_of(queries.enrolments().filter(person=request.user))
    certificates = queries.certificates_of(request.user)
    context = {
        "open": [(row, presenting.progress_state(row)) for row in rows if row.enrolment.open],
        "over": [(row, presenting.progress_state(row)) for row in rows if not row.enrolment.open],
        "certificates": [(row, presenting.certificate_state(row)) for row in certificates],
    }
    return render(request, "courses/learning.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: SignedInRequest, slug: str) -> HttpResponse:
    """Enrol oneself; members of an organisation say for whom."""
    version = queries.on_offer(slug)
    organisation = request.organisation if can(request.user, "course.take", request.organisation) else None
    form = EnrolForm(request.POST or None, organisation=organisation) if organisation else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            return _enrolled(request, version, form.chosen() if form else None)
        except PortalError as error:
            messages.error(request, str(error))
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/enrol.html", {"version": version, "form": form}, status=status)


def _enrolled(request: SignedInRequest, version: CourseVersion, organisation: Organisation | None) -> HttpResponse:
    actions.enrol(version.course, person=request.user, by=request.user.actor, organisation=organisation)
    messages.success(
        request, _("You are enrolled. Begin with the first lesson; the test is open whenever you are ready.")
    )
    return redirect("courses:course", slug=version.course.slug)


@login_required
@require_POST
def read_lesson(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Mark a lesson as read and go on to the next one."""
    enrolment = queries.enrolment_of(request.user, pk)
    slug, version = enrolment.course.slug, enrolment.version.number
    lesson = queries.lesson(slug, number, version)
    actions.read_lesson(enrolment, lesson=lesson, by=request.user.actor)
    later = enrolment.version.lessons.filter(number__gt=number).order_by("number").first()
    if later is None:
        messages.success(request, _("That was the last lesson. The test is next."))
        return redirect("courses:test", pk=enrolment.pk)
    return redirect("courses:lesson_version", slug=slug, version=version, number=later.number)

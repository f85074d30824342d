"""Certificates: for their holders, and for everybody who wants to know whether one is good."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core import pdf
from portal.core.errors import NotFound
from portal.courses import presenting, queries
from portal.courses.forms import SerialForm
from portal.courses.models import Certificate
from portal.organisations.permissions import can
from portal.organisations.requests import SignedInRequest


def _readable(request: SignedInRequest, serial: str) -> Certificate:
    """A certificate that this person may open: their own, or of somebody who learns for their organisation."""
    found = queries.certificate(serial)
    enrolment = found.attempt.enrolment
    if enrolment.person_id == request.user.pk or can(request.user, "training.read", enrolment.organisation):
        return found
    raise NotFound(serial)


@login_required
@require_safe
def certificate(request: SignedInRequest, serial: str) -> HttpResponse:
    """The certificate as issued, with where it stands today."""
    found = _readable(request, serial)
    context = {
        "certificate": found,
        "sheet": presenting.sheet(found),
        "code": presenting.code(found),
        "state": presenting.certificate_state(found),
        "own": found.attempt.enrolment.person_id == request.user.pk,
        "may_revoke": can(request.user, "training.teach", found.attempt.enrolment.organisation)
        and found.attempt.enrolment.organisation == request.organisation,
    }
    return render(request, "courses/certificate.html", context)


@login_required
@require_safe
def certificate_pdf(request: SignedInRequest, serial: str) -> HttpResponse:
    """The certificate as a file to print, in both languages."""
    found = _readable(request, serial)
    made = pdf.compile("certificate.typ", presenting.paper(found), get_language() or "en")
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="certificate-{found.serial}.pdf"'},
    )


@never_cache
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a serial number and lead to the public page of its certificate."""
    form = SerialForm(request.GET or None)
    if not (form.is_bound and form.is_valid()):
        return render(request, "courses/verify.html", {"form": form})
    try:
        return redirect(queries.certificate(form.cleaned_data["serial"]))
    except NotFound:
        form.add_error("serial", _("No certificate has this number. Compare it with the paper, letter by letter."))
        return render(request, "courses/verify.html", {"form": form}, status=404)


@never_cache
@require_safe
def verification(request: HttpRequest, token: str) -> HttpResponse:
    """What a certificate says and where it stands today, for everybody; also when it is revoked or has expired."""
    found = queries.certificate_by_token(token)
    if found is None:
        return render(request, "courses/verify.html", {"form": SerialForm(), "unknown": True}, status=404)
    context = {
        "certificate": found,
        "sheet": presenting.sheet(found),
        "state": presenting.certificate_state(found),
        "events": found.events.all(),
    }
    response = render(request, "courses/verification.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response

"""Home, dashboard, about, style page and the pages for when something is wrong."""

from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.core.caching import cached_for_visitors
from portal.core.dates import today
from portal.core.middleware import record_refusal
from portal.organisations.requests import SignedInRequest
from portal.pages import queries, samples
from portal.pages.overview import overview


@require_safe
@cached_for_visitors
def home(request: HttpRequest) -> HttpResponse:
    """What this is, the three doors, what is new."""
    now = today()
    context = {"library": queries.library(), "recent": queries.recent(on=now), "coming": queries.coming(on=now)}
    return render(request, "pages/home.html", context)


@login_required
@require_safe
def dashboard(request: SignedInRequest) -> HttpResponse:
    """What is due, what changed for us, where we are weak."""
    context = {"overview": overview(request.user, request.organisation), "organisation": request.organisation}
    return render(request, "pages/dashboard.html", context)


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every component once, for those who build pages."""
    return render(request, "pages/style.html", samples.context())


@require_safe
@cached_for_visitors
def about(request: HttpRequest) -> HttpResponse:
    """What this is, how its texts are made, what it is not."""
    return render(request, "pages/about.html", {"contact": contact()})


@require_safe
@cached_for_visitors
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pages/accessibility.html", {"contact": contact()})


def contact() -> str:
    """The address to which readers may write."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines should leave alone, and where the map is."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, audited."""
    record_refusal(request)
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token did not fit: usually an old tab or cookies that are off."""
    return render(request, "403.html", {"csrf": True}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500: as little machinery as possible."""
    return render(request, "500.html", status=500)

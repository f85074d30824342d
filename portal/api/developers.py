"""The page that tells people who write programs what the API gives."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.settings import api_settings

from portal.api import problems

RATES: Any = api_settings.DEFAULT_THROTTLE_RATES


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the API gives, tokens, examples, limits, versions, problems."""
    context = {
        "visitors": RATES["visitors"].partition("/")[0],
        "known": RATES["known"].partition("/")[0],
        "problems": problems.TITLES,
        "api": f"{settings.SITE_URL}/api/v1",
    }
    return render(request, "api/index.html", context)

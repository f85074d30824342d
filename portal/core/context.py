"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name and this page's address in each language."""
    path = request.get_full_path()
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "MAILBOX_PAGE": settings.MAILBOX_PAGE,
        "LANGUAGE": get_language(),
        "in_languages": [(code, name, translate_url(path, code)) for code, name in settings.LANGUAGES],
    }

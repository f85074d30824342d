"""System checks: what the environment alone cannot tell."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connection


@register()
def content_folder(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The authored library must be there."""
    if (settings.CONTENT_DIR / "vocabulary.yaml").exists():
        return []
    return [
        Error(
            f"No content library at {settings.CONTENT_DIR}.",
            hint="Set CONTENT_DIR to the folder that holds vocabulary.yaml.",
            id="portal.E001",
        )
    ]


@register(deploy=True)
def production_mail(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Certificates and mails carry addresses; http addresses in production are a mistake."""
    if settings.SITE_URL.startswith("https://"):
        return []
    return [Warning("SITE_URL does not begin with https://.", id="portal.W001")]


@register(deploy=True)
def production_database(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """SQLite is the default of a start on one machine; a production that meant PostgreSQL must be told."""
    if connection.vendor == "postgresql":
        return []
    return [
        Warning("The database is SQLite.", hint="Set DATABASE_URL to postgres://… in production.", id="portal.W002")
    ]

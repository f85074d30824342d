"""The export-control compliance portal."""

import django_stubs_ext

from portal.celery import app as celery_app

django_stubs_ext.monkeypatch()

__all__ = ["celery_app"]

"""What a deploy check says of a production that is only half made."""

from types import SimpleNamespace

import pytest

from portal.core import checks


@pytest.mark.parametrize(("vendor", "ids"), [("sqlite", ["portal.W002"]), ("postgresql", [])])
def test_sqlite_in_production_is_said(monkeypatch: pytest.MonkeyPatch, vendor: str, ids: list[str]) -> None:
    monkeypatch.setattr(checks, "connection", SimpleNamespace(vendor=vendor))
    assert [message.id for message in checks.production_database(None)] == ids


@pytest.mark.parametrize(("url", "ids"), [("http://a.example", ["portal.W001"]), ("https://a.example", [])])
def test_http_in_production_is_said(settings: object, url: str, ids: list[str]) -> None:
    settings.SITE_URL = url  # type: ignore[attr-defined]
    assert [message.id for message in checks.production_mail(None)] == ids

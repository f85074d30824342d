"""Limits are counted by the visitor's address, also behind the proxy, and nobody chooses their own."""

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.test import RequestFactory
from pytest_django import Settings
from rest_framework.settings import api_settings
from rest_framework.throttling import AnonRateThrottle


@pytest.fixture
def request_by_proxy(rf: RequestFactory) -> Any:
    """A visitor at 203.0.113.7 who says that they are 198.51.100.1, through a proxy that appends."""
    return rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.7")


@pytest.mark.parametrize(("proxies", "address"), [(1, "203.0.113.7"), (0, "127.0.0.1")])
def test_sign_in_counts_by_the_visitors_address(
    request_by_proxy: Any, settings: Settings, proxies: int, address: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert get_adapter(request_by_proxy).get_client_ip(request_by_proxy) == address


@pytest.mark.parametrize(("proxies", "address"), [(1, "203.0.113.7"), (0, "127.0.0.1")])
def test_the_api_counts_by_the_visitors_address(
    request_by_proxy: Any, monkeypatch: pytest.MonkeyPatch, proxies: int, address: str
) -> None:
    monkeypatch.setattr(api_settings, "NUM_PROXIES", proxies, raising=False)
    assert AnonRateThrottle.get_ident(AnonRateThrottle.__new__(AnonRateThrottle), request_by_proxy) == address

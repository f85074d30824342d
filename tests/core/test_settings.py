"""A half-configured production start is refused with a sentence that says what is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
WHOLE = {
    "SECRET_KEY": "k" * 60,
    "SITE_URL": "https://portal.example.org",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://mail.example.org",
}


SECURITY = "import portal.settings as s; print(s.SECURE, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0)"


def start(code: str = SECURITY, **environment: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of its own, and run a line on them."""
    bare = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=bare, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("missing", sorted(WHOLE))
def test_what_is_missing_is_named(missing: str) -> None:
    done = start(**{name: value for name, value in WHOLE.items() if name != missing})
    assert done.returncode != 0
    assert f"{missing} is not set" in done.stderr
    assert "docs/operations.md" in done.stderr


def test_a_whole_production_start_is_secure() -> None:
    done = start(**WHOLE)
    assert (done.returncode, done.stdout.split()) == (0, ["True", "True", "True"])


def test_a_production_start_trusts_one_proxy() -> None:
    code = "import portal.settings as s; print(s.ALLAUTH_TRUSTED_PROXY_COUNT, s.REST_FRAMEWORK['NUM_PROXIES'])"
    assert start(code, **WHOLE).stdout.split() == ["1", "1"]
    assert start(code, **WHOLE, BEHIND_PROXY="false").stdout.split() == ["0", "0"]


def test_an_unknown_database_is_refused() -> None:
    assert "DATABASE_URL begins with “mysql”" in start(**WHOLE, DATABASE_URL="mysql://x/y").stderr


def test_an_unknown_way_of_mailing_is_refused() -> None:
    assert "EMAIL_URL must begin with" in start(**{**WHOLE, "EMAIL_URL": "http://x"}).stderr


@pytest.mark.parametrize(
    "url", ["portal.example.org", "portal.example.org:8000", "https://", "ftp://portal.example.org"]
)
def test_an_address_that_no_link_can_begin_with_is_refused(url: str) -> None:
    """Without https:// the site answered to localhost only, and mails carried links that lead nowhere."""
    done = start(**{**WHOLE, "SITE_URL": url})
    assert done.returncode != 0
    assert "write it whole" in done.stderr

"""A person signs up, adds a passkey and signs in with it, under the policy that forbids inline scripts."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.e2e
PASSWORD = "a-long-enough-pass-phrase"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def site(portal: str) -> str:
    """The portal by name: a passkey belongs to a name, never to a number."""
    return portal.replace("127.0.0.1", "localhost")


@pytest.fixture
def person(browser: Browser, site: str) -> Iterator[Page]:
    """A browser on a machine with a passkey built in."""
    context: Any = browser.new_context(base_url=site)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    context.close()


def test_sign_up_then_sign_in_with_a_passkey(person: Page, site: str) -> None:
    person.goto("/account/signup/")
    for name, words in {
        "email": "lin@example.org",
        "name": "Lin Wei",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }.items():
        person.fill(f"[name={name}]", words)
    person.get_by_role("button", name="Create the account").click()
    person.get_by_role("link", name="Open the mailbox").click()
    person.locator("tbody tr", has_text="lin@example.org").first.get_by_role("link").click()
    link = person.locator(".mail-text a", has_text="confirm-email").get_attribute("href")
    person.goto(re.sub(r"^https?://[^/]+", site, str(link)))
    person.locator("main form button").click()

    person.goto("/account/2fa/webauthn/add/")
    person.fill("main [name=password]", PASSWORD)
    person.get_by_role("button", name="Confirm").click()
    person.fill("[name=name]", "My laptop")
    person.check("[name=passwordless]")
    person.click("#mfa_webauthn_add")
    person.get_by_role("heading", name="Recovery Codes").wait_for()

    person.goto("/account/logout/")
    person.locator("main form button").click()
    person.goto("/account/login/")
    person.click("#passkey_login")
    person.wait_for_url("**/dashboard/")
    assert "Lin Wei" in person.get_by_role("banner").inner_text()

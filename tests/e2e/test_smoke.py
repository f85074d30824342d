"""The portal stands: it answers, shows its first page in both languages, and says so when there is nothing."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.e2e


def test_machines_are_told_that_all_is_well(page: Page) -> None:
    assert page.request.get("/health/").json()["status"] == "ok"
    assert page.request.get("/ready/").json() == {"status": "ok", "faults": []}


@pytest.mark.parametrize(("path", "language"), [("/", "en"), ("/zh-hans/", "zh-hans")])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_page(
    new_page: Callable[..., Page], axe: Callable[[Page], None], path: str, language: str, width: int
) -> None:
    page = new_page(width=width)
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    axe(page)


def test_a_person_signs_in(page: Page, sign_in: Callable[..., None], axe: Callable[[Page], None]) -> None:
    sign_in(page, "compliance@aurora-space.example")
    page.goto("/dashboard/")
    assert page.locator("h1").count() == 1
    axe(page)


def test_a_wrong_password_is_refused(page: Page) -> None:
    page.goto("/account/login/")
    page.locator("input[name=login]").fill("compliance@aurora-space.example")
    page.locator("input[name=password]").fill("not-the-password")
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    assert page.locator("[role=alert], .errorlist, .errors, .field-error").first.is_visible()
    assert "/account/login/" in page.url


def test_a_forgotten_password_is_mailed(page: Page, mails: Callable[[str], list[EmailMessage]]) -> None:
    page.goto("/account/password/reset/")
    page.locator("input[name=email]").fill("engineering@aurora-space.example")
    page.locator("form:has(input[name=email]) button[type=submit]").first.click()
    page.wait_for_url("**/password/reset/done/")
    assert "/account/password/reset/key/" in mails("engineering@aurora-space.example")[-1].get_content()


def test_what_does_not_exist_is_said_politely(page: Page, axe: Callable[[Page], None]) -> None:
    answer = page.goto("/no/such/page/")
    assert answer is not None
    assert answer.status == 404
    axe(page)


def test_the_accessibility_check_can_fail(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/")
    page.evaluate(
        "document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"/static/img/favicon.svg\">')"
    )
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)

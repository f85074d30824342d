"""The portal stands: it answers, shows its first page in both languages, and says so when there is nothing."""

from collections.abc import Callable

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


def test_what_does_not_exist_is_said_politely(page: Page, axe: Callable[[Page], None]) -> None:
    answer = page.goto("/no/such/page/")
    assert answer is not None
    assert answer.status == 404
    axe(page)

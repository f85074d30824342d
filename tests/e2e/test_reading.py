"""A reader bookmarks and writes beside the text without leaving it, and acknowledges what was asked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e


def test_beside_the_text(page: Page, sign_in: Callable[..., None]) -> None:
    sign_in(page, "compliance@borealis-launch.example")
    page.goto("/guidelines/classification/")
    box = page.locator("#reading-tools")
    page.evaluate("window.stayed = true")
    box.get_by_role("button", name="Bookmark", exact=True).click()
    expect(box.get_by_role("button", name="Remove the bookmark")).to_be_focused()
    box.get_by_text("Write a note").click()
    box.get_by_label("Your note", exact=True).fill("Ask **engineering**, see [[cn-ecl/art-12]].")
    box.get_by_role("button", name="Save the note").click()
    expect(box.locator("strong")).to_have_text("engineering")
    box.get_by_role("button", name="Delete").click()
    box.get_by_role("button", name="Put back").click()
    expect(box.locator("strong")).to_have_text("engineering")
    assert page.evaluate("window.stayed"), "the page was not loaded anew"
    box.get_by_role("link", name="My bookmarks").click()
    expect(page.get_by_role("row").filter(has_text="Classification")).to_have_count(1)


def test_asking_and_acknowledging(page: Page, sign_in: Callable[..., None]) -> None:
    sign_in(page, "owner@borealis-launch.example")
    page.goto("/guidelines/screening-parties/")
    page.get_by_role("link", name="Ask colleagues to read this").click()
    page.get_by_label("A word to them").fill("Before the next campaign.")
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_text("0 of 2")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Screening").first.click()
    expect(page.get_by_text("Before the next campaign.")).to_be_visible()
    page.get_by_role("button", name="I have read and understood this").click()
    expect(page.get_by_text("You acknowledged edition 1 on")).to_be_visible()

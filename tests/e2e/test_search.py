"""Suggestions by keyboard, and keeping a search."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e


def test_suggestions_by_keyboard(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/search/?q=export")
    page.locator("body").press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    box.fill("")
    box.press_sequentially("deemed")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")

    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    expect(box).to_be_focused()
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("deemed")

    box.press_sequentially(" export")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/glossary/deemed-export/"))


def test_a_search_is_kept_renamed_and_removed(new_page: Callable[..., Page], sign_in: Callable[..., None]) -> None:
    page = new_page()
    sign_in(page, "compliance@aurora-space.example")
    page.goto("/search/?q=export&kind=case")
    page.get_by_text("Save this search").click()
    page.get_by_label("Name").fill("Cases to watch")
    page.get_by_role("button", name="Save", exact=True).click()
    card = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Cases to watch"))
    expect(card).to_contain_text("Nothing new")
    card.get_by_text("Rename or remove").click()
    card.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Bring it back").click()
    page.get_by_role("link", name="Cases to watch").click()
    expect(page).to_have_url(re.compile(r"q=export&kind=case"))

"""Reading a long text: contents that follow, links to paragraphs, the ready citation, cards of citations."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

GUIDE = "/guidelines/classification/"


def test_the_contents_mark_the_section_in_view(page: Page) -> None:
    page.goto(GUIDE)
    contents = page.get_by_role("navigation", name="Contents")
    links = contents.get_by_role("link")
    links.nth(2).click()
    expect(page).to_have_url(re.compile("#"))
    expect(contents.locator("[aria-current=location]")).to_have_count(1)
    expect(links.nth(2)).to_have_attribute("aria-current", "location")
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    expect(links.nth(2)).not_to_have_attribute("aria-current", "location")


def test_on_a_phone_the_contents_fold_and_close_behind_the_reader(new_page: Callable[..., Page]) -> None:
    phone = new_page(width=390)
    phone.goto(GUIDE)
    contents = phone.get_by_role("navigation", name="Contents")
    link = contents.get_by_role("link").nth(1)
    expect(link).to_be_hidden()
    contents.get_by_text("Contents").click()
    link.click()
    expect(link).to_be_hidden()
    expect(phone).to_have_url(re.compile("#"))


def test_without_javascript_the_contents_and_the_citation_are_there(new_page: Callable[..., Page]) -> None:
    plain = new_page(java_script_enabled=False)
    plain.goto(GUIDE)
    expect(plain.get_by_role("navigation", name="Contents").get_by_role("link").first).to_be_visible()
    expect(plain.get_by_role("button", name="Copy citation")).to_be_hidden()
    plain.get_by_text("Show the citation").click()
    expect(plain.locator("#citation-words")).to_contain_text("/r/guide/classification?on=")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (GUIDE, r"Classification\. Edition \d+\. .*/r/guide/classification\?on=\d{4}-\d\d-\d\d \(accessed"),
        ("/laws/cn-ecl/art-12/?on=2021-06-01", r"Article 12.*As on 1 June 2021\. .*/r/cn-ecl/art-12\?on=2021-06-01"),
        ("/regimes/mtcr/", r"/r/regime/mtcr \(accessed"),
        ("/glossary/deemed-export/", r"/r/term/deemed-export"),
        ("/cases/zte-2017/", r"/r/case/zte-2017"),
    ],
)
def test_a_citation_is_copied_and_said(page: Page, address: str, said: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_text("The citation was copied.")).to_be_visible()
    assert re.search(said, page.evaluate("navigator.clipboard.readText()"))


def test_a_paragraph_is_pointed_at_by_mouse_and_by_keyboard(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(GUIDE)
    paragraph = page.locator("#p-2")
    paragraph.hover()
    paragraph.locator(".block-link").click()
    expect(page).to_have_url(re.compile("#p-2$"))
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"{GUIDE}#p-2")

    signs = page.get_by_role("link", name="Link to this paragraph")
    expect(signs).to_have_count(1)  # one stop of the Tab key for the whole text
    signs.focus()
    expect(signs).to_have_css("opacity", "1")
    fourth = page.locator(".block-link").nth(3).get_attribute("href")
    for _step in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{fourth}$"))


def test_the_card_of_a_citation_can_be_reached_stays_and_goes(page: Page) -> None:
    page.goto(GUIDE)
    link = page.locator(".prose a.citation").first
    card = page.get_by_role("tooltip")
    link.hover()
    expect(card).to_be_visible()
    expect(card).not_to_contain_text("[[")
    card.hover()
    page.wait_for_timeout(600)
    expect(card).to_be_visible()  # hoverable and persistent
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()  # dismissible without moving the pointer
    page.mouse.move(0, 0)
    link.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(link).to_be_focused()

"""An authority's editor and publisher: from a draft to a published notice, and to a withdrawn one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e
TITLE = "Interim rule on laser altimeters"


def test_a_notice_from_draft_to_withdrawal(
    new_page: Callable[..., Page], sign_in: Callable[..., None], page: Page
) -> None:
    editor, publisher = new_page(), new_page()
    sign_in(editor, "editor@export-control-office.example")
    sign_in(publisher, "publisher@export-control-office.example")

    # A draft with a preview; a key at which nothing stands is refused, and the words stay.
    editor.goto("/dashboard/")
    editor.get_by_role("link", name="Write a notice").first.click()
    editor.wait_for_url("**/desk/notices/new/")
    editor.get_by_label("Title in English").fill(TITLE)
    editor.get_by_label("Text in English").fill("Exporters keep the **test record**; see [[cn-ecl/art-12]].")
    preview = editor.get_by_role("region", name="Preview")
    expect(preview.get_by_role("link", name=re.compile("Article 12|Art. 12"))).to_be_visible()
    editor.get_by_label("Key of the rule 1").fill("cn-ecl/art-9999")
    editor.get_by_role("button", name="Save the draft").click()
    expect(editor.get_by_role("main")).to_contain_text("Nothing stands at the key “cn-ecl/art-9999”.")
    expect(editor.get_by_label("Title in English")).to_have_value(TITLE)
    expect(editor.get_by_label("Key of the rule 1")).to_have_value("cn-ecl/art-9999")
    editor.get_by_label("Key of the rule 1").fill("cn-ecl/art-12")
    editor.get_by_label("What it does, in English").first.fill("Adds laser altimeters.")
    editor.get_by_role("button", name="Save the draft").click()
    expect(editor.get_by_role("heading", level=1)).to_have_text(TITLE)
    editor.get_by_role("button", name="Send to review").click()
    expect(editor.get_by_role("main")).to_contain_text("It waits for a second person.")

    # A second person publishes.
    publisher.goto("/desk/")
    publisher.get_by_role("link", name=TITLE).first.click()
    publisher.get_by_role("link", name="Publish or set a time").click()
    publisher.get_by_role("button", name="Publish").click()
    expect(publisher.get_by_role("main")).to_contain_text("Published as notice/")
    address = publisher.url

    # A visitor reads it, in the feed, in the search and where the rule stands.
    page.goto("/notices/")
    page.get_by_role("link", name=TITLE).first.click()
    assert page.url == address
    assert TITLE in page.request.get("/notices/feed.atom").text()
    page.goto("/search/?q=laser+altimeters")
    expect(page.get_by_role("main").get_by_role("link", name=TITLE).first).to_be_visible()
    page.goto("/laws/cn-ecl/art-12/")
    expect(page.get_by_role("complementary").get_by_role("link", name=TITLE).first).to_be_visible()

    # It is withdrawn with a reason; the page stays and says so.
    publisher.goto("/desk/")
    publisher.get_by_role("link", name=TITLE).first.click()
    publisher.get_by_role("link", name="Withdraw").click()
    publisher.get_by_role("button", name="Withdraw").click()
    expect(publisher.get_by_role("main")).to_contain_text("Write it in at least one language.")
    publisher.get_by_label("In English").fill("Issued by mistake.")
    publisher.get_by_role("button", name="Withdraw").click()
    page.goto(address)
    expect(page.get_by_role("main")).to_contain_text("Withdrawn on")
    expect(page.get_by_role("main")).to_contain_text("Issued by mistake.")

"""A visitor without an account: finds a rule, reads it on a date, follows what rests on it, checks a programme.

All of it twice: with JavaScript and without.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitor(request: pytest.FixtureRequest, new_page: Callable[..., Page]) -> Page:
    """Somebody's browser, before the first page."""
    return new_page(java_script_enabled=request.param)


def look_for(page: Page, words: str) -> None:
    """Type into the search box of the page and press Enter."""
    box = page.get_by_role("search").get_by_role("searchbox").first
    box.fill(words)
    box.press("Enter")
    page.wait_for_url("**/search/?q=*")


def test_finds_a_rule_by_an_english_word_and_reads_it_on_a_date(visitor: Page) -> None:
    visitor.goto("/")
    look_for(visitor, '"end use" obligations of importers')
    visitor.goto("/")
    look_for(visitor, "Article 12 Export Control Law")
    visitor.get_by_role("main").get_by_role("link", name=re.compile("Article 12")).first.click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Article 12")

    bar = visitor.get_by_role("region", name="This text on a date")
    expect(bar).to_contain_text("In force")
    bar.get_by_label("Read it on").fill("2019-01-01")
    bar.get_by_role("button", name="Show").click()
    expect(visitor).to_have_url(re.compile("on=2019-01-01"))
    expect(bar).to_contain_text("1 January 2019")
    expect(bar).not_to_contain_text("In force")
    bar.get_by_role("link", name="Today").click()
    expect(bar).to_contain_text("In force")


def test_goes_from_a_rule_to_what_cites_it(visitor: Page) -> None:
    visitor.goto("/laws/cn-ecl/art-12/")
    rail = visitor.get_by_role("complementary")
    rail.get_by_role("link", name=re.compile("^All .*citations")).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("What rests on this")
    guideline = visitor.locator("main a[href*='/guidelines/']").first
    words = guideline.inner_text()
    guideline.click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text(re.split(r"[#:·]", words)[0].strip())


def test_finds_a_rule_by_a_chinese_word_and_by_a_code(visitor: Page) -> None:
    visitor.goto("/zh-hans/")
    look_for(visitor, "最终用途")
    hits = visitor.get_by_role("main").locator("mark")
    expect(hits.first).to_have_text("最终用途")

    visitor.goto("/")
    look_for(visitor, "9A515")
    visitor.get_by_role("main").get_by_role("link", name=re.compile("^9A515")).first.click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("9A515")


def test_filters_the_cases(visitor: Page) -> None:
    visitor.goto("/")
    visitor.get_by_role("link", name="Learn from cases").click()
    everything = visitor.get_by_role("main").get_by_role("status").inner_text()
    visitor.get_by_label("Jurisdiction").select_option(
        label=visitor.locator("#f-jurisdiction option[value=cn]").inner_text()
    )
    visitor.get_by_role("button", name="Show").click()
    expect(visitor).to_have_url(re.compile("jurisdiction=cn"))
    shown = visitor.get_by_role("main").get_by_role("status")
    expect(shown).not_to_have_text(everything)
    number = int(re.sub(r"\D", "", shown.inner_text()))
    assert 0 < number == visitor.get_by_role("main").locator("li.card").count()
    assert "China" in visitor.locator("li.card").first.inner_text()


def test_checks_a_programme_without_an_account(visitor: Page) -> None:
    visitor.goto("/")
    visitor.get_by_role("link", name="Check your programme").click()
    visitor.get_by_role("button", name="Show the result").click()
    expect(visitor.get_by_role("alert")).to_contain_text("Nothing is answered yet")

    groups = visitor.get_by_role("group").filter(has=visitor.get_by_label("Partly", exact=True))
    assert groups.count() > 5
    for group in groups.all():
        group.get_by_label("Partly", exact=True).check()
    visitor.get_by_role("button", name="Show the result").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Result of the quick check")
    expect(visitor.get_by_role("img", name="Score per element as a radar")).to_be_visible()
    expect(visitor.get_by_role("heading", name="Where to look first")).to_be_visible()

    visitor.get_by_role("button", name="Back to my answers").click()
    assert visitor.get_by_label("Partly", exact=True).first.is_checked()


def test_verifies_a_certificate(visitor: Page, new_page: Callable[..., Page], sign_in: Callable[..., None]) -> None:
    holder = new_page()
    sign_in(holder, "sales@aurora-space.example")
    holder.goto("/learning/")
    link = holder.locator("main a[href*='/certificates/']").first.get_attribute("href")
    serial = str(link).rstrip("/").rsplit("/", 1)[-1]

    visitor.goto("/")
    visitor.get_by_role("contentinfo").get_by_role("link", name="Verify a certificate").click()
    visitor.get_by_label("Serial number").fill("0000-0000-0000")
    visitor.get_by_role("button", name="Verify").click()
    expect(visitor.get_by_role("main")).to_contain_text("serial number")
    visitor.get_by_label("Serial number").fill(serial.lower().replace("-", " "))
    visitor.get_by_role("button", name="Verify").click()
    expect(visitor.get_by_role("main")).to_contain_text("This certificate is genuine and valid today.")


def test_switches_language_and_stays_on_the_page(visitor: Page) -> None:
    visitor.goto("/laws/cn-ecl/art-12/")
    visitor.get_by_role("banner").get_by_role("link", name="简体中文").click()
    expect(visitor).to_have_url(re.compile("/zh-hans/laws/cn-ecl/art-12/"))
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("第十二条")
    visitor.get_by_role("banner").get_by_role("link", name="English").click()
    expect(visitor).to_have_url(re.compile("[0-9]/laws/cn-ecl/art-12/"))


def test_follows_a_topic_and_confirms_from_the_mail(visitor: Page, request: pytest.FixtureRequest) -> None:
    email = f"reader-{len(request.node.name)}@readers.example"
    visitor.goto("/")
    visitor.get_by_role("contentinfo").get_by_role("link", name="Follow by e-mail").click()
    visitor.get_by_label("End use").check()
    visitor.get_by_label("E-mail address").fill(email)
    visitor.get_by_role("button", name="Follow").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    for _ in range(40):
        visitor.goto("/mailbox/")
        if visitor.get_by_role("row").filter(has_text=email).count():
            break
        visitor.wait_for_timeout(250)
    visitor.get_by_role("row").filter(has_text=email).first.get_by_role("link").click()
    visitor.get_by_role("main").locator("a[href*='/updates/confirm/']").first.click()
    visitor.get_by_role("button", name="Yes, send them").click()
    visitor.get_by_role("main").get_by_role("link", name="What I follow").click()
    expect(visitor.get_by_role("main")).to_contain_text(re.compile("end use", re.IGNORECASE))

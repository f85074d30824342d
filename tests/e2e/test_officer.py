"""A compliance officer founds a firm, assesses its programme with a colleague, and takes the result away.

The firm is new, so that nothing here depends on what the demonstration holds.
"""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.e2e
PASSWORD = "quiet-harbour-lantern"
FIRM = "Cassini Optics"


def sign_up(page: Page, *, email: str, name: str) -> None:
    """Fill in the form and open the link in the mail, as the mailbox page shows it."""
    page.get_by_label("Email").fill(email)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    page.get_by_role("link", name="Open the mailbox").click()
    open_mail(page, to=email, link="confirm-email")
    page.get_by_role("main").get_by_role("button").click()


def open_mail(page: Page, *, to: str, link: str) -> None:
    """Follow a link in the newest mail to this person."""
    page.get_by_role("row").filter(has_text=to).first.get_by_role("link").click()
    page.locator("main a[href*='" + link + "']").first.click()


def answer_all(page: Page, words: str) -> int:
    """Choose the same word for every question of a section; the number of questions."""
    asked = questions(page)
    for question in asked.all():
        question.get_by_label(words, exact=True).check()
    return asked.count()


def questions(page: Page) -> Locator:
    """The questions of a page: the groups in which one can say Yes."""
    return page.get_by_role("group").filter(has=page.get_by_label("Yes", exact=True))


def test_from_signing_up_to_an_approved_result(new_page: Callable[..., Page], tmp_path: Path) -> None:
    officer, colleague = new_page(), new_page()

    # An account and a firm.
    officer.goto("/")
    officer.get_by_role("link", name="Sign up").click()
    sign_up(officer, email="lin@cassini-optics.example", name="Lin Wei")
    officer.goto("/dashboard/")
    officer.get_by_role("link", name="Found or join").click()
    officer.get_by_label("Name", exact=True).fill(FIRM)
    officer.get_by_label("Country").fill("CN")
    officer.get_by_role("button", name="Found").click()
    expect(officer.get_by_role("main")).to_contain_text(FIRM)

    # A colleague comes in through the mail.
    officer.get_by_role("link", name="Members").first.click()
    officer.get_by_role("link", name="Invite somebody").click()
    officer.get_by_label("E-mail address").fill("mei@cassini-optics.example")
    officer.get_by_label("Role").select_option(label="Compliance officer")
    officer.get_by_role("button", name="Send the invitation").click()
    expect(officer.get_by_role("main")).to_contain_text("mei@cassini-optics.example")
    wait_for_mail(colleague, to="mei@cassini-optics.example")
    open_mail(colleague, to="mei@cassini-optics.example", link="/invitations/")
    colleague.get_by_role("main").get_by_role("link", name="Sign up").click()
    sign_up(colleague, email="mei@cassini-optics.example", name="Zhao Mei")
    colleague.get_by_role("button", name="Join").click()
    expect(colleague.get_by_role("banner")).to_contain_text("Zhao Mei")

    # An assessment, a section answered, a section given away.
    officer.goto("/dashboard/")
    officer.get_by_role("link", name="Start an assessment").click()
    officer.get_by_label(re.compile("MOFCOM")).check()
    officer.get_by_label("Title").fill("Our programme, spring")
    officer.get_by_role("button", name="Start", exact=True).click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("Our programme, spring")
    officer.get_by_role("link", name="Draft a policy statement", exact=True).click()
    first = questions(officer).first
    first.get_by_label("Yes", exact=True).check()
    expect(first.get_by_role("status")).to_contain_text("Saved")
    assert answer_all(officer, "Partly") > 3
    officer.get_by_role("button", name="Save", exact=True).click()
    expect(questions(officer).last.get_by_role("status")).to_contain_text("Saved")
    officer.get_by_role("link", name="Our programme, spring").first.click()
    officer.get_by_role("link", name=re.compile("Give to a colleague ?: Establish an organisational")).click()
    officer.get_by_label("Colleague").select_option(label=colleague_option(officer, "Zhao Mei"))
    officer.get_by_role("button", name="Ask", exact=True).click()
    expect(officer.get_by_role("main")).to_contain_text("Zhao Mei")

    # The colleague answers it and submits, and so may not review it.
    colleague.goto("/dashboard/")
    colleague.get_by_role("link", name=re.compile("Answer .*organisational structure")).click()
    assert answer_all(colleague, "No") > 3
    colleague.get_by_role("button", name="Save", exact=True).click()
    colleague.get_by_role("button", name="Hand the section back").click()
    colleague.goto("/assessments/")
    colleague.get_by_role("link", name="Our programme, spring").first.click()
    colleague.get_by_role("link", name="Submit").click()
    colleague.get_by_role("button", name="Submit nevertheless").click()
    expect(colleague.get_by_role("main")).to_contain_text("somebody else reviews them")
    assert colleague.get_by_role("link", name="Review", exact=True).count() == 0

    # The owner returns it, gets it back, approves.
    officer.goto("/dashboard/")
    officer.get_by_role("link", name="Review the answers").click()
    officer.get_by_label("Your words on the whole").fill("Say where the statement is kept.")
    officer.get_by_role("button", name="Return", exact=True).click()
    colleague.reload()
    expect(colleague.get_by_role("main")).to_contain_text("Say where the statement is kept.")
    colleague.get_by_role("link", name="Draft a policy statement", exact=True).click()
    group = questions(colleague).first
    group.get_by_text("Note", exact=True).click()
    group.get_by_label(re.compile("^Note on")).fill("In the quality manual, chapter 2.")
    expect(group.get_by_role("status")).to_contain_text("Zhao Mei")
    colleague.get_by_role("link", name="Our programme, spring").first.click()
    colleague.get_by_role("link", name="Submit", exact=True).click()
    colleague.get_by_role("button", name="Submit nevertheless").click()
    officer.goto("/dashboard/")
    officer.get_by_role("link", name="Review the answers").click()
    officer.get_by_label("Your words on the whole").fill("A fair picture.")
    officer.get_by_role("button", name="Approve", exact=True).click()
    expect(officer.get_by_role("main")).to_contain_text("A fair picture.")

    # The result, on the page and on paper, and how an answer came about.
    officer.get_by_role("link", name="Result", exact=True).click()
    expect(officer.get_by_role("img", name="Score per element as a radar")).to_be_visible()
    expect(officer.get_by_role("heading", name="Gaps, what weighs most first")).to_be_visible()
    pdf = download(officer, "Report (PDF)")
    assert pdf.startswith(b"%PDF")
    assert FIRM in "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages)
    book = openpyxl.load_workbook(BytesIO(download(officer, "Answers (XLSX)")))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "In the quality manual, chapter 2." in cells
    officer.get_by_role("link", name="Our programme, spring").first.click()
    officer.get_by_role("link", name="Draft a policy statement", exact=True).click()
    officer.goto(officer.url.replace("/sections/e1/", "/answers/e1.r1/history/"))
    history = officer.get_by_role("table")
    expect(history).to_contain_text("Lin Wei")
    expect(history).to_contain_text("In the quality manual, chapter 2.")


def wait_for_mail(page: Page, *, to: str) -> None:
    """Open the mailbox until the worker has sent the mail."""
    for _ in range(40):
        page.goto("/mailbox/")
        if page.get_by_role("row").filter(has_text=to).count():
            return
        page.wait_for_timeout(250)
    pytest.fail(f"No mail to {to} within ten seconds.")


def colleague_option(page: Page, name: str) -> str:
    """The words of the choice that holds this name."""
    return page.get_by_label("Colleague").locator("option").filter(has_text=name).inner_text().strip()


def download(page: Page, link: str) -> bytes:
    """What the browser saves when the link is clicked."""
    with page.expect_download() as saved:
        page.get_by_role("link", name=link).click()
    return Path(saved.value.path()).read_bytes()

"""A learner passes a course; the firm enrols, follows and revokes; a trainer sees who is behind; anybody can verify."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import ROOT

pytestmark = pytest.mark.e2e
COURSE = "Export control in commercial space"


@pytest.fixture(scope="module")
def key() -> dict[str, list[str]]:
    """The right options of every question of the course, by the words of the question."""
    bank = yaml.safe_load((ROOT / "content/courses/commercial-space/questions.yaml").read_text())
    return {
        plain(question["text"]["en"]): [plain(row["text"]["en"]) for row in question["options"] if row["correct"]]
        for question in bank["questions"]
    }


def plain(words: str) -> str:
    """Words without regard to line breaks."""
    return " ".join(words.split())


def test_a_firm_enrols_and_a_learner_passes(
    new_page: Callable[..., Page], sign_in: Callable[..., None], key: dict[str, list[str]]
) -> None:
    owner, learner, visitor = new_page(), new_page(), new_page()
    sign_in(owner, "owner@aurora-space.example")
    owner.goto("/training/")
    owner.get_by_role("link", name="Enrol members").first.click()
    owner.get_by_label(re.compile("Compliance officer, Aurora")).check()
    owner.get_by_role("button", name="Enrol", exact=True).click()
    row = owner.get_by_role("row").filter(has_text="Compliance officer, Aurora")
    expect(row).to_contain_text("0/5")

    # The learner finds the course, reads every lesson and takes the test.
    sign_in(learner, "compliance@aurora-space.example")
    learner.goto("/learning/")
    learner.get_by_role("main").get_by_role("link", name=COURSE).first.click()
    learner.get_by_role("main").locator(".lesson-list a").first.click()
    for _ in range(5):
        learner.get_by_role("button", name=re.compile("Mark as read")).click()
    learner.get_by_role("button", name=re.compile("^Start")).click()
    while asked(learner).count():
        legend = plain(asked(learner).locator("legend").inner_text())
        answer(learner, next(right for question, right in key.items() if legend.startswith(question)))
    expect(learner.get_by_role("main")).to_contain_text("Every question is answered.")
    learner.get_by_role("button", name="Submit").click()
    expect(learner.get_by_role("main")).to_contain_text("100 %")

    # A certificate, on the page, as PDF and for anybody who asks.
    learner.get_by_role("main").get_by_role("link", name=re.compile("certificate", re.IGNORECASE)).first.click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("Certificate")
    with learner.expect_download() as saved:
        learner.get_by_role("link", name="Download as PDF").click()
    pdf = Path(saved.value.path()).read_bytes()
    assert "Compliance officer, Aurora Space" in PdfReader(BytesIO(pdf)).pages[0].extract_text()
    public = learner.get_by_role("complementary").locator("a[href*='/verify/']").get_attribute("href")
    visitor.goto(str(public))
    expect(visitor.get_by_role("main")).to_contain_text("This certificate is genuine and valid today.")

    # The owner sees it, and takes it back with a reason.
    owner.reload()
    expect(row).to_contain_text("5/5")
    expect(row).to_contain_text("100 %")
    row.get_by_role("link").first.click()
    owner.get_by_role("link", name="Revoke").click()
    owner.get_by_label("Reason").fill("Taken with help from a colleague.")
    owner.get_by_role("button", name="Revoke").click()
    visitor.reload()
    expect(visitor.get_by_role("main")).to_contain_text("This certificate was revoked.")


def test_a_trainer_sees_how_far_a_learner_is(page: Page, sign_in: Callable[..., None]) -> None:
    sign_in(page, "trainer@meridian-training.example")
    page.goto("/training/")
    row = page.get_by_role("row").filter(has_text="Customs officer in training")
    expect(row).to_contain_text("5/5")
    row.get_by_role("link").first.click()
    expect(page.get_by_role("table", name="Attempts")).to_contain_text("60 %")
    expect(page.get_by_role("table", name="Right answers by lesson")).to_be_visible()


def asked(page: Page) -> Locator:
    """The question of the page, if there is one."""
    return page.locator("form.question fieldset")


def answer(page: Page, right: list[str]) -> None:
    """Choose the right options and go on."""
    labels = asked(page).locator("label")
    for label in labels.all():
        if plain(label.inner_text()) in right:
            label.get_by_role("radio").or_(label.get_by_role("checkbox")).check()
    address = page.url
    page.get_by_role("button", name=re.compile("Keep and (go on|review)")).click()
    page.wait_for_url(lambda url: url != address)

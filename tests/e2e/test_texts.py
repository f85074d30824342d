"""An operator hands in an official text, looks at the plan, takes it in, and takes it back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e
ACT = """
language: en
provisions:
  - {label: art-1, number: Article 1, text: Made-up words of the first article.}
  - {label: art-901, number: Article 901, heading: Made up, text: Made-up words of a new one.}
"""


def test_a_text_from_a_file_to_the_page_and_back(
    page: Page, sign_in: Callable[..., None], axe: Callable[[Page], None], tmp_path: Path
) -> None:
    sign_in(page, "operator@portal.example")
    file = tmp_path / "act.yaml"
    file.write_text(ACT, encoding="utf-8")
    page.goto("/desk/texts/new/?law=cn-foreign-trade-law")
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Good from").fill("2024-01-01")
    page.get_by_label("Source", exact=True).fill("Gazette of examples")
    page.get_by_role("button", name="Hand in").click()

    # The page asks by itself until the worker has read the file.
    expect(page.get_by_role("button", name="Take it in")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("table")).to_contain_text("new to the library")
    axe(page)
    page.get_by_role("link", name="Article 901").click()
    expect(page.get_by_role("main")).to_contain_text("Made-up words of a new one.")
    axe(page)
    page.go_back()
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("link", name="Take back")).to_be_visible(timeout=30_000)
    place = page.url

    page.goto("/laws/cn-foreign-trade-law/art-901/?on=2025-01-01")
    expect(page.get_by_role("main")).to_contain_text("Made-up words of a new one.")
    page.goto(place)
    page.get_by_role("link", name="Take back").click()
    page.get_by_label("Why is it taken back?").fill("It was a trial.")
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_role("main")).to_contain_text("It was a trial.")
    page.goto("/laws/cn-foreign-trade-law/")
    expect(page.get_by_role("main")).not_to_contain_text("Article 901")

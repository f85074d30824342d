"""Guidelines and laws as PDF: both scripts, on a date, with foot notes; words are never markup."""

import io
import re
from pathlib import Path

import pytest
from django.test import Client
from pypdf import PdfReader

from portal.library import actions
from tests.library import little

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

GUIDE = "guidance/guidelines/end-use.md"
LAW = "guidance/laws/cn-ecl.yaml"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.VAR_DIR = tmp_path / "var"


def read(client: Client, path: str) -> PdfReader:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert re.fullmatch(r'inline; filename="[\w.-]+\.pdf"', response["Content-Disposition"])
    return PdfReader(io.BytesIO(response.content))


def words(paper: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def test_a_guideline_on_paper(client: Client) -> None:
    paper = read(client, "/guidelines/end-use/1/guideline.pdf")
    said = words(paper)
    assert paper.metadata.title == "End-use checks"
    assert "Edition 1, effective 1 January 2026" in said
    assert "How to check the end use." in said
    assert "Article 2: Scope. http" in said  # the foot note
    assert "/r/cn-ecl/art-2?on=" in said
    assert "/MarkInfo" in paper.trailer["/Root"]  # tagged, for screen readers


def test_a_guideline_on_paper_in_chinese(client: Client) -> None:
    said = words(read(client, "/zh-hans/guidelines/end-use/1/guideline.pdf"))
    assert "最终用途核查" in said
    assert "适用范围" in said


def test_the_paper_of_an_edition_that_does_not_count_says_so(client: Client, library: Path) -> None:
    made = little.FILES[GUIDE].replace("Because", "Since").replace("edition: 1", "edition: 2")
    actions.load(little.write(library, **{GUIDE: made.replace("2026-01-01", "2999-01-01", 1)}))
    assert "This edition takes effect on 1 January 2999." in words(read(client, "/guidelines/end-use/2/guideline.pdf"))


def test_a_law_on_paper_on_a_date(client: Client) -> None:
    said = words(read(client, "/laws/cn-ecl/law.pdf?on=2026-06-01"))
    assert "As on 1 June 2026." in said
    assert "The old scope." in said
    assert "In force since 1 December 2020." in said
    later = words(read(client, "/laws/cn-ecl/law.pdf?on=2027-06-01"))
    assert "The new scope." in later
    assert "To be checked against the official text" in later


def test_a_provision_on_paper(client: Client) -> None:
    said = words(read(client, "/laws/cn-ecl/art-1/provision.pdf"))
    assert "ECL, Article 1" in said
    assert "The purpose" in said
    assert "The old scope." not in said


def test_words_on_paper_are_not_markup(client: Client, library: Path) -> None:
    evil = '#read("/etc/passwd") $x$ "] \\\\ @ref'
    actions.load(little.write(library, **{LAW: little.FILES[LAW].replace("The framework law.", f"'{evil}'")}))
    assert '#read("/etc/passwd") $x$' in words(read(client, "/laws/cn-ecl/law.pdf")).replace("“", '"').replace("”", '"')


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/guidelines/nowhere/1/guideline.pdf", 404),
        ("/guidelines/end-use/9/guideline.pdf", 404),
        ("/laws/nowhere/law.pdf", 404),
        ("/laws/cn-ecl/art-99/provision.pdf", 404),
        ("/laws/cn-ecl/law.pdf?on=soon", 400),
    ],
)
def test_what_there_is_not_cannot_be_printed(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


@pytest.mark.parametrize("path", ["/guidelines/end-use/1/guideline.pdf", "/laws/cn-ecl/law.pdf"])
def test_papers_refuse_posts(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_a_law_of_many_articles_costs_the_same_queries(
    client: Client, library: Path, django_assert_max_num_queries: object
) -> None:
    more = "".join(
        f"      - label: art-x{n}\n        number: {{en: Article X{n}}}\n"
        "        texts: [{gist: {en: 'See [[cn-ecl/art-1]].'}}]\n"
        for n in range(90)
    )
    actions.load(little.write(library, **{LAW: little.FILES[LAW] + more}))
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get("/laws/cn-ecl/law.pdf")

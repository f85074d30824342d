"""Guidelines: editions, languages, withdrawal; the glossary and the timeline."""

from pathlib import Path

import pytest
from django.test import Client

from portal.library import actions
from tests.library import little

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

GUIDE = "guidance/guidelines/end-use.md"


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def second_edition(library: Path, effective_on: str) -> None:
    words = little.FILES[GUIDE].replace("Because", "Since").replace("edition: 1", "edition: 2")
    actions.load(little.write(library, **{GUIDE: words.replace("2026-01-01", effective_on, 1)}))


def test_guidelines_are_listed_and_filtered_by_topic(client: Client) -> None:
    assert "End-use checks" in text(client, "/guidelines/")
    assert "End-use checks" in text(client, "/guidelines/?topic=end-use")
    assert "No guideline fits these filters" in text(client, "/guidelines/?topic=space")


def test_a_guideline_cites_and_is_readable(client: Client) -> None:
    page = text(client, "/guidelines/end-use/")
    assert '<a class="citation" href="/laws/cn-ecl/art-2/"' in page.replace('rel="noopener noreferrer" ', "")
    assert "Forgings under the wrong tariff line" in page


def test_a_guideline_in_chinese(client: Client) -> None:
    page = text(client, "/zh-hans/guidelines/end-use/")
    assert "最终用途核查" in page
    assert 'href="/zh-hans/laws/cn-ecl/art-2/"' in page


def test_a_translation_that_is_behind_is_not_shown_as_current(client: Client, library: Path) -> None:
    second_edition(library, "2026-01-02")
    page = text(client, "/zh-hans/guidelines/end-use/")
    assert "Since" in page
    assert "如何核查最终用途。" not in page
    assert "如何核查最终用途。" in text(client, "/zh-hans/guidelines/end-use/1/")


def test_an_older_edition_has_its_address_and_a_banner(client: Client, library: Path) -> None:
    second_edition(library, "2026-01-02")
    page = text(client, "/guidelines/end-use/1/")
    assert "Because" in page
    assert "Edition 2 is the one in effect." in page


def test_an_edition_that_is_not_yet_effective_waits(client: Client, library: Path) -> None:
    second_edition(library, "2999-01-01")
    assert "Because" in text(client, "/guidelines/end-use/")
    assert "This edition takes effect on" in text(client, "/guidelines/end-use/2/")


def test_a_withdrawn_guideline_keeps_its_page(client: Client, library: Path) -> None:
    actions.load(little.write(library, **{GUIDE: None}))
    assert "This guideline was withdrawn on" in text(client, "/guidelines/end-use/")
    listed, folded = text(client, "/guidelines/").split("1 withdrawn guideline")
    assert "End-use checks" not in listed
    assert "End-use checks" in folded


@pytest.mark.parametrize("path", ["/guidelines/nowhere/", "/guidelines/end-use/9/", "/glossary/nowhere/"])
def test_an_unknown_page_is_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_glossary_finds_in_both_languages(client: Client) -> None:
    assert "catch-all" in text(client, "/glossary/")
    page = text(client, "/glossary/?q=最终")
    assert "end use" in page
    assert "catch-all" not in page


def test_a_term_shows_the_other_language_and_its_uses(client: Client) -> None:
    page = text(client, "/glossary/end-use/")
    assert '<p lang="zh-hans">最终用途</p>' in page
    assert 'href="/laws/cn-ecl/"' in page


def test_the_timeline_is_by_decade(client: Client) -> None:
    page = text(client, "/timeline/")
    assert "2020s" in page
    assert 'id="2020-law"' in page


def test_glossary_queries_do_not_grow(client: Client, library: Path, django_assert_num_queries: object) -> None:
    path = "guidance/glossary.yaml"
    more = "".join(f"  - {{slug: t{n}, term: {{en: term {n}}}, definition: {{en: Words.}}}}\n" for n in range(30))
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get("/glossary/")
    actions.load(little.write(library, **{path: little.FILES[path] + more}))
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get("/glossary/")

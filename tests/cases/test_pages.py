"""The case database and one case."""

from pathlib import Path

import pytest
from django.test import Client

from portal.cases.models import Case
from portal.library import actions
from tests.library import little

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

CASE = "cases/forgings-2025.yaml"


def copies(folder: Path, number: int) -> Path:
    """The library with so many more cases."""
    more = {
        f"cases/copy-{n}.yaml": little.FILES[CASE].replace("forgings-2025", f"copy-{n}").replace("2025-03", "2024-03")
        for n in range(number)
    }
    return little.write(folder, **more)


def test_a_case_tells_what_happened_and_what_it_cost(client: Client) -> None:
    page = client.get("/cases/forgings-2025/").content.decode()
    for words in ["Titanium forgings", "CNY 130,000", "End-use checks", "The exact day.", "United States", "Audit"]:
        assert words in page
    assert 'href="/lists/mtcr/1.a.1/"' in page


def test_a_case_in_chinese(client: Client) -> None:
    page = client.get("/zh-hans/cases/forgings-2025/").content.decode()
    for words in ["锻件税号申报错误", "货物符合管制描述。", "美国", "商务部"]:
        assert words in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 1),
        ("element=end_use_checks", 1),
        ("element=screening", 0),
        ("violation=unlicensed_export&jurisdiction=cn&space=1", 1),
        ("instrument=cn-ecl", 1),
        ("jurisdiction=us", 0),
        ("q=tariff", 1),
        ("q=税号", 1),
        ("q=nothing+like+it", 0),
        ("page=999", 1),
    ],
)
def test_cases_are_filtered(client: Client, query: str, found: int) -> None:
    response = client.get(f"/cases/?{query}")
    assert response.status_code == 200
    assert response.context["page_obj"].paginator.count == found


def test_a_nul_character_is_refused_with_a_sentence(client: Client) -> None:
    response = client.get("/cases/?element=%00")
    assert response.status_code == 400
    assert "The address holds a character" in response.content.decode()


def test_htmx_gets_the_results_alone(client: Client) -> None:
    page = client.get("/cases/?q=tariff", headers={"HX-Request": "true"}).content.decode()
    assert page.strip().startswith('<div id="results">')


def test_cases_are_paged(client: Client, library: Path) -> None:
    actions.load(copies(library, 25))
    assert len(client.get("/cases/").context["page_obj"]) == 20
    assert len(client.get("/cases/?page=2").context["page_obj"]) == 6


def test_similar_cases_say_why(client: Client, library: Path) -> None:
    actions.load(copies(library, 1))
    assert "4 features in common" in client.get("/cases/forgings-2025/").content.decode()


def test_a_withdrawn_case_keeps_its_page(client: Client) -> None:
    Case.objects.update(withdrawn_on="2026-01-01")
    assert "was withdrawn from the library" in client.get("/cases/forgings-2025/").content.decode()
    assert client.get("/cases/").context["page_obj"].paginator.count == 0


def test_an_unknown_case_is_404_and_posts_are_refused(client: Client) -> None:
    assert client.get("/cases/nowhere/").status_code == 404
    assert client.post("/cases/forgings-2025/").status_code == 405


def test_queries_do_not_grow(client: Client, library: Path, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(7):  # type: ignore[operator]
        client.get("/cases/")
    actions.load(copies(library, 30))
    with django_assert_num_queries(7):  # type: ignore[operator]
        client.get("/cases/")

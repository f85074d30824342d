"""The OpenAPI document, the page that shows it, and the page for developers."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from portal.api.problems import TITLES
from portal.api.urls import urlpatterns


@pytest.fixture
def document(client: Client, db: None) -> Any:
    response = client.get("/api/v1/schema/", headers={"Accept": "application/json"})
    assert response.status_code == 200
    return json.loads(response.content)


def test_the_document_is_valid_and_without_warnings(tmp_path: Any) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


def operations(document: Any) -> list[tuple[str, Any]]:
    return [(path, operation) for path, below in document["paths"].items() for operation in below.values()]


def test_every_address_is_told_with_words(document: Any) -> None:
    hidden = {"schema", "docs", "unknown"}
    assert len(document["paths"]) == len([entry for entry in urlpatterns if entry.name not in hidden])
    for path, operation in operations(document):
        assert operation["summary"], path
        assert len(operation["description"]) > 9, path
        assert operation["tags"] != ["api"], path


def test_every_list_with_filters_gives_an_example(document: Any) -> None:
    paging = {"page", "page_size", "ordering"}
    for path, operation in operations(document):
        names = {row["name"] for row in operation.get("parameters", []) if row["in"] == "query"}
        if names - paging - {"on"}:
            assert "?" in operation["description"], path


def test_filters_are_explained(document: Any) -> None:
    for path, operation in operations(document):
        for row in operation.get("parameters", []):
            if row["in"] == "query" and path != "/api/v1/search/":
                assert row.get("description"), (path, row["name"])


def test_only_reading_is_told(document: Any) -> None:
    assert {method for below in document["paths"].values() for method in below} == {"get"}


def test_names_are_stable(document: Any) -> None:
    ids = [operation["operationId"] for _, operation in operations(document)]
    assert len(set(ids)) == len(ids)
    assert {"cases", "case", "provisions", "provision", "assessments", "assessment"} <= set(ids)
    names = set(document["components"]["schemas"])
    assert {"Words", "Problem", "Case", "CaseInFull", "Provision", "Assessment", "InstrumentState"} <= names
    assert not [name for name in names if name.endswith("Enum") and any(letter.isdigit() for letter in name)]


def test_problems_and_tokens_are_told(document: Any) -> None:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    for path, operation in operations(document):
        assert operation["responses"]["404"]["content"] == {"application/problem+json": problem}, path
    assert not document["paths"]["/api/v1/cases/"]["get"].get("security")
    own = document["paths"]["/api/v1/assessments/"]["get"]
    assert {"token": []} in own["security"]
    assert "401" in own["responses"]


def test_the_document_names_both_languages(document: Any) -> None:
    assert set(document["components"]["schemas"]["Words"]["properties"]) == {"en", "zh-hans"}


@pytest.mark.django_db
def test_the_docs_page_needs_no_inline_script(client: Client) -> None:
    response = client.get(reverse("api:docs"))
    assert response.status_code == 200
    assert 'data-schema="/api/v1/schema/"' in response.content.decode()
    assert client.post(reverse("api:docs")).status_code == 405


@pytest.mark.django_db
def test_the_page_for_developers(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        page = client.get("/developers/").content.decode()
    for code in TITLES:
        assert f'id="problem-{code}"' in page
    assert "http://localhost:8000/api/v1/provisions/cn-ecl/art-12/?on=2021-01-01" in page
    assert "120 requests a minute" in page
    assert client.get("/zh-hans/developers/").status_code == 200
    assert client.post("/developers/").status_code == 405

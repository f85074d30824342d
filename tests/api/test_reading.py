"""Reading what is published: each address, on a day, by key."""

from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

LISTS = {
    "jurisdictions": 2,
    "authorities": 1,
    "regimes": 1,
    "lists": 1,
    "entries": 2,
    "instruments": 2,
    "provisions": 3,
    "guidelines": 1,
    "guidelines/end-use/editions": 1,
    "terms": 2,
    "events": 1,
    "cases": 1,
}
ITEMS = [
    "jurisdictions/cn",
    "authorities/cn-mofcom",
    "regimes/mtcr",
    "lists/mtcr",
    "entries/mtcr/1.a.1",
    "instruments/cn-ecl",
    "provisions/cn-ecl/art-1",
    "guidelines/end-use",
    "guidelines/end-use/editions/1",
    "terms/end-use",
    "events/2020-law",
    "cases/forgings-2025",
    "resolve/cn-ecl/art-1",
]


def read(client: Client, path: str) -> Any:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content.decode()
    return response.json()


@pytest.mark.parametrize(("path", "number"), LISTS.items())
def test_lists(client: Client, path: str, number: int) -> None:
    found = read(client, f"{path}/")
    assert found["count"] == len(found["results"]) == number


@pytest.mark.parametrize("path", ITEMS)
def test_items(client: Client, path: str) -> None:
    assert read(client, f"{path}/")

"""Regimes, lists, entries, jurisdictions, authorities."""

from pathlib import Path

import pytest
from django.test import Client

from portal.controls.models import ControlEntry
from portal.library import actions
from tests.library import little

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/regimes/", "Missile Technology Control Regime"),
        ("/regimes/mtcr/", "Purpose"),
        ("/lists/mtcr/", "Complete rocket systems"),
        ("/lists/mtcr/1.a.1/", "≥ 500 kg"),
        ("/lists/mtcr/1.a.1/", "Missile technology"),
        ("/lists/mtcr/1/", "Below this entry"),
        ("/jurisdictions/cn/", "Ministry of Commerce"),
        ("/authorities/cn-mofcom/", "Export Control Law"),
        ("/zh-hans/lists/mtcr/1.a.1/", "完整火箭系统"),
    ],
)
def test_a_page_shows_its_matter(client: Client, path: str, words: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert words in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/regimes/x/", "/lists/x/", "/lists/mtcr/9.z/", "/jurisdictions/xx/", "/authorities/x/"]
)
def test_an_unknown_key_is_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_entries_know_their_place() -> None:
    entry = ControlEntry.objects.get(key="mtcr/1.a.1")
    assert (entry.parent and entry.parent.key, entry.depth, entry.label) == ("mtcr/1", 1, "1.a.1")


def test_a_list_needs_the_same_queries_for_two_and_for_fifty_entries(
    client: Client, library: Path, django_assert_num_queries: object
) -> None:
    path = "controls/lists/mtcr.yaml"
    more = "".join(f'  - {{code: "{n}", title: {{en: Item {n}}}}}\n' for n in range(2, 50))
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get("/lists/mtcr/")
    actions.load(little.write(library, **{path: little.FILES[path] + more}))
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get("/lists/mtcr/")

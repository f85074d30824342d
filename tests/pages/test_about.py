"""The pages about the site itself, and those for machines."""

import pytest
from django.conf import settings
from django.test import Client

from portal.references.models import Address
from tests.pages.pages import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/about/", "/accessibility/", "/zh-hans/about/", "/zh-hans/accessibility/"])
def test_statements_name_an_address_to_write_to(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert f"mailto:portal@{settings.SITE_HOST}" in answer.content.decode()
    assert client.post(path).status_code == 405


def test_style_page_shows_states_and_a_form_with_errors(client: Client) -> None:
    page = Page(client.get("/style/"))

    states = {found["class"] for found in page.all("span") if "state-" in (found.get("class") or "")}
    assert states == {f"state state-{kind}" for kind in ("good", "pending", "attention", "over", "neutral")}
    wrong = page.all("input", name="wrong-name")[0]
    assert wrong["aria-invalid"] == "true"
    assert "id_wrong-name_error" in str(wrong["aria-describedby"])
    assert page.all("ul", id="id_wrong-name_error")


def test_robots_points_to_the_map(client: Client) -> None:
    answer = client.get("/robots.txt")

    assert answer["Content-Type"].startswith("text/plain")
    assert "Disallow: /account/" in answer.content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in answer.content.decode()


def test_sitemap_lists_addresses_in_both_languages(client: Client) -> None:
    live = {"kind": "term", "route": "references:resolve", "title": "x"}
    Address.objects.create(key="term/a", arguments={"key": "term/a"}, **live)
    Address.objects.create(key="term/old", arguments={"key": "term/old"}, alias_of="term/a", **live)
    Address.objects.create(key="term/part", arguments={"key": "term/a"}, fragment="x", **live)

    index = client.get("/sitemap.xml").content.decode()
    listed = client.get("/sitemap-library.xml").content.decode()

    assert "/sitemap-library.xml" in index
    assert "<loc>http://testserver/r/term/a</loc>" in listed
    assert "<loc>http://testserver/zh-hans/r/term/a</loc>" in listed
    assert "term/old" not in listed
    assert "#x" not in listed

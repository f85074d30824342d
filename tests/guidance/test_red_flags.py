"""Red flags: the list to tick, one flag, and what to do."""

from pathlib import Path

import pytest
from django.test import Client

from portal.guidance.models import RedFlag
from portal.library import actions
from tests.library import little

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def test_the_list_stands_by_category_with_boxes(client: Client) -> None:
    page = client.get("/red-flags/").content.decode()
    assert page.index("The buyer avoids") < page.index("The route makes no sense")
    assert 'value="shipping-01"' in page
    assert "A list of warnings" in page, "where it comes from"
    assert "运输路线不合理" in client.get("/zh-hans/red-flags/").content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("category=shipping", {"shipping-01"}),
        ("framework=cn-ecl", {"customer-01"}),
        ("context=spacecraft", {"customer-01", "shipping-01"}),
        ("context=uav", {"customer-01"}),
        ("q=route", {"shipping-01"}),
        ("q=最终用途", {"customer-01"}),
        ("q=nothing-of-the-kind", set()),
    ],
)
def test_it_is_filtered(client: Client, query: str, shown: set[str]) -> None:
    response = client.get(f"/red-flags/?{query}")
    assert {item["flag"].slug for item in response.context["rows"]} == shown


def test_ticks_stay_while_it_is_filtered(client: Client) -> None:
    page = client.get("/red-flags/?category=shipping&seen=customer-01&seen=shipping-01").content.decode()
    assert '<input type="hidden" name="seen" value="customer-01">' in page
    assert 'id="seen-shipping-01" checked' in page


def test_what_to_do_about_the_ticked_ones(client: Client) -> None:
    page = client.get("/red-flags/seen/?seen=shipping-01&seen=unknown").content.decode()
    assert "Ask for the usual route" in page
    assert "The buyer avoids" not in page
    assert 'href="/guidelines/end-use/"' in page, "the steps cite"
    assert "Nothing was ticked" in client.get("/red-flags/seen/").content.decode()


def test_one_flag_has_its_page_its_key_and_its_citations(client: Client) -> None:
    page = client.get("/red-flags/customer-01/").content.decode()
    assert "An end-use statement" not in page
    assert "Ask for an end-use statement" in page
    assert "Complete rocket systems" in page
    assert client.get("/r/flag/customer-01").headers["Location"] == "/red-flags/customer-01/"
    assert "The buyer avoids" in client.get("/lists/mtcr/1.a.1/").content.decode(), "the entry says who warns of it"
    assert client.get("/red-flags/none/").status_code == 404
    assert client.post("/red-flags/").status_code == 405


def test_a_flag_that_vanished_keeps_its_page(client: Client, library: Path) -> None:
    words = little.FILES["guidance/red-flags.yaml"]
    actions.load(little.write(library, **{"guidance/red-flags.yaml": words[: words.index("  - slug: customer-01")]}))
    assert RedFlag.objects.get(slug="customer-01").withdrawn_on
    assert "taken off the list" in client.get("/red-flags/customer-01/").content.decode()
    assert "The buyer avoids" not in client.get("/red-flags/").content.decode()


def test_an_unknown_category_or_context_is_a_fault(library: Path) -> None:
    words = little.FILES["guidance/red-flags.yaml"]
    wrong = words.replace("category: shipping", "category: shiping").replace("[spacecraft]", "[spaceships]")
    with pytest.raises(actions.FaultyLibrary) as refused:
        actions.load(little.write(library, **{"guidance/red-flags.yaml": wrong}))
    assert any("there is no category shiping" in str(fault) for fault in refused.value.faults)


def test_as_many_queries_for_two_and_for_thirty(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get("/red-flags/")
    flag = RedFlag.objects.get(slug="customer-01")
    for number in range(30):
        flag.pk, flag.slug = None, f"customer-{number + 2}"
        flag.save()
    with django_assert_num_queries(6):  # type: ignore[operator]
        assert len(client.get("/red-flags/?q=").context["rows"]) == 32

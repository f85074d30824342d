"""Writing the address book and citations, as often as one likes."""

import datetime as dt

import pytest

from portal.core.texts import i18n
from portal.references import actions, queries
from portal.references.models import Address, Citation
from tests.references.factories import AddressFactory

pytestmark = pytest.mark.django_db


def address(key: str, title: str) -> Address:
    return Address(key=key, kind="provision", title=i18n(title), route="pages:home")


def test_registering_twice_keeps_one_row_and_the_newer_title() -> None:
    actions.register([address("cn-ecl/art-12", "Old")])
    actions.register([address("cn-ecl/art-12", "New")])
    assert [str(row.title) for row in Address.objects.all()] == ["New"]


def test_withdrawing_keeps_the_first_day() -> None:
    AddressFactory(key="guide/old")
    actions.withdraw(["guide/old"], on=dt.date(2026, 1, 1))
    actions.withdraw(["guide/old"], on=dt.date(2026, 6, 1))
    assert Address.objects.get().withdrawn_on == dt.date(2026, 1, 1)


def test_citing_anew_replaces_what_this_version_cited() -> None:
    actions.cite("guide/a", "1", [("us-ear/744.21", "basis"), ("us-ear/744.22", "basis")])
    actions.cite("guide/a", "2", [("us-ear/744.21", "basis")])
    actions.cite("guide/a", "1", [("us-ear/744.23", "see-also")])
    rows = Citation.objects.order_by("source_version").values_list("source_version", "target_key", "role")
    assert list(rows) == [("1", "us-ear/744.23", "see-also"), ("2", "us-ear/744.21", "basis")]


def test_the_same_citation_twice_is_one() -> None:
    actions.cite("guide/a", "1", [("us-ear/744.21", "basis"), ("us-ear/744.21", "basis")])
    assert Citation.objects.count() == 1


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    many = {(f"guide/{number}", "1"): [("us-ear/744.21", "basis")] for number in range(30)}
    with django_assert_max_num_queries(6):
        actions.cite_many(many)


def test_both_ways_and_only_what_exists() -> None:
    AddressFactory(key="guide/a", kind="guideline")
    AddressFactory(key="us-ear/744.21")
    actions.cite("guide/a", "1", [("us-ear/744.21", "basis"), ("us-ear/gone", "basis")])
    assert [line.address.key for line in queries.rests_on("guide/a")] == ["us-ear/744.21"]
    assert [line.address.key for line in queries.rests_on_this("us-ear/744.21")] == ["guide/a"]
    assert queries.counts_by_kind(["us-ear/744.21", "guide/a"]) == {"us-ear/744.21": 1}


def test_aliases_lead_to_what_bears_the_name_now() -> None:
    AddressFactory(key="guide/new")
    AddressFactory(key="guide/old", alias_of="guide/new")
    assert queries.address("guide/old").key == "guide/new"

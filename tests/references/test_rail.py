"""The rests-on rail: what a text rests on, what rests on it."""

import pytest
from django.template import Context, Template
from django.utils import translation

from portal.references.models import Citation
from portal.references.templatetags.kinds import KINDS, kind_words, role_words
from tests.references.factories import AddressFactory

pytestmark = pytest.mark.django_db


def rail(key: str) -> str:
    return Template("{% load references %}{% rests_on_rail key %}").render(Context({"key": key}))


def cite(source: str, target: str) -> None:
    Citation.objects.create(source_key=source, target_key=target)


def test_rail_shows_both_directions_by_kind() -> None:
    AddressFactory(key="guide/a", kind="guideline")
    AddressFactory(key="cn-ecl/art-12", kind="provision")
    AddressFactory(key="case/x-2020", kind="case")
    cite("guide/a", "cn-ecl/art-12")
    cite("case/x-2020", "guide/a")

    shown = rail("guide/a")

    assert shown.index("What this rests on") < shown.index("Title of cn-ecl/art-12") < shown.index("What rests on this")
    assert "<h3>Provisions</h3>" in shown
    assert "<h3>Cases</h3>" in shown
    assert "/r/guide/a/cited-by" in shown


def test_rail_of_a_lonely_text_keeps_its_address() -> None:
    AddressFactory(key="guide/a", kind="guideline")

    shown = rail("guide/a")

    assert "What this rests on" not in shown
    assert 'href="/r/guide/a"' in shown


def test_long_groups_fold() -> None:
    AddressFactory(key="guide/a", kind="guideline")
    for number in range(8):
        AddressFactory(key=f"case/c-{number}", kind="case")
        cite(f"case/c-{number}", "guide/a")

    shown = rail("guide/a")

    assert "<h3>Cases (8)</h3>" in shown
    assert "3 more</summary>" in shown
    assert shown.count("Title of case/") == 8


def test_queries_do_not_grow(django_assert_max_num_queries) -> None:
    AddressFactory(key="guide/a", kind="guideline")
    for number in range(30):
        AddressFactory(key=f"case/c-{number}", kind="case")
        cite(f"case/c-{number}", "guide/a")
        cite("guide/a", f"case/c-{number}")

    with django_assert_max_num_queries(6):
        rail("guide/a")


def test_titles_are_in_the_language_of_the_page() -> None:
    AddressFactory(key="guide/a", kind="guideline")
    AddressFactory(key="cn-ecl/art-12")
    cite("guide/a", "cn-ecl/art-12")

    with translation.override("zh-hans"):
        assert "cn-ecl/art-12 的标题" in rail("guide/a")


def test_every_kind_and_role_has_words() -> None:
    assert kind_words("provision") == "Provisions"
    assert kind_words("new-kind") == "New kind"
    assert role_words("see-also") == "see also"
    assert {str(words) for words in KINDS.values()} >= {"Laws", "Guidelines", "Cases", "Courses"}


def test_a_thing_cited_in_two_roles_stands_once_but_counts_twice() -> None:
    AddressFactory(key="notice/x", kind="notice")
    AddressFactory(key="cn-ecl/art-12", kind="provision")
    cite("notice/x", "cn-ecl/art-12")
    Citation.objects.create(source_key="notice/x", target_key="cn-ecl/art-12", role="amends")

    assert rail("notice/x").count("Title of cn-ecl/art-12") == 1
    assert rail("cn-ecl/art-12").count("Title of notice/x") == 1
    assert "All 2 citations" in rail("cn-ecl/art-12")

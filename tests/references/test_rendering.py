"""Citations in texts become links with the title of what is cited."""

import pytest
from django.utils import translation

from portal.references import rendering
from tests.references.factories import AddressFactory

pytestmark = pytest.mark.django_db


def test_a_citation_shows_the_title_and_leads_to_the_page() -> None:
    AddressFactory(key="us-ear/744.21")
    html = rendering.render("See [[us-ear/744.21]].")
    assert 'data-key="us-ear/744.21"' in html
    assert ">Title of us-ear/744.21</a>" in html


def test_words_of_the_author_come_before_the_title() -> None:
    AddressFactory(key="guide/end-use")
    assert ">the flags</a>" in rendering.render("[[guide/end-use#red-flags|the flags]]")
    assert "#red-flags" in rendering.render("[[guide/end-use#red-flags|the flags]]")


def test_a_law_is_called_by_its_short_name_in_running_text() -> None:
    AddressFactory(
        key="cn-ecl", kind="instrument", title="Export Control Law of the People’s Republic of China", short="ECL"
    )
    html = rendering.render("[[cn-ecl]]")
    assert 'title="Export Control Law of the People’s Republic of China"' in html
    assert ">ECL</a>" in html


def test_the_title_is_in_the_readers_language() -> None:
    AddressFactory(key="us-ear/744.21")
    with translation.override("zh-hans"):
        html = rendering.render("[[us-ear/744.21]]")
    assert "us-ear/744.21 的标题" in html
    assert 'href="/zh-hans/' in html


def test_an_unknown_key_shows_its_words_without_a_link() -> None:
    html = rendering.render("[[us-ear/999|that rule]]")
    assert "that rule" in html
    assert "<a " not in html


def test_a_hostile_title_stays_words() -> None:
    AddressFactory(key="us-ear/744.21", title='"><script>alert(1)</script>')
    assert "<script" not in rendering.render("[[us-ear/744.21]]")


def test_many_texts_cost_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    rows = AddressFactory.create_batch(30)
    with django_assert_num_queries(1):
        assert len(rendering.render_many(f"[[{row.key}]]" for row in rows)) == 30


@pytest.mark.parametrize(
    ("kind", "title", "short"),
    [
        ("provision", "Export Control Law, Article 12: Licences", "Export Control Law, Article 12"),
        ("provision", "出口管制法第十二条：许可", "出口管制法第十二条"),
        ("entry", "9A515 Spacecraft and parts", "9A515"),
        ("case", "ZTE: a cover-up", "ZTE: a cover-up"),
    ],
)
def test_a_citation_without_words_is_named_shortly(kind: str, title: str, short: str) -> None:
    assert rendering.short_name(kind, title) == short


def test_plain_words_show_titles_and_no_keys() -> None:
    AddressFactory(key="us-ear/744.21")
    assert rendering.plain("See [[us-ear/744.21]] and [[us-ear/744.21|it]].") == "See Title of us-ear/744.21 and it."


def test_notes_number_each_citation_once() -> None:
    AddressFactory(key="us-ear/744.21")
    AddressFactory(key="cn-ecl/art-12")
    notes = rendering.Notes()
    first, second = rendering.render_many(
        ["[[us-ear/744.21|a]] [[cn-ecl/art-12|b]] [[nowhere|c]]", "[[us-ear/744.21|d]]"], notes=notes
    )
    assert first.count('class="note-number"') == 2
    assert '>d</a><sup class="note-number">1</sup>' in second
    assert [(number, entry.key) for number, entry, _fragment in notes.listed] == [
        (1, "us-ear/744.21"),
        (2, "cn-ecl/art-12"),
    ]


def test_texts_on_one_page_have_anchors_of_their_own() -> None:
    first, second = rendering.render_many(["One.", "Two."], anchors=["art-1-p", "art-2-p"])
    assert 'id="art-1-p-1"' in first
    assert 'id="art-2-p-1"' in second


def test_on_its_own_pages_a_law_is_not_named_again() -> None:
    AddressFactory(key="cn-ecl/art-9", kind="provision", title="ECL, Article 9: Lists", short="Article 9")
    assert ">ECL, Article 9</a>" in rendering.render("[[cn-ecl/art-9]]")
    assert ">Article 9</a>" in rendering.render("[[cn-ecl/art-9]]", within="cn-ecl")
    assert ">ECL, Article 9</a>" in rendering.render("[[cn-ecl/art-9]]", within="cn-ecl-2")

"""Words become markup in one place only, and nothing gets through it that could act."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import markdown

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[press](javascript:alert(1))",
    "[press](data:text/html;base64,PHNjcmlwdD4=)",
    "<a href='javascript:alert(1)'>press</a>",
    '<p style="position:fixed">',
    "<iframe src='https://example.org'></iframe>",
    "[[us-ear/744.21|<script>alert(1)</script>]]",
    "![x](javascript:alert(1))",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_what_could_act_is_removed(source: str) -> None:
    html = markdown.render(source).lower()
    assert "<script" not in html
    assert "<iframe" not in html
    assert "<img src=x" not in html
    assert 'href="javascript:' not in html
    assert 'href="data:' not in html
    assert "<p style" not in html


@given(st.text(max_size=300))
def test_no_text_makes_a_script(source: str) -> None:
    assert "<script" not in markdown.render(source).lower()


def test_markup_that_is_meant() -> None:
    html = markdown.render("## Red flags\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nA note[^1].\n\n[^1]: Words.\n")
    assert '<h2 id="red-flags"' in html
    assert "<table>" in html
    assert 'class="footnotes"' in html


def test_links_outside_do_not_hand_over_the_page() -> None:
    assert 'rel="noopener noreferrer"' in markdown.render("[law](https://example.org)")


def test_a_citation_calls_cite_with_its_parts() -> None:
    seen = []

    def cite(key: str, fragment: str, words: str) -> str:
        seen.append((key, fragment, words))
        return "<a href='/x'>x</a>"

    markdown.render("[[cn-ecl/art-12]] and [[guide/end-use#red-flags|the flags]]", cite=cite)
    assert seen == [("cn-ecl/art-12", "", ""), ("guide/end-use", "#red-flags", "the flags")]


def test_citations_in_code_stay_as_they_are() -> None:
    assert "[[cn-ecl/art-12]]" in markdown.render("`[[cn-ecl/art-12]]`")


def test_citations_know_their_lines() -> None:
    source = "One [[a/b]].\n\nThree [[c/d#part|words]] and [[a/b]].\n"
    assert markdown.citations(source) == [("a/b", 1), ("c/d", 3), ("a/b", 3)]


@pytest.mark.parametrize("source", ["[[Upper/Case]]", "[[ spaced ]]", "[[]]", "[single]"])
def test_what_is_no_key_is_no_citation(source: str) -> None:
    assert markdown.citations(source) == []


def test_plain_words_have_no_markup_and_no_entities() -> None:
    assert markdown.plain("**Bold** & [[a/b|the rule]]\n\n* one < two") == "Bold & the rule one < two"


def test_headings_make_a_table_of_contents() -> None:
    source = "# Title\n\n## First *part*\n\ntext\n\n### Below\n\n#### Too deep\n\n## 红旗信号\n"
    assert markdown.headings(source) == [
        (2, "first-part", "First part"),
        (3, "below", "Below"),
        (2, "红旗信号", "红旗信号"),
    ]


def test_a_line_break_between_chinese_characters_is_no_space() -> None:
    assert markdown.render("出口\n管制").strip() == "<p>出口管制</p>"
    assert markdown.render("export\ncontrol").strip() == "<p>export\ncontrol</p>"


TEXT = """Lead.

## Why

* one
* two

  still two

| a | b |
|---|---|
| 1 | 2 |

> Quoted.

    code

Last[^1].

[^1]: A note.
"""


def ids(html: str) -> list[str]:
    return re.findall(r'<(?:p|li|table|pre)[^>]* id="(p-\d+)"', html)


def test_blocks_have_numbers_in_the_order_of_reading() -> None:
    html = markdown.render(TEXT, anchors="p")
    assert ids(html) == ["p-1", "p-2", "p-3", "p-4", "p-5", "p-6", "p-7"]
    assert '<li id="p-3"' in html
    assert '<table id="p-4"' in html
    assert '<pre id="p-6"' in html


def test_each_block_and_heading_links_to_itself_outside_the_tab_order() -> None:
    html = markdown.render(TEXT, anchors="art-12-p")
    links = re.findall(r'<a class="block-link" href="#([\w-]+)" tabindex="-1" aria-hidden="true"', html)
    assert links == ["art-12-p-1", "why", *(f"art-12-p-{number}" for number in (2, 3, 4, 5, 7))]


def test_a_text_that_nobody_points_into_has_no_numbers() -> None:
    assert "block-link" not in markdown.render(TEXT)
    assert ids(markdown.render(TEXT)) == []


def test_plain_words_hold_together_where_markup_only_touched_them() -> None:
    assert markdown.plain("最终**用途**与[[term/end-user|用户]]") == "最终用途与用户"


def test_paragraphs_are_lines_of_words() -> None:
    source = (
        "## Head\n\nOne *two*\nthree [[a/b|the scope]] and [[a/c]].\n\n3. first\n   - inner\n4. second\n\n"
        "中文\n换行\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx <y>\n```\n\n> quoted & kept[^1]\n\n[^1]: The note."
    )
    assert markdown.paragraphs(source) == [
        "Head",
        "One two three the scope and a/c.",
        "3. first",
        "• inner",
        "4. second",
        "中文换行",
        "a | b",
        "1 | 2",
        "x <y>",
        "quoted & kept",
        "The note.",
    ]


def test_paragraphs_take_the_words_of_citations_from_the_caller() -> None:
    found = markdown.paragraphs("See [[a/b]].", cite=lambda key, _fragment, _words: f"<a>{key.upper()} &amp; more</a>")
    assert found == ["See A/B & more."]


def test_nothing_has_no_paragraphs() -> None:
    assert markdown.paragraphs("") == []

"""Marking what was asked for in the stored original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search import passages
from portal.search.parsing import parse


def marks(text: str, typed: str) -> list[str]:
    return [words for words, marked in passages.marked(text, parse(typed).atoms) if marked]


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Licensed exports are exported.", "export", ["exports", "exported"]),
        ("a license, a Licence", "licences", ["license", "Licence"]),
        ("《出口管制法》与管制出口", "出口管制", ["出口管制"]),
        ("出口管制管制", "管制", ["管制", "管制"]),
        ("See § 744.21(a) and 7442", "744.21", ["744.21(a)"]),
        ("the end-use and the end of use", '"end use"', ["end-use"]),
        ("Straße ＥＣＣＮ", "strasse eccn", ["Straße", "ＥＣＣＮ"]),
        ("nothing here", "export", []),
    ],
)
def test_marked(text: str, typed: str, expected: list[str]) -> None:
    assert marks(text, typed) == expected


@given(st.text(max_size=400), st.text(max_size=30))
def test_marking_changes_no_words(text: str, typed: str) -> None:
    shown = "".join(words for words, _ in passages.marked(text, parse(typed).atoms))
    assert shown == text.replace("\n", " ")


def test_passage_shows_the_place() -> None:
    text = "Some other words. " * 80 + "The deemed export rule. " + "More words again. " * 80
    shown = passages.passage(text, parse("deemed export").atoms)
    assert {("deemed", True), ("export", True)} <= set(shown)
    assert len("".join(words for words, _ in shown)) < 330


def test_passage_without_a_match_is_the_beginning() -> None:
    shown = passages.passage("First words. " * 60, parse("export").atoms)
    assert shown[0][0].startswith("First words.")
    assert shown[-1] == (" …", False)

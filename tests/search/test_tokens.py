"""Texts to tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search import tokens
from portal.search.stemming import stem

HAN_TEXT = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=40)


@pytest.mark.parametrize(
    ("text", "stream"),
    [
        ("出口管制", "出口 口管 管制 制"),
        ("法", "法"),
        ("第9A012.a项", "第 9a012.a 项"),
        ("ＥＣＣＮ ９Ａ０１２", "9a012"),
        ("us-ear/744.21(a)", "us-ear/744.21.a 744.21.a"),
        ("IV(a)(1)", "iv.a.1"),
        ("end-use licence(s)", ""),
        ("2024", ""),
        ("2024-12-01", "2024-12-01"),
        ("出口，管制", "出口 口 管制 制"),
    ],
)
def test_exact_stream(text: str, stream: str) -> None:
    assert tokens.exact(text) == stream


@pytest.mark.parametrize(
    ("text", "stream"),
    [
        ("Café CAFÉ", "cafe cafe"),
        ("The country’s end-users", "the countri end user"),
        ("9A012.a", "9a012 a"),
        ("出口", ""),
        ("Экспорт", "экспорт"),
    ],
)
def test_words_stream(text: str, stream: str) -> None:
    assert tokens.words(text) == stream


@pytest.mark.parametrize(
    "forms",
    [
        ("export", "exports", "exported", "exporting", "exporter"),
        ("licence", "license", "licences", "licensed", "licensing"),
        ("policy", "policies"),
        ("organisation", "organization", "organisations"),
        ("authorise", "authorized", "authorisation"),
        ("control", "controls", "controlled", "controlling"),
        ("defence", "defense"),
        ("use", "uses", "used", "using"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_use_is_not_the_united_states() -> None:
    assert stem("use") != stem("us")


def test_short_and_foreign_words_stay() -> None:
    assert [stem("us"), stem("9a012"), stem("экспорт")] == ["us", "9a012", "экспорт"]


@given(st.text())
def test_any_text_has_tokens_that_databases_can_take(text: str) -> None:
    stream = f"{tokens.words(text)} {tokens.exact(text)}"
    assert not set("'\"\\:*()\x00\n") & set(stream)
    assert all(len(token) <= tokens.LONGEST_TOKEN for token in stream.split())


@given(st.text())
def test_streams_are_stable(text: str) -> None:
    """What is folded is folded: typed text and indexed text meet."""
    assert tokens.exact(tokens.fold(text)) == tokens.exact(text)


@given(HAN_TEXT, st.data())
def test_a_phrase_of_pairs_stands_in_the_stream_of_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    assert f" {' '.join(tokens.pairs(text[start:end]))} " in f" {tokens.exact(text)} "

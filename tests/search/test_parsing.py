"""What a person typed, as a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search import parsing
from portal.search.adapters import Wanted, postgresql, sqlite
from portal.search.parsing import Synonym, parse, widen


def atoms(typed: str) -> list[str]:
    """The atoms of the first options: `+`/`-`, stream, tokens, `*`."""
    return [
        f"{'-' if clause.negative else '+'}{atom.stream[0]}:{' '.join(atom.tokens)}{'*' if atom.prefix else ''}"
        for clause in parse(typed).clauses
        for atom in clause.options[0]
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("deemed exports", ["+w:deem", "+w:export"]),
        ('"deemed exports"', ["+w:deem export"]),
        ("“deemed exports”", ["+w:deem export"]),
        ("「出口管制」", ["+e:出口 口管 管制"]),
        ("export -zte", ["+w:export", "-w:zte"]),
        ('export -"end use"', ["+w:export", "-w:end use"]),
        ("end-use", ["+w:end use"]),
        ("9A01", ["+e:9a01*"]),
        ("9A01*", ["+e:9a01*"]),
        ("744.21(a)", ["+e:744.21.a*"]),
        ("2025", ["+w:2025"]),
        ("licen*", ["+w:licen*"]),
        ("制", ["+e:制*"]),
        ("出口管制", ["+e:出口 口管 管制"]),
        ("ECCN编码9A012", ["+w:eccn", "+e:编码", "+e:9a012*"]),
        ("what is a deemed export", ["+w:deem", "+w:export"]),
        ("the", ["+w:the"]),
        ("", []),
        ("?!…", []),
        ('"', []),
        ("\x00\ud800", []),
        ("-", []),
    ],
)
def test_parse(typed: str, expected: list[str]) -> None:
    assert atoms(typed) == expected


def test_only_excluding_asks_for_nothing() -> None:
    assert parse("-zte").empty


def test_very_long_questions_are_cut() -> None:
    assert len(parse("word " * 10_000).clauses) <= parsing.MOST_CLAUSES


@given(st.text())
def test_any_text_is_a_question_for_both_databases(typed: str) -> None:
    question = parse(typed)
    if not question.empty:
        assert sqlite.expression(Wanted(question)).count('"') % 2 == 0
        assert postgresql.expression(Wanted(question)).count("'") % 2 == 0


GLOSSARY = [
    Synonym("deemed export", "视同出口"),
    Synonym("licence / permit", "许可证；许可"),
    Synonym("export", "出口"),
]


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("deemed exports rules", ("视同出口",)),
        ("视同出口", ("deemed export",)),
        ("permits", ("许可证", "许可")),
        ("许可", ("licence", "permit")),
        ('"deemed export"', ()),
        ("-deemed export", ("出口",)),
        ("deemed", ()),
    ],
)
def test_widen(typed: str, also: tuple[str, ...]) -> None:
    assert widen(parse(typed), GLOSSARY).also == also


def test_widened_clauses_are_a_choice() -> None:
    clause = widen(parse("deemed export"), GLOSSARY).clauses[0]
    assert [[atom.tokens for atom in option] for option in clause.options] == [
        [("deem",), ("export",)],
        [("视同", "同出", "出口")],
    ]


def test_loosened_takes_long_runs_apart() -> None:
    question = parsing.loosened(parse("出口处罚案例"))
    assert question is not None
    assert question.any_of
    assert [clause.options[0][0].written for clause in question.clauses] == ["出口", "口处", "处罚", "罚案", "案例"]


@pytest.mark.parametrize("typed", ['"deemed export" rule', "出口", "export"])
def test_nothing_to_loosen(typed: str) -> None:
    assert parsing.loosened(parse(typed)) is None


def test_beginning_leaves_the_last_word_open() -> None:
    assert [clause.options[0][0].prefix for clause in parsing.beginning("deemed exp").clauses] == [False, True]
    assert [clause.options[0][0].prefix for clause in parsing.beginning("deemed ").clauses] == [False]

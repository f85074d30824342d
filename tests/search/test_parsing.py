"""What a person typed, as a question."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search import numbering, parsing
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


def options(typed: str) -> list[list[str]]:
    """The options of each clause, as `stream:tokens`."""
    return [
        [" & ".join(f"{atom.stream[0]}:{' '.join(atom.tokens)}" for atom in option) for option in clause.options]
        for clause in parse(typed).clauses
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("zte OR huawei", [["w:zte", "w:huawei"]]),
        ("fine zte OR huawei OR seagate", [["w:fine"], ["w:zte", "w:huawei", "w:seagat"]]),
        ('"end use" OR 最终用途', [["w:end use", "e:最终 终用 用途"]]),
        ("zte AND huawei", [["w:zte"], ["w:huawei"]]),
        ("zte or huawei", [["w:zte"], ["w:huawei"]]),
        ("OR zte", [["w:zte"]]),
        ("zte OR", [["w:zte"]]),
        ("zte OR -huawei", [["w:zte"], ["w:huawei"]]),
        ("article 12", [["w:articl 12", "e:art-12", "e:第十 十二 二条"]]),
        ("Art. 12", [["w:articl 12", "e:art-12", "e:第十 十二 二条"]]),
        ("第12条", [["e:第十 十二 二条", "e:art-12"]]),
        ("第 12 条", [["e:第十 十二 二条", "e:art-12"]]),
        ("第１２条", [["e:第十 十二 二条", "e:art-12"]]),
        ("第十二条", [["e:第十 十二 二条", "e:art-12"]]),
        ("出口管制法第十二条", [["e:出口 口管 管制 制法"], ["e:第十 十二 二条", "e:art-12"]]),
        ('"第十二条"', [["e:第十 十二 二条"]]),
        ("part 744", [["w:part 744", "e:part-744"]]),
        ("section 744.21", [["e:744.21"]]),
        ("§ 744.21", [["e:744.21"]]),
        ("§744.21", [["e:744.21"]]),
        ("15 CFR 744.21", [["e:744.21"]]),
        ("15 C.F.R. § 744.21(a)", [["e:744.21.a"]]),
        ("15 CFR part 744", [["w:part 744", "e:part-744"]]),
        ("15 days", [["w:15"], ["w:dai"]]),
    ],
)
def test_choices_and_articles(typed: str, expected: list[list[str]]) -> None:
    assert options(typed) == expected


@pytest.mark.parametrize("typed", ["export NOT zte", "export -zte"])
def test_not_is_a_minus(typed: str) -> None:
    assert atoms(typed) == ["+w:export", "-w:zte"]


@pytest.mark.parametrize(
    ("typed", "parameters", "rest"),
    [
        ("kind:case zte", [("kind", "case")], ["+w:zte"]),
        ("Kind：law in:CN,us", [("kind", "instrument"), ("jurisdiction", "cn"), ("jurisdiction", "us")], []),
        ("in:uk lang:chinese", [("jurisdiction", "gb"), ("language", "zh-hans")], []),
        ("year:2024 state:future", [("year", "2024"), ("state", "future")], []),
        ("year:soon", [], ["+w:year", "+w:soon"]),
        ("state:odd", [], ["+w:state", "+w:odd"]),
        ('"kind:case"', [], ["+w:kind case"]),
        ("note: this", [], ["+w:note"]),
    ],
)
def test_field_words(typed: str, parameters: list[tuple[str, str]], rest: list[str]) -> None:
    assert parse(typed).filters.parameters() == parameters
    assert atoms(typed) == rest


@pytest.mark.parametrize(
    ("typed", "after", "before"),
    [
        ("after:2023-05-06", dt.date(2023, 5, 6), None),
        ("after:2023 before:2024", dt.date(2023, 1, 1), dt.date(2024, 12, 31)),
        ("before:2024-02", None, dt.date(2024, 2, 29)),
        ("after:2023-13-01 before:2023-99", None, None),
        ("after:0000 before:0000-00", None, None),
    ],
)
def test_days(typed: str, after: dt.date | None, before: dt.date | None) -> None:
    assert (parse(typed).dates.after, parse(typed).dates.before) == (after, before)


@given(st.integers(1, 9999))
def test_numerals_are_read_as_they_are_written(number: int) -> None:
    assert numbering.value(numbering.numeral(number)) == number


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (107, "一百零七"), (110, "一百一十"), (1005, "一千零五")],
)
def test_numerals(number: int, written: str) -> None:
    assert numbering.numeral(number) == written


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

"""The redline: what differs between two texts in keyed parts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.guidance import redline
from portal.guidance.redline import Change, Effort, Op, Part


def shown(old: str, new: str) -> list[str]:
    """Each paragraph as words with [-deletions-] and {+insertions+}."""
    marks = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
    rows = redline.differing(old, new)
    return ["".join(marks[piece.op].format(piece.text) for piece in row.pieces) for row in rows]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The old scope.", "The new scope.", ["The [-old-]{+new+} scope."]),
        ("within 30 days", "within 45 days", ["within [-30-]{+45+} days"]),
        ("see 744.21 first", "see 744.22 first", ["see [-744.21-]{+744.22+} first"]),
        ("一、出口管制物项", "一、出口许可物项", ["一、出口[-管制-]{+许可+}物项"]),
        ("自收到之日起三十日内", "自收到之日起四十五日内", ["自收到之日起[-三十-]{+四十五+}日内"]),
        ("same", "same", ["same"]),
        ("", "words", ["[--]", "{+words+}"]),
        ("One.\nTwo.", "One.\nMiddle.\nTwo.", ["One.", "{+Middle.+}", "Two."]),
        ("One.\nMiddle.\nTwo.", "One.\nTwo.", ["One.", "[-Middle.-]", "Two."]),
        ("Cats sleep all day.", "Licences end in June.", ["[-Cats sleep all day.-]", "{+Licences end in June.+}"]),
    ],
)
def test_two_texts(old: str, new: str, expected: list[str]) -> None:
    assert shown(old, new) == expected


def test_chinese_is_not_shredded_into_single_characters() -> None:
    old = "国家对两用物项出口实行许可制度，出口经营者应当申请许可证。"
    new = "国家对两用物项出口实行许可制度，进口经销商可以办理通行证。"
    (row,) = redline.differing(old, new)
    assert len(row.pieces) <= 5
    assert row.pieces[0].text == "国家对两用物项出口实行许可制度，"


def test_paragraphs_are_aligned_before_words() -> None:
    old = "(a) Exports need a licence.\n(b) Reexports need a licence.\n(c) Records are kept for five years."
    new = "(a) Exports need a licence.\n(c) Records are kept for ten years."
    assert shown(old, new) == [
        "(a) Exports need a licence.",
        "[-(b) Reexports need a licence.-]",
        "(c) Records are kept for [-five-]{+ten+} years.",
    ]


def part(key: str, text: str, heading: str = "") -> Part:
    return Part(key, heading, text)


A, B, C = part("a", "The purpose of the law is this."), part("b", "Its scope is that."), part("c", "Terms mean so.")


def changes(old: list[Part], new: list[Part]) -> list[tuple[str, Change]]:
    return [(line.key, line.change) for line in redline.compare(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([A, B], [A, B], [("a", Change.UNCHANGED), ("b", Change.UNCHANGED)]),
        ([A], [A, B], [("a", Change.UNCHANGED), ("b", Change.INSERTED)]),
        ([A, B, C], [A, C], [("a", Change.UNCHANGED), ("b", Change.REMOVED), ("c", Change.UNCHANGED)]),
        ([B, A], [A], [("b", Change.REMOVED), ("a", Change.UNCHANGED)]),
        ([A, B, C], [C, A, B], [("c", Change.MOVED), ("a", Change.UNCHANGED), ("b", Change.UNCHANGED)]),
        ([A], [part("a", "The purpose of this law is this.")], [("a", Change.CHANGED)]),
        ([A], [part("a", A.text, "Purpose")], [("a", Change.CHANGED)]),
        ([A, B], [A, part("b-1", B.text)], [("a", Change.UNCHANGED), ("b-1", Change.RENUMBERED)]),
        ([part("a", "Reserved.")], [part("b", "Reserved.")], [("a", Change.REMOVED), ("b", Change.INSERTED)]),
        ([], [], []),
    ],
)
def test_parts(old: list[Part], new: list[Part], expected: list[tuple[str, Change]]) -> None:
    assert changes(old, new) == expected


def test_a_renumbered_part_knows_its_old_key() -> None:
    line = redline.compare([A, B], [A, part("b-1", B.text)])[1]
    assert (line.was, line.key) == ("b", "b-1")


def test_insertions_and_deletions_are_counted() -> None:
    (line,) = redline.compare(
        [part("a", "Apply within 30 days.\nGone.")], [part("a", "Apply within 45 working days.\nCome in now.")]
    )
    assert (line.insertions, line.deletions) == (2, 2)


def test_a_part_with_the_same_digest_is_not_read() -> None:
    (line,) = redline.compare([Part("a", "", "left", "d1")], [Part("a", "", "right", "d1")])
    assert line.change is Change.UNCHANGED


# --- Whatever the texts ----------------------------------------------------------------------------

SIGNS = "ab 三四\n。.744-é\U00020000"
TEXTS = st.text(alphabet=SIGNS, max_size=60) | st.text(max_size=30)


@given(TEXTS, TEXTS)
def test_the_redline_of_a_text_gives_both_sides(old: str, new: str) -> None:
    rows = redline.differing(old, new)
    assert redline.old_text(rows) == old
    assert redline.new_text(rows) == new


@given(TEXTS, TEXTS)
def test_it_does_so_when_the_effort_is_spent(old: str, new: str) -> None:
    rows = redline.differing(old, new, Effort(limit=1))
    assert (redline.old_text(rows), redline.new_text(rows)) == (old, new)


@given(st.text(max_size=30))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(row.op is Op.EQUAL for row in redline.differing(text, text))


PARTS = st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.sampled_from(["", "x y", "x z"]), TEXTS), max_size=6)


@given(PARTS, PARTS, st.randoms())
def test_the_redline_of_parts_gives_both_sides(old: dict, new: dict, chance: object) -> None:  # type: ignore[type-arg]
    before = [Part(key, heading, text) for key, (heading, text) in old.items()]
    after = [Part(key, heading, text) for key, (heading, text) in new.items()]
    chance.shuffle(after)  # type: ignore[attr-defined]
    lines = redline.compare(before, after)
    assert redline.old_parts(lines) == [(part.key, part.heading, part.text) for part in before]
    assert redline.new_parts(lines) == [(part.key, part.heading, part.text) for part in after]


@given(TEXTS, TEXTS)
def test_between_two_equal_pieces_there_is_one_change(old: str, new: str) -> None:
    for row in redline.differing(old, new):
        ops = [piece.op for piece in row.pieces]
        assert all(left != right for left, right in pairwise(ops))
        assert (Op.INSERT, Op.DELETE) not in list(pairwise(ops))


# --- Bounds: counted, not timed --------------------------------------------------------------------


def steps(old: str, new: str) -> int:
    effort = Effort(limit=10**12)
    redline.differing(old, new, effort)
    return effort.steps


def words(number: int, prefix: str) -> str:
    return " ".join(f"{prefix}{place}" for place in range(number))


@pytest.mark.parametrize("joint", [" ", ". ", "\n"])
def test_a_text_without_any_likeness_is_not_quadratic(joint: str) -> None:
    """100 KB against 100 KB, as one sentence, as sentences, as paragraphs: twice the length, about twice the work."""

    def made(number: int, prefix: str) -> str:
        return joint.join(f"{prefix}{place} of it" for place in range(number))

    small, large = steps(made(4000, "a"), made(4000, "b")), steps(made(8000, "a"), made(8000, "b"))
    assert large < 2.5 * small
    assert large < 1_500_000


def test_one_side_empty_costs_one_read() -> None:
    assert steps("", words(20_000, "a")) < 100_000


def test_many_alike_paragraphs_are_not_quadratic() -> None:
    old = "\n".join(["Reserved for later use."] * 3000)
    new = "\n".join(["Reserved for earlier use."] * 3000)
    assert steps(old, new) < 400_000


def test_effort_ends_the_search_for_words_but_not_the_redline() -> None:
    effort = Effort(limit=1)
    rows = redline.differing("one two three four", "one two three five", effort)
    assert [row.op for row in rows] == [Op.DELETE, Op.INSERT]

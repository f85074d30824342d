"""Drawing: by lesson counts, without repeats, the same for the same seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.courses.drawing import Drawable, NotEnoughQuestions, draw

pools = st.integers(1, 5).flatmap(
    lambda lessons: st.lists(st.integers(1, lessons), min_size=1, max_size=40).map(
        lambda drawn: [
            Drawable(number, lesson, tuple("abcd"[: 2 + number % 3])) for number, lesson in enumerate(drawn, 1)
        ]
    )
)


@given(pools, st.data(), st.text(min_size=1, max_size=20))
def test_a_paper_has_the_counts_of_its_lessons(pool, data, seed):
    available = {lesson: sum(row.lesson == lesson for row in pool) for lesson in {row.lesson for row in pool}}
    counts = [(lesson, data.draw(st.integers(0, number))) for lesson, number in available.items()]
    paper = draw(pool, counts, seed)
    by_id = {row.id: row for row in pool}
    assert len({item.id for item in paper}) == len(paper)
    assert {lesson: sum(by_id[item.id].lesson == lesson for item in paper) for lesson, _count in counts} == dict(counts)
    assert all(sorted(item.order) == sorted(by_id[item.id].options) for item in paper)


@given(pools, st.text(min_size=1, max_size=20), st.randoms())
def test_the_order_of_the_pool_does_not_matter(pool, seed, random):
    counts = [(pool[0].lesson, 1)]
    shuffled = pool.copy()
    random.shuffle(shuffled)
    assert draw(pool, counts, seed) == draw(shuffled, counts, seed)


EXPECTED = [(10, "bac"), (5, "acb"), (12, "cab"), (9, "cba")]


def test_the_paper_of_a_seed_stays_the_same_for_ever():
    """Written down once: whoever changes the drawing changes what old seeds mean."""
    pool = [Drawable(number, 1 + number % 2, ("a", "b", "c")) for number in range(1, 13)]
    paper = draw(pool, [(1, 2), (2, 2)], "seed")
    assert [(item.id, "".join(item.order)) for item in paper] == EXPECTED


def test_seeds_draw_different_papers():
    pool = [Drawable(number, 1, ("a", "b", "c", "d")) for number in range(1, 31)]
    papers = {tuple(item.id for item in draw(pool, [(1, 3)], f"{seed}")) for seed in range(200)}
    assert len(papers) > 190
    assert {number for paper in papers for number in paper} == set(range(1, 31))


def test_too_few_questions():
    with pytest.raises(NotEnoughQuestions, match="lesson 1 has 1 questions"):
        draw([Drawable(1, 1, ("a", "b"))], [(1, 2)], "seed")

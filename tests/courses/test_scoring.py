"""Marking: whole answers, whole numbers."""

import pytest

from portal.courses.scoring import fraction, score


@pytest.mark.parametrize(
    ("chosen", "correct", "worth"),
    [
        (["a"], ["a"], 1),
        (["b"], ["a"], 0),
        ([], ["a"], 0),
        (["b", "a"], ["a", "b"], 1),
        (["a"], ["a", "b"], 0),
        (["a", "b", "c"], ["a", "b"], 0),
        ([], [], 0),
    ],
)
def test_only_exactly_the_right_options_count(chosen, correct, worth):
    assert fraction(chosen, correct) == worth


def test_a_score_is_rounded_down_but_passes_on_whole_numbers():
    two_thirds = score([1, 1, 0], pass_mark=66)
    assert (two_thirds.percent, two_thirds.passed) == (66, True)
    assert not score([1, 1, 0], pass_mark=67).passed
    assert score([1, 1, 1, 1, 0], pass_mark=80).passed


def test_an_empty_paper_is_never_passed():
    assert not score([], pass_mark=1).passed

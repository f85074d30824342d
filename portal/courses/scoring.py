"""Marking. Pure."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """`percent` is rounded down for showing; `passed` is decided on whole numbers, never on the rounded one."""

    correct: int
    total: int
    percent: int
    passed: bool


def fraction(chosen: Collection[str], correct: Collection[str]) -> int:
    """1 when exactly the right options are chosen, else 0."""
    return int(bool(correct) and set(chosen) == set(correct))


def score(marks: Collection[int], *, pass_mark: int) -> Score:
    """The result of these marks; an empty paper is never passed."""
    total, correct = len(marks), sum(marks)
    percent = correct * 100 // total if total else 0
    return Score(correct, total, percent, total > 0 and correct * 100 >= pass_mark * total)

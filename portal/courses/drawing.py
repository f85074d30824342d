"""Drawing a paper from the bank. Pure, and the same for the same seed on every machine and version of Python:
the order comes from hashes, not from a random generator."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawable:
    """A question of the pool: its identity, its lesson, the labels of its options."""

    id: int
    lesson: int
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question as asked: its identity and its options in the order shown."""

    id: int
    order: tuple[str, ...]


class NotEnoughQuestions(ValueError):
    """A lesson has fewer questions than the paper needs."""


def _rank(*parts: object) -> bytes:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()


def draw(pool: Iterable[Drawable], counts: Sequence[tuple[int, int]], seed: str) -> list[Drawn]:
    """The paper of this seed: for each (lesson, count) as many different questions, all in one shuffled order.

    The order of `pool` does not matter. NotEnoughQuestions when a lesson has too few.
    """
    questions = sorted(pool, key=lambda question: question.id)
    chosen: list[Drawable] = []
    for lesson, count in counts:
        ranked = sorted(
            (question for question in questions if question.lesson == lesson),
            key=lambda question: _rank(seed, "choose", question.id),
        )
        if len(ranked) < count:
            raise NotEnoughQuestions(f"lesson {lesson} has {len(ranked)} questions, the paper needs {count}")
        chosen += ranked[:count]
    chosen.sort(key=lambda question: _rank(seed, "order", question.id))
    return [
        Drawn(
            question.id,
            tuple(sorted(question.options, key=lambda label: _rank(seed, "option", question.id, label))),
        )
        for question in chosen
    ]

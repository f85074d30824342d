"""Scores, pure: from what was asked and answered to numbers that can be opened down to the answers.

An answer is worth something between 0 and 1, kept as an interval [low, high]: a plain answer is a point, “uncertain”
and “not answered” are the whole [0, 1], because either could turn out to be anything. A score is the mean of what the
answers are worth, weighted. What does not apply, and what is not scored, leaves the sum altogether. Therefore answering
one more question never widens a score's interval, and never moves it outside the old one. Fractions keep it exact: the
order of the questions does not matter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

ZERO, ONE = Fraction(0), Fraction(1)
SCALE: dict[str, Fraction | None] = {"yes": ONE, "partly": Fraction(1, 2), "no": ZERO, "uncertain": None}
"""The words of a scale question, best first, and their worth; None is the whole interval."""


class Standing(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    UNCERTAIN = "uncertain"
    UNANSWERED = "unanswered"
    NOT_APPLICABLE = "not-applicable"
    NOT_SCORED = "not-scored"


class Band(StrEnum):
    """A score in a word. The limits are ours: half and four fifths of what could be reached."""

    WEAK = "weak"
    DEVELOPING = "developing"
    STRONG = "strong"


LIMITS = [(Fraction(4, 5), Band.STRONG), (Fraction(1, 2), Band.DEVELOPING), (ZERO, Band.WEAK)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What scoring must know of a question. `options` is label -> score, None for one that is not scored."""

    label: str
    type: str
    weight: Fraction = ONE
    options: Mapping[str, Fraction | None] | None = None

    @property
    def scored(self) -> bool:
        """Whether answers to it can count at all."""
        if self.weight <= 0:
            return False
        if self.type == "scale":
            return True
        return self.type in {"single", "multiple"} and any(score is not None for score in (self.options or {}).values())


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered: see models.AnswerEvent for the forms of `value`."""

    value: Any = None
    not_applicable: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What one answer is worth, and how much it weighs."""

    label: str
    standing: Standing
    weight: Fraction
    low: Fraction = ZERO
    high: Fraction = ONE

    @property
    def counts(self) -> bool:
        return self.standing not in {Standing.NOT_APPLICABLE, Standing.NOT_SCORED}

    @property
    def loss(self) -> Fraction:
        """What the answer costs at worst: its weight times what is missing to 1."""
        return self.weight * (ONE - self.low) if self.counts else ZERO


@dataclass(frozen=True, slots=True)
class Score:
    """A weighted mean with what it was made of. `low` and `high` are None when nothing counts."""

    parts: tuple[Part, ...]
    weight: Fraction
    low: Fraction | None
    high: Fraction | None

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def bands(self) -> tuple[Band, Band] | None:
        """The words for both ends; None when nothing counts."""
        if self.low is None or self.high is None:
            return None
        return band(self.low), band(self.high)

    def count(self, *standings: Standing) -> int:
        return sum(part.standing in standings for part in self.parts)


def part(asked: Asked, given: Given | None) -> Part:
    """What an answer to a question is worth."""
    if not asked.scored:
        return Part(asked.label, Standing.NOT_SCORED, asked.weight)
    if given is not None and given.not_applicable:
        return Part(asked.label, Standing.NOT_APPLICABLE, asked.weight)
    if given is None or given.value in (None, "", []):
        return Part(asked.label, Standing.UNANSWERED, asked.weight)
    if asked.type == "scale":
        return _scale(asked, str(given.value))
    chosen = given.value if isinstance(given.value, list) else [given.value]
    return _chosen(asked, [str(label) for label in chosen])


def _scale(asked: Asked, word: str) -> Part:
    worth = SCALE[word]
    if worth is None:
        return Part(asked.label, Standing.UNCERTAIN, asked.weight)
    return Part(asked.label, Standing.ANSWERED, asked.weight, worth, worth)


def _chosen(asked: Asked, labels: list[str]) -> Part:
    """The sum of the chosen options' scores, at most 1. Nothing but options without a score: not scored."""
    options = asked.options or {}
    scores = [score for label in dict.fromkeys(labels) if (score := options[label]) is not None]
    if not scores:
        return Part(asked.label, Standing.NOT_SCORED, asked.weight)
    worth = min(ONE, sum(scores, ZERO))
    return Part(asked.label, Standing.ANSWERED, asked.weight, worth, worth)


def score(parts: Iterable[Part]) -> Score:
    """The weighted mean of what counts among these parts."""
    kept = tuple(parts)
    counted = [item for item in kept if item.counts]
    weight = sum((item.weight for item in counted), ZERO)
    if not weight:
        return Score(kept, ZERO, None, None)
    low = sum((item.weight * item.low for item in counted), ZERO) / weight
    high = sum((item.weight * item.high for item in counted), ZERO) / weight
    return Score(kept, weight, low, high)


def band(value: Fraction) -> Band:
    """The word for a score between 0 and 1."""
    return next(word for limit, word in LIMITS if value >= limit)


def gaps(parts: Iterable[Part]) -> list[Part]:
    """What is not fully in place, what weighs most first, then what is furthest from 1; else in the given order."""
    return sorted((item for item in parts if item.counts and item.low < ONE), key=lambda item: (-item.weight, item.low))

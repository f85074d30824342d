"""Questions with the answers that count, in order: what pages, results and exports are made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch

from portal.assessments.models import (
    Answer,
    AnswerEvent,
    Assessment,
    Option,
    Question,
    QuestionnaireVersion,
    Section,
)
from portal.assessments.scoring import Asked, Given, Part, part


@dataclass(slots=True)
class Line:
    """One question, what was answered, and the event behind it (None when nothing is stored)."""

    question: Question
    options: list[Option]
    given: Given | None = None
    event: AnswerEvent | None = None

    @property
    def value(self) -> Any:
        return self.given.value if self.given else None

    @property
    def not_applicable(self) -> bool:
        return bool(self.given and self.given.not_applicable)

    @property
    def number(self) -> int:
        """The number of the answer that counts, 0 for none: what a form sends back as what it saw."""
        return self.event.number if self.event else 0

    @property
    def is_answered(self) -> bool:
        return self.not_applicable or self.value not in (None, "", [])

    @property
    def part(self) -> Part:
        return part(asked(self.question, self.options), self.given)

    def option(self, label: str) -> Option | None:
        return next((option for option in self.options if option.label == label), None)


@dataclass(slots=True)
class SectionSheet:
    section: Section
    lines: list[Line] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return sum(line.is_answered for line in self.lines)


@dataclass(slots=True)
class Sheet:
    """All or some sections of a questionnaire with the answers of one assessment, or of nobody."""

    version: QuestionnaireVersion
    sections: list[SectionSheet]
    assessment: Assessment | None = None

    @property
    def lines(self) -> Iterator[Line]:
        for below in self.sections:
            yield from below.lines

    def line(self, label: str) -> Line | None:
        return next((line for line in self.lines if line.question.label == label), None)

    @property
    def unanswered(self) -> list[Line]:
        return [line for line in self.lines if not line.is_answered]


def asked(question: Question, options: list[Option]) -> Asked:
    """What scoring must know of a question."""
    scores = {option.label: None if option.score is None else Fraction(option.score) for option in options}
    return Asked(question.label, question.type, Fraction(question.weight), scores or None)


def sheet(
    version: QuestionnaireVersion,
    *,
    assessment: Assessment | None = None,
    only: Section | None = None,
    given: Mapping[str, Given] | None = None,
) -> Sheet:
    """The questions with their answers, of one section or all. Four queries, whatever the number of questions.

    `given` (label -> answer) stands in for the answers of an assessment, for answers that are not stored.
    """
    sections = [only] if only is not None else list(version.sections.order_by("position"))
    below = {section.pk: SectionSheet(section) for section in sections}
    options = Prefetch("options", Option.objects.order_by("position"))
    questions = Question.objects.filter(section__in=sections).order_by("position").prefetch_related(options)
    events = _events(assessment, only) if assessment is not None else {}
    for question in questions:
        event = events.get(question.pk)
        answer = Given(event.value, event.not_applicable) if event else (given or {}).get(question.label)
        below[question.section_id].lines.append(Line(question, list(question.options.all()), answer, event))
    return Sheet(version, list(below.values()), assessment)


def _events(assessment: Assessment, only: Section | None) -> dict[int, AnswerEvent]:
    rows = Answer.objects.filter(assessment=assessment).select_related("event__author")
    if only is not None:
        rows = rows.filter(question__section=only)
    return {row.question_id: row.event for row in rows}

"""The files of a course as typed records, and what they say together."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from portal.core.authored import Cite, Loaded, Record, Refusal, Slug, Source, Text


class DrawRecord(Record):
    lesson: int = Field(ge=1)
    count: int = Field(ge=1)


class CourseRecord(Record):
    slug: Slug
    version: int = Field(ge=1)
    title: Text
    summary: Text
    audience: Text = {}
    objectives: list[Text] = []
    minutes: int = Field(ge=1)
    topics: list[str] = []
    pass_mark: int = Field(ge=1, le=100)
    time_limit: int | None = Field(default=None, ge=1)
    valid_months: int | None = Field(default=None, ge=1)
    attempts: int = Field(ge=1)
    draw: list[DrawRecord] = Field(min_length=1)
    as_of: dt.date | None = None
    sources: list[Source] = []
    to_check: list[Text] = []


class LessonRecord(Record):
    title: str
    minutes: int = Field(ge=1)
    objectives: list[str] = []
    sources: list[Source] = []
    body: str


class LessonTranslation(Record):
    title: str
    objectives: list[str] = []
    body: str


class OptionRecord(Record):
    label: Slug
    text: Text
    correct: bool = False


class QuestionRecord(Record):
    label: Slug
    version: int = Field(ge=1)
    lesson: int = Field(ge=1)
    type: Literal["single", "multiple"]
    text: Text
    options: list[OptionRecord] = Field(min_length=2)
    explanation: Text = {}
    cites: list[Cite] = []

    @model_validator(mode="after")
    def _answerable(self) -> Self:
        labels = [option.label for option in self.options]
        if len(set(labels)) != len(labels):
            raise ValueError("two options have the same label")
        if not self.correct:
            raise ValueError("no option is correct")
        if self.type == "single" and len(self.correct) > 1:
            raise ValueError("a single choice has one correct option")
        return self

    @property
    def correct(self) -> list[str]:
        return sorted(option.label for option in self.options if option.correct)

    def words(self) -> dict[str, Any]:
        """What a paper shows and marks, for fingerprints."""
        return self.model_dump(mode="json", include={"lesson", "type", "text", "options", "explanation"})


class QuestionsRecord(Record):
    questions: list[QuestionRecord]


RULES = {"title", "summary", "audience", "objectives", "minutes", "pass_mark", "time_limit", "valid_months"}


def lessons_of(loaded: Loaded) -> list[tuple[int, Loaded]]:
    """The lessons of a course with the numbers that their file names begin with."""
    return [(int(lesson.path.rpartition("/")[2][:2]), lesson) for lesson in loaded.parts.get("lessons", [])]


def texts_of(lesson: Loaded) -> dict[str, Any]:
    """language -> title, objectives and body of a lesson."""
    return {"en": lesson.record, **lesson.translations}


def questions_of(loaded: Loaded) -> Iterator[tuple[str, int, QuestionRecord]]:
    """(path, position, question) of the bank."""
    for file in loaded.parts.get("questions", []):
        for position, question in enumerate(file.record.questions):
            yield file.path, position, question


def words_of(loaded: Loaded) -> dict[str, Any]:
    """Everything in a course that people rely on, for fingerprints: texts, rules, lessons."""
    words: dict[str, Any] = loaded.record.model_dump(mode="json", include=RULES | {"attempts", "draw"})
    words["lessons"] = {
        number: {
            language: text.model_dump(mode="json", include={"title", "objectives", "body"})
            for language, text in texts_of(lesson).items()
        }
        for number, lesson in lessons_of(loaded)
    }
    return words


def faults(loaded: Loaded) -> list[Refusal]:
    """What the files of one course say against one another."""
    return [*_lesson_faults(loaded), *_question_faults(loaded), *_draw_faults(loaded)]


def _lesson_faults(loaded: Loaded) -> Iterator[Refusal]:
    folder = loaded.path.split("/")[-2]
    if folder != loaded.record.slug:
        yield Refusal(loaded.path, ("slug",), f"the folder is called “{folder}”")
    for wanted, (number, lesson) in enumerate(lessons_of(loaded), 1):
        if number != wanted:
            yield Refusal(lesson.path, (), f"lessons are numbered from 01 without gaps: this should be {wanted:02}")


def _question_faults(loaded: Loaded) -> Iterator[Refusal]:
    numbers, seen = {number for number, _lesson in lessons_of(loaded)}, set()
    for path, position, question in questions_of(loaded):
        if question.label in seen:
            yield Refusal(path, ("questions", position, "label"), f"the label “{question.label}” stands here twice")
        seen.add(question.label)
        if question.lesson not in numbers:
            yield Refusal(path, ("questions", position, "lesson"), f"there is no lesson {question.lesson}")


def _draw_faults(loaded: Loaded) -> Iterator[Refusal]:
    bank = [question.lesson for _path, _position, question in questions_of(loaded)]
    drawn: set[int] = set()
    for position, part in enumerate(loaded.record.draw):
        loc = ("draw", position)
        if part.lesson in drawn:
            yield Refusal(loaded.path, loc, f"lesson {part.lesson} is drawn twice")
        drawn.add(part.lesson)
        if bank.count(part.lesson) < part.count:
            yield Refusal(
                loaded.path,
                loc,
                f"the paper draws {part.count} questions of lesson {part.lesson}, "
                f"the bank has {bank.count(part.lesson)}",
            )

"""A question as it stands on a page: what is asked, what helps, what was answered, what went wrong."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.assessments.forms import Entry, names
from portal.assessments.models import (
    AnswerEvent,
    Option,
    Question,
    QuestionType,
    ReviewNote,
)
from portal.assessments.presenting.scores import SCALE_WORDS, STANDING_WORDS, percent
from portal.assessments.queries import Line
from portal.core import markdown
from portal.core.texts import pick
from portal.references.models import Address
from portal.references.queries import addresses
from portal.references.rendering import linker


@dataclass(slots=True)
class Choice:
    """One radio button or box."""

    value: str
    text: str
    language: str
    chosen: bool


@dataclass(slots=True)
class Block:
    """Everything that the template of a question needs; no query is made from it."""

    line: Line
    why: SafeString
    help: SafeString
    cites: list[Address]
    guideline: Address | None
    remarks: list[ReviewNote]
    sent: Entry | None = None
    error: str = ""
    conflict: AnswerEvent | None = None
    readonly: bool = False
    names: dict[str, str] = field(default_factory=dict)

    @property
    def question(self) -> Question:
        return self.line.question

    @property
    def event(self) -> AnswerEvent | None:
        return self.line.event

    @property
    def type(self) -> str:
        return self.line.question.type

    @property
    def anchor(self) -> str:
        return self.line.question.label

    @property
    def value(self) -> Any:
        return self.sent.value if self.sent else self.line.value

    @property
    def not_applicable(self) -> bool:
        return self.sent.not_applicable if self.sent else self.line.not_applicable

    @property
    def reason(self) -> str:
        return self.sent.reason if self.sent else (self.line.event.reason if self.line.event else "")

    @property
    def note(self) -> str:
        return self.sent.note if self.sent else (self.line.event.note if self.line.event else "")

    @property
    def seen(self) -> int:
        return self.line.number

    @property
    def field_names(self) -> str:
        """For htmx: only this question's fields are sent when it saves itself."""
        return ",".join(self.names.values())

    @property
    def chooses(self) -> bool:
        return self.type in {QuestionType.SCALE, QuestionType.SINGLE}

    @property
    def choices(self) -> list[Choice]:
        chosen = self.value if isinstance(self.value, list) else [self.value]
        return [
            Choice(value, words, language, not self.not_applicable and value in chosen)
            for value, words, language in _choices(self.question, self.line.options)
        ]

    @property
    def answer_words(self) -> str:
        return words_of(self.line)

    @property
    def conflict_words(self) -> str:
        return written(self.question, self.line.options, self.conflict) if self.conflict else ""


def _choices(question: Question, options: Iterable[Option]) -> list[tuple[str, str, str]]:
    if question.type == QuestionType.SCALE:
        return [(value, str(words), "") for value, words in SCALE_WORDS.items()]
    return [(option.label, *pick(option.text)) for option in options]


def words_of(line: Line) -> str:
    """The answer that counts, in the reader's language; "" when there is none."""
    if line.event is not None:
        return written(line.question, line.options, line.event)
    return _written(line.question, line.options, line.value, line.not_applicable, "")


def written(question: Question, options: Iterable[Option], event: AnswerEvent) -> str:
    """What an event says, in the reader's language."""
    return _written(question, options, event.value, event.not_applicable, event.reason)


def _written(question: Question, options: Iterable[Option], value: Any, not_applicable: bool, reason: str) -> str:
    if not_applicable:
        return _("Not applicable: %(reason)s") % {"reason": reason} if reason else _("Not applicable")
    if value in (None, "", []):
        return ""
    if question.type == QuestionType.DATE:
        return str(formats.date_format(dt.date.fromisoformat(value), "DATE_FORMAT"))
    labels = {label: words for label, words, _language in _choices(question, options)}
    values = value if isinstance(value, list) else [value]
    return _("; ").join(labels.get(str(one), str(one)) for one in values)


def blocks(
    lines: Iterable[Line],
    *,
    remarks: Mapping[int | None, list[ReviewNote]] | None = None,
    sent: Mapping[str, Entry] | None = None,
    errors: Mapping[str, str] | None = None,
    conflicts: Mapping[str, AnswerEvent] | None = None,
    readonly: bool = False,
) -> list[Block]:
    """The questions with their texts rendered and their links found, in two queries for all of them."""
    listed = list(lines)
    book = addresses(key for line in listed for key in _keys(line.question))
    cite = linker(book)

    def html(text: object) -> SafeString:
        return markdown.render(pick(text)[0], cite=cite)

    return [
        Block(
            line=line,
            why=html(line.question.why),
            help=html(line.question.help),
            cites=[book[key] for key in line.question.cites if key in book],
            guideline=book.get(line.question.guideline.partition("#")[0]),
            remarks=(remarks or {}).get(line.question.pk, []),
            sent=(sent or {}).get(line.question.label),
            error=(errors or {}).get(line.question.label, ""),
            conflict=(conflicts or {}).get(line.question.label),
            readonly=readonly,
            names=dict(zip(("value", "na", "reason", "note", "seen"), names(line.question), strict=True)),
        )
        for line in listed
    ]


def _keys(question: Question) -> list[str]:
    texts = [words for text in (question.why, question.help) for words in [pick(text)[0]]]
    cited = [key for words in texts for key, _line in markdown.citations(words)]
    return [*cited, *question.cites, *([question.guideline.partition("#")[0]] if question.guideline else [])]


def worths(lines: Iterable[Line]) -> list[tuple[Line, str, str]]:
    """Each question with what its answer is worth and weighs, in words: the bottom of a score's explanation."""
    return [(line, _worth(line), f"{line.question.weight.normalize():f}") for line in lines]


def _worth(line: Line) -> str:
    part = line.part
    if not part.counts:
        return str(STANDING_WORDS[part.standing])
    low, high = percent(part.low), percent(part.high)
    return f"{low} %" if low == high else f"{low}–{high} % ({STANDING_WORDS[part.standing]})"

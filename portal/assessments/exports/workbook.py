"""Every answer of an assessment as XLSX: one sheet for the scores, one for the answers, one for their history."""

import io
import re
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from portal.assessments.models import AnswerEvent, Assessment, QuestionRequirement
from portal.assessments.presenting import STANDING_WORDS, percent, shown, words_of, written
from portal.assessments.queries import Line, Result
from portal.core import markdown
from portal.core.texts import pick

LONGEST = 32_000  # a cell holds 32,767 characters
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
HEAD = PatternFill("solid", fgColor="E7EDF9")


def answers_xlsx(assessment: Assessment, result: Result) -> bytes:
    """The workbook. Words of people are always text, never formulas. Two queries more than the result's."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)  # noqa: S101 - narrows the type
    _summary(first, assessment, result)
    _answers(book.create_sheet(_title(_("Answers"))), result)
    _history(book.create_sheet(_title(_("History"))), assessment, result)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _title(words: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", words)[:31]


def _put(sheet: Worksheet, row: int, values: Iterable[Any]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        assert isinstance(cell, Cell)  # noqa: S101 - narrows the type
        if isinstance(value, str):
            _write_text(cell, value)
        else:
            cell.value = value
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _write_text(cell: Cell, words: str) -> None:
    """Text stays text: `=1+1`, `+…`, `-…` and `@…` neither run here nor after saving as CSV from a spreadsheet."""
    text = UNPRINTABLE.sub("", words)[:LONGEST]
    cell.value = text
    cell.data_type = "s"
    if text[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        cell.quotePrefix = True


def _table(sheet: Worksheet, start: int, heads: list[str], widths: list[int], rows: Iterable[Iterable[Any]]) -> int:
    _put(sheet, start, heads)
    for column, width in enumerate(widths, 1):
        sheet.cell(start, column).font = Font(bold=True)
        sheet.cell(start, column).fill = HEAD
        sheet.column_dimensions[get_column_letter(column)].width = width
    row = start
    for row, values in enumerate(rows, start + 1):
        _put(sheet, row, values)
    return row


def _summary(sheet: Worksheet, assessment: Assessment, result: Result) -> None:
    sheet.title = _title(_("Result"))
    version = assessment.questionnaire_version
    facts = [
        [_("Assessment"), assessment.title],
        [_("Organisation"), assessment.organisation.name],
        [_("Questionnaire"), f"{pick(version.title)[0]} ({_('version %(n)s') % {'n': version.number}})"],
        [_("Scope"), assessment.scope],
        [_("State"), assessment.get_state_display()],
        [_("Address"), assessment.key],
    ]
    for row, values in enumerate(facts, 1):
        _put(sheet, row, values)
    heads = [
        _("Element"),
        "",
        _("Score, at least (%)"),
        _("Score, at most (%)"),
        _("In words"),
        _("What leaves it open"),
    ]
    rows = [["", _("Overall"), result.total]]
    rows += [[row.element.label, pick(row.element.title)[0], row.score] for row in result.elements]
    rows += [[row.sheet.section.label, pick(row.sheet.section.title)[0], row.score] for row in result.sections]
    scored = [[*names, *_numbers(score)] for *names, score in rows]
    _table(sheet, len(facts) + 2, heads, [18, 60, 14, 14, 28, 28], scored)


def _numbers(score: Any) -> list[Any]:
    told = shown(score)
    return [told.low, told.high, told.words, told.because]


def _answers(sheet: Worksheet, result: Result) -> None:
    pairs = QuestionRequirement.objects.filter(question__version=result.sheet.version).select_related("requirement")
    assessed: dict[int, list[str]] = {}
    for pair in pairs.order_by("requirement__position"):
        words = f"{pair.requirement.key}: {pick(pair.requirement.text)[0]}"
        assessed.setdefault(pair.question_id, []).append(words)
    heads = [
        _("Question"),
        _("Section"),
        _("Text"),
        _("Answer"),
        _("Standing"),
        _("Worth, at least (%)"),
        _("Worth, at most (%)"),
        _("Weight"),
        _("Note"),
        _("Answered by"),
        _("Answered at"),
        _("Requirements"),
        _("What to do"),
    ]
    rows = [
        _answer_row(line, pick(below.section.title)[0], assessed.get(line.question.pk, []))
        for below in result.sheet.sections
        for line in below.lines
    ]
    _table(sheet, 1, heads, [20, 26, 60, 18, 16, 12, 12, 10, 40, 20, 20, 60, 50], rows)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _answer_row(line: Line, section: str, requirements: list[str]) -> list[Any]:
    part, event = line.part, line.event
    worth = [percent(part.low), percent(part.high)] if part.counts else [None, None]
    return [
        line.question.key,
        section,
        _plain(line.question.text),
        words_of(line),
        str(STANDING_WORDS[part.standing]),
        *worth,
        float(line.question.weight),
        event.note if event else "",
        str(event.author) if event else "",
        _moment(event),
        "\n".join(requirements),
        _plain(line.question.action),
    ]


def _plain(text: object) -> str:
    return markdown.plain(pick(text)[0])


def _moment(event: AnswerEvent | None) -> Any:
    """The reader's local time; spreadsheets know no zones."""
    return timezone.localtime(event.at).replace(tzinfo=None, microsecond=0) if event else ""


def _history(sheet: Worksheet, assessment: Assessment, result: Result) -> None:
    lines = {line.question.pk: line for line in result.sheet.lines}
    events = AnswerEvent.objects.filter(assessment=assessment).select_related("author")
    heads = [
        _("Question"),
        pgettext("order", "Number"),
        _("Answer"),
        _("Note"),
        _("Who"),
        _("When"),
        _("Kept aside"),
        _("Digest"),
    ]
    rows = [
        [
            lines[event.question_id].question.key,
            event.number,
            written(lines[event.question_id].question, lines[event.question_id].options, event),
            event.note,
            str(event.author),
            _moment(event),
            _("yes") if event.aside else "",
            event.digest,
        ]
        for event in events.order_by("question__position", "number")
    ]
    _table(sheet, 1, heads, [20, 9, 18, 40, 20, 20, 12, 20], rows)
    sheet.freeze_panes = "A2"

"""The report of an assessment as PDF, in the reader's language."""

from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.assessments.models import Assessment
from portal.assessments.presenting import Shown, shown, words_of
from portal.assessments.queries import Gap, Line, Result
from portal.core import markdown, pdf
from portal.core.texts import pick


def report_pdf(assessment: Assessment, result: Result) -> bytes:
    """Scores with their intervals, gaps with what to do, and every answer with who gave it and when."""
    return pdf.compile("assessment.typ", _data(assessment, result), get_language() or "en")


def _words(text: object) -> str:
    return markdown.plain(pick(text)[0])


def _data(assessment: Assessment, result: Result) -> dict[str, Any]:
    version = assessment.questionnaire_version
    return {
        "title": assessment.title,
        "organisation": assessment.organisation.name,
        "footer": f"{assessment.organisation.name} · {assessment.title}",
        "facts": _facts(assessment),
        "labels": _labels(),
        "total": _score(shown(result.total)),
        "elements": [
            {"name": pick(row.element.title)[0], "label": row.element.label, **_score(shown(row.score))}
            for row in result.elements
        ],
        "sections": [{"name": pick(row.sheet.section.title)[0], **_score(shown(row.score))} for row in result.sections],
        "gaps": [_gap(gap) for gap in result.gaps],
        "answers": [
            {"name": pick(below.section.title)[0], "lines": [_line(line) for line in below.lines]}
            for below in result.sheet.sections
        ],
        "draft": assessment.state not in {"approved", "closed"},
        "questionnaire": _words(version.title),
    }


def _facts(assessment: Assessment) -> list[list[str]]:
    version = assessment.questionnaire_version
    period = [
        formats.date_format(day, "DATE_FORMAT") for day in (assessment.period_from, assessment.period_until) if day
    ]
    rows = [
        [_("Questionnaire"), f"{pick(version.title)[0]} ({_('version %(n)s') % {'n': version.number}})"],
        [_("Scope"), assessment.scope],
        [_("Period"), " – ".join(period)],
        [_("State"), assessment.get_state_display()],
        [_("Submitted by"), _who(assessment.submitted_by, assessment.submitted_at)],
        [_("Reviewed by"), _who(assessment.reviewed_by, assessment.reviewed_at)],
        [_("Printed"), formats.date_format(timezone.localtime(), "DATETIME_FORMAT")],
    ]
    return [row for row in rows if row[1]]


def _who(person: object, at: Any) -> str:
    if person is None or at is None:
        return ""
    return f"{person}, {formats.date_format(timezone.localtime(at), 'DATETIME_FORMAT')}"


def _labels() -> dict[str, str]:
    return {
        "report": _("Self-assessment report"),
        "draft": _("Not yet approved: these answers may still change."),
        "total": _("Overall"),
        "elements": _("Score per element"),
        "sections": _("Score per section"),
        "element": _("Element"),
        "section": _("Section"),
        "score": _("Score"),
        "reads": _("In words"),
        "open": _("What leaves it open"),
        "gaps": _("Gaps, what weighs most first"),
        "no_gaps": _("No gap is left."),
        "weight": _("Weight"),
        "do": _("What to do"),
        "answers": _("All answers"),
        "note": _("Note"),
        "unanswered": _("Not answered"),
        "how": _(
            "Yes counts 1, partly ½, no 0. Uncertain and not answered could be anything, so the score is a range. "
            "What does not apply is left out."
        ),
    }


def _score(score: Shown) -> dict[str, Any]:
    return {
        "number": score.number,
        "words": score.words,
        "low": score.low,
        "high": score.high,
        "because": score.because,
        "kind": score.kind,
    }


def _gap(gap: Gap) -> dict[str, Any]:
    question = gap.line.question
    return {
        "label": question.label,
        "text": _words(question.text),
        "answer": words_of(gap.line) or _("Not answered"),
        "weight": f"{question.weight.normalize():f}",
        "action": _words(question.action),
        "section": pick(gap.section.section.title)[0],
    }


def _line(line: Line) -> dict[str, Any]:
    event = line.event
    return {
        "label": line.question.label,
        "text": _words(line.question.text),
        "answer": words_of(line),
        "note": event.note if event else "",
        "by": _who(event.author, event.at) if event else "",
    }

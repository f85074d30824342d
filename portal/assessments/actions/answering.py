"""Answering one question: append-only, one answer counts, and nobody's words are lost when two people meet."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.assessments import chain
from portal.assessments.actions.locking import locked, must_be_open, record
from portal.assessments.models import (
    Answer,
    AnswerEvent,
    Assessment,
    Channel,
    DelegationState,
    Question,
    QuestionType,
    State,
)
from portal.assessments.queries.access import delegations_of
from portal.assessments.scoring import SCALE
from portal.core.errors import NotAllowed, NotFound, PortalError
from portal.organisations.permissions import can

LONGEST = 20_000
LONGEST_NUMBER = 40
# PostgreSQL keeps no null character, and half of a character has no bytes.
UNWRITABLE = re.compile("[\\x00\\ud800-\\udfff]")


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an answer: `event` is the row with these words, `counting` the one that counts now.

    They differ when somebody else answered meanwhile: then the words are kept aside, and the person decides.
    """

    event: AnswerEvent | None
    counting: AnswerEvent | None
    changed: bool = True

    @property
    def aside(self) -> bool:
        return self.event is not None and self.event.aside


def cleaned(question: Question, value: Any) -> Any:
    """The stored form of a value, None for nothing; PortalError when it does not fit the question."""
    if value in (None, "", []):
        return None
    if question.type == QuestionType.SCALE:
        return _one_of(value, list(SCALE))
    if question.type in {QuestionType.SINGLE, QuestionType.MULTIPLE}:
        labels = [option.label for option in question.options.all()]
        return _one_of(value, labels) if question.type == QuestionType.SINGLE else _several_of(value, labels)
    return {QuestionType.NUMBER: _number, QuestionType.DATE: _date}.get(QuestionType(question.type), _text)(value)


def _several_of(value: Any, labels: list[str]) -> list[str]:
    chosen = {_one_of(label, labels) for label in (value if isinstance(value, list) else [value])}
    return [label for label in labels if label in chosen]


def _one_of(value: Any, allowed: list[str]) -> str:
    if value not in allowed:
        raise PortalError(_("“%(value)s” is not one of the answers to this question.") % {"value": value})
    return str(value)


def _number(value: Any) -> str:
    typed = str(value).strip().replace(",", "")
    refusal = PortalError(_("“%(value)s” is not a number.") % {"value": typed[:LONGEST_NUMBER]})
    if len(typed) > LONGEST_NUMBER:
        raise refusal
    try:
        number = Decimal(typed)
    except InvalidOperation as error:
        raise refusal from error
    # An exponent is written out here: 1e999999999 would become a text of a gigabyte.
    if not number.is_finite() or abs(number.adjusted()) > LONGEST_NUMBER:
        raise refusal
    return f"{number:f}"


def _date(value: Any) -> str:
    try:
        return dt.date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise PortalError(
            _("“%(value)s” is not a date. Write it as year, month, day: 2024-12-01.") % {"value": value}
        ) from error


def _text(value: Any) -> str | None:
    words = UNWRITABLE.sub("", str(value)).replace("\r\n", "\n").strip()
    if len(words) > LONGEST:
        raise PortalError(_("This text is longer than %(limit)s characters.") % {"limit": LONGEST})
    return words or None


@transaction.atomic
def answer(
    assessment: Assessment,
    question: Question,
    *,
    value: Any = None,
    not_applicable: bool = False,
    reason: str = "",
    note: str = "",
    by: User,
    seen: int | None = None,
    channel: str = Channel.WEB,
) -> Saved:
    """Add an answer. The history of answers is their trail; no audit event is written besides.

    `seen` is the number of the answer that the person had before them (0 for none, None to skip the check). When
    somebody else's answer came in between, these words are stored aside and the other's answer goes on counting.
    Saying the same again changes nothing. NotFound when the person was not asked to answer this section.
    """
    row = locked(assessment)
    _must_answer(row, question, by)
    must_be_open(row)
    said = _said(question, value, not_applicable, reason, note)
    known = Answer.objects.filter(assessment=row, question=question).select_related("event", "tip").first()
    if known is not None and known.event.says_the_same(**said):
        return Saved(known.event, known.event, changed=False)
    if known is None and said == {"value": None, "not_applicable": False, "reason": "", "note": ""}:
        return Saved(None, None, changed=False)
    aside = seen is not None and known is not None and known.event.number > seen and known.event.author_id != by.pk
    if aside and known is not None and known.tip.author_id == by.pk and known.tip.says_the_same(**said):
        return Saved(known.tip, known.event, changed=False)
    event = _append(row, question, known, said, aside=aside, by=by, channel=channel)
    counting = known.event if aside and known is not None else event
    _point(row, question, known, counting=counting, tip=event)
    _begin(assessment, row, by)
    return Saved(event, counting)


def _must_answer(assessment: Assessment, question: Question, by: User) -> None:
    if question.version_id != assessment.questionnaire_version_id:
        raise NotFound(_("There is no such question in this assessment."))
    if can(by, "assessment.answer", assessment.organisation):
        return
    if can(by, "assessment.contribute", assessment.organisation):
        asked = delegations_of(by, assessment).get(question.section_id)
        if asked == DelegationState.OPEN:
            return
        if asked is not None:
            raise NotAllowed(_("You have handed this section back. Ask for it again to change an answer."))
    elif can(by, "assessment.read", assessment.organisation):
        raise NotAllowed(_("Your role does not allow this. Ask an owner of the organisation."))
    raise NotFound(_("There is no such question in this assessment."))


def _said(question: Question, value: Any, not_applicable: bool, reason: str, note: str) -> dict[str, Any]:
    reason, note = _text(reason) or "", _text(note) or ""
    if not_applicable and not reason:
        raise PortalError(_("Say why this does not apply to your firm."), code="reason-missing")
    return {
        "value": None if not_applicable else cleaned(question, value),
        "not_applicable": not_applicable,
        "reason": reason if not_applicable else "",
        "note": note,
    }


def _append(
    assessment: Assessment,
    question: Question,
    known: Answer | None,
    said: dict[str, Any],
    *,
    aside: bool,
    by: User,
    channel: str,
) -> AnswerEvent:
    tip = known.tip if known else None
    number, at = (tip.number + 1 if tip else 1), timezone.now()
    digest = chain.digest(
        tip.digest if tip else "",
        at=at,
        assessment=str(assessment.ref),
        question=question.key,
        number=number,
        author=by.pk,
        channel=str(channel),
        aside=aside,
        **said,
    )
    return AnswerEvent.objects.create(
        assessment=assessment,
        question=question,
        number=number,
        author=by,
        channel=channel,
        at=at,
        aside=aside,
        previous=tip,
        digest=digest,
        **said,
    )


def _point(
    assessment: Assessment, question: Question, known: Answer | None, *, counting: AnswerEvent, tip: AnswerEvent
) -> None:
    row = known or Answer(assessment=assessment, question=question)
    row.event, row.tip, row.is_answered = counting, tip, counting.is_answered
    row.save()


def _begin(assessment: Assessment, row: Assessment, by: User) -> None:
    """The first answer takes a draft into work."""
    if row.state == State.DRAFT:
        row.state = State.IN_PROGRESS
        row.save(update_fields=["state"])
        record("assessment.begun", row, by)
    assessment.state = row.state

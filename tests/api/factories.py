"""Rows that the API shows, and rows that it must not show."""

import datetime as dt
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.assessments import actions as assessments
from portal.assessments.models import (
    Assessment,
    Element,
    Framework,
    FrameworkVersion,
    Option,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Requirement,
    Section,
)
from portal.courses.models import (
    BankQuestion,
    Course,
    CourseVersion,
    Enrolment,
    LessonText,
    LessonVersion,
    PoolQuestion,
    QuestionVersion,
)
from portal.notices.models import Notice, State
from portal.organisations.actions.tokens import make_token
from portal.organisations.models import ApiToken, Organisation
from portal.updates.models import ChangeEvent

NOW = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
SECRET = "The secret draft"


def bearer(organisation: Organisation, maker: User) -> tuple[ApiToken, dict[str, str]]:
    """A token of an organisation, and the header that carries it."""
    token, raw = make_token(organisation, name="Reporting", maker=maker)
    return token, {"Authorization": f"Bearer {raw}"}


def make_notice(number: int, state: str = State.PUBLISHED, **fields: Any) -> Notice:
    published = state in {State.PUBLISHED, State.WITHDRAWN}
    return Notice.objects.create(
        **{
            "authority_key": "authority/cn-mofcom",
            "slug": f"cn-mofcom-2026-{number:04}" if published else None,
            "year": 2026 if published else None,
            "number": number if published else None,
            "state": state,
            "kind": "rule",
            "title": {"en": f"Notice {number}", "zh-hans": f"公告{number}"} if published else SECRET,
            "body": {"en": "It changes [[cn-ecl/art-2]]."},
            "published_at": NOW if published else None,
            "drafted_by_key": "user:1",
            "drafted_by": "Secret Editor",
            "edited_by_key": "user:1",
            "edited_by": "Secret Editor",
        }
        | fields
    )


def make_framework(slug: str = "house") -> FrameworkVersion:
    framework = Framework.objects.create(slug=slug)
    version = FrameworkVersion.objects.create(
        framework=framework, number=1, digest="0" * 64, published_at=NOW, title={"en": "House"}
    )
    element = Element.objects.create(version=version, key=f"icp/{slug}/e1", label="e1", title={"en": "One"}, position=1)
    Requirement.objects.create(
        element=element, version=version, key=f"icp/{slug}/e1.r1", label="e1.r1", text={"en": "Do it."}, position=1
    )
    framework.current = version
    framework.save()
    return version


def make_questionnaire(slug: str = "house", questions: int = 2) -> QuestionnaireVersion:
    questionnaire = Questionnaire.objects.create(slug=slug)
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=1, digest="0" * 64, published_at=NOW, title={"en": "Questions"}
    )
    section = Section.objects.create(version=version, label="s1", title={"en": "Section"}, position=1)
    requirement = make_framework(slug).requirements.get()
    for number in range(questions):
        question = Question.objects.create(
            section=section,
            version=version,
            label=f"q{number}",
            key=f"q/{slug}/q{number}",
            digest="0" * 64,
            type="single",
            text={"en": f"Question {number}?", "zh-hans": f"问题{number}？"},
            position=number,
        )
        question.assesses.create(requirement=requirement)
        Option.objects.create(question=question, label="good", text={"en": "Good"}, score="0.8125", position=1)
    questionnaire.current = version
    questionnaire.save()
    return version


def make_assessment(organisation: Organisation, by: User, version: QuestionnaireVersion | None = None) -> Assessment:
    """An assessment of which the first question is answered."""
    version = version or make_questionnaire()
    row = assessments.start(version, organisation=organisation, title="Year 2026", by=by)
    question = version.questions.get(label="q0")
    assessments.answer(row, question, value="good", note="See the manual.", by=by)
    return row


def make_course(slug: str = "space") -> CourseVersion:
    """A course with one lesson and one secret question."""
    course = Course.objects.create(slug=slug)
    version = CourseVersion.objects.create(
        course=course,
        number=1,
        title={"en": "Space", "zh-hans": "航天"},
        summary={"en": "About space."},
        minutes=20,
        pass_mark=75,
        attempts=3,
        draw=[{"lesson": 1, "count": 1}],
        digest="0" * 64,
        published_at=NOW,
    )
    lesson = LessonVersion.objects.create(version=version, number=1, minutes=10)
    LessonText.objects.create(lesson=lesson, language="en", title="First", objectives=["Know it."], body="Words.")
    question = QuestionVersion.objects.create(
        question=BankQuestion.objects.create(course=course, label="q-1"),
        number=1,
        lesson=1,
        text={"en": "Secret question?"},
        options=[{"label": "a", "text": {"en": "Secret option"}}],
        correct=["a"],
        explanation={"en": "Secret reason"},
        digest="1",
    )
    PoolQuestion.objects.create(version=version, question=question)
    return version


def enrol(version: CourseVersion, person: User, organisation: Organisation | None) -> Enrolment:
    return Enrolment.objects.create(
        person=person,
        course=version.course,
        version=version,
        organisation=organisation,
        enrolled_at=NOW,
        enrolled_by="user:1",
    )


def make_change(number: int) -> ChangeEvent:
    return ChangeEvent.objects.create(
        key=f"case/change-{number}", kind="case", what="published", title={"en": "A case"}, created_at=timezone.now()
    )

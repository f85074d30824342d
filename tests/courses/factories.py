"""Courses of any size, and people on their way through them."""

import datetime as dt

from django.utils import timezone

from portal.accounts.models import User
from portal.courses import actions, queries
from portal.courses.models import (
    Attempt,
    BankQuestion,
    Course,
    CourseVersion,
    Enrolment,
    LessonText,
    LessonVersion,
    PoolQuestion,
    QuestionVersion,
)
from portal.organisations.models import Organisation

START = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)


def make_course(
    slug: str = "space",
    *,
    number: int = 1,
    lessons: int = 2,
    bank: int = 4,
    count: int = 2,
    pass_mark: int = 75,
    attempts: int = 3,
    time_limit: int | None = 30,
    valid_months: int | None = 24,
) -> CourseVersion:
    """A version of a course with `bank` questions on each lesson, of which `count` are drawn. Option a is right."""
    course, _ = Course.objects.get_or_create(slug=slug)
    version = CourseVersion.objects.create(
        course=course,
        number=number,
        title={"en": f"Space {number}", "zh-hans": f"航天 {number}"},
        summary={"en": "About space.", "zh-hans": "关于航天。"},
        audience={"en": "Engineers.", "zh-hans": "工程师。"},
        objectives=[{"en": "Know the list.", "zh-hans": "了解清单。"}],
        minutes=20,
        pass_mark=pass_mark,
        time_limit=time_limit,
        valid_months=valid_months,
        attempts=attempts,
        draw=[{"lesson": lesson, "count": count} for lesson in range(1, lessons + 1)],
        digest=f"{number:064}",
        published_at=timezone.now(),
    )
    for lesson in range(1, lessons + 1):
        _make_lesson(version, lesson, bank)
    return version


def _make_lesson(version: CourseVersion, number: int, bank: int) -> None:
    lesson = LessonVersion.objects.create(version=version, number=number, minutes=10)
    for language, title in {"en": f"Lesson {number} title", "zh-hans": f"第{number}课标题"}.items():
        LessonText.objects.create(
            lesson=lesson, language=language, title=title, objectives=["Do it."], body=f"## Part\n\nBody {language}."
        )
    for ordinal in range(1, bank + 1):
        label = f"q-{number}{ordinal}"
        identity, _ = BankQuestion.objects.get_or_create(course=version.course, label=label)
        question = QuestionVersion.objects.create(
            question=identity,
            number=version.number,
            lesson=number,
            text={"en": f"Secret question {label}?", "zh-hans": f"保密试题{label}？"},
            options=[{"label": letter, "text": {"en": f"Option {letter}"}} for letter in "abcd"],
            correct=["a"],
            explanation={"en": f"Because {label}.", "zh-hans": f"因为{label}。"},
            digest=label,
        )
        PoolQuestion.objects.create(version=version, question=question)


def enrolled(
    person: User, version: CourseVersion, organisation: Organisation | None = None, now: dt.datetime | None = None
) -> Enrolment:
    """A round of a course."""
    return actions.enrol(version.course, person=person, by=person.actor, organisation=organisation, now=now)


def started(enrolment: Enrolment, now: dt.datetime | None = None) -> Attempt:
    """An attempt in progress."""
    return actions.start_attempt(enrolment, by=enrolment.person.actor, now=now)


def taken(enrolment: Enrolment, *, wrong: int = 0, now: dt.datetime | None = None) -> Attempt:
    """A submitted attempt with this many wrong answers."""
    attempt = started(enrolment, now)
    for item in queries.items_of(attempt):
        choice = "b" if item.position <= wrong else "a"
        actions.answer(attempt, position=item.position, chosen=[choice], by=enrolment.person.actor, now=now)
    return actions.submit(attempt, by=enrolment.person.actor, now=now)

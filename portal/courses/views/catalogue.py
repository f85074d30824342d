"""What everybody may read: courses and their lessons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.accounts.models import User
from portal.core import markdown
from portal.core.caching import cached_for_visitors
from portal.courses import presenting, queries
from portal.courses.models import Course, Enrolment, LessonVersion
from portal.references import rendering
from portal.references.queries import labels


@require_safe
@cached_for_visitors
def courses(request: HttpRequest) -> HttpResponse:
    """All courses on offer."""
    return render(request, "courses/courses.html", {"versions": list(queries.courses())})


@require_safe
@cached_for_visitors
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """What a course teaches, for whom, how it tests; and how far the reader is with it."""
    version = queries.current_version(slug)
    enrolment = _enrolment(request, version.course)
    progress = queries.progress_of([enrolment])[0] if enrolment else None
    topics = labels("topics")["topics"]
    shown = enrolment.version if enrolment and enrolment.open else version
    context = {
        "version": shown,
        "newest": version,
        "course": version.course,
        "lessons": queries.outline(shown),
        "topics": [topics.get(value, value) for value in shown.topics],
        "progress": progress,
        "state": presenting.progress_state(progress) if progress else None,
        "read": queries.read_numbers(enrolment) if enrolment else set(),
    }
    return render(request, "courses/course.html", context)


def _enrolment(request: HttpRequest, course: Course) -> Enrolment | None:
    """The reader's round of this course, if any."""
    if not isinstance(request.user, User):
        return None
    return queries.current_enrolment(request.user, course, getattr(request, "organisation", None))


@require_safe
@cached_for_visitors
def lesson(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A lesson as it is taught now."""
    return _lesson(request, queries.lesson(slug, number))


@require_safe
@cached_for_visitors
def lesson_version(request: HttpRequest, slug: str, version: int, number: int) -> HttpResponse:
    """A lesson as one version of the course has it."""
    return _lesson(request, queries.lesson(slug, number, version))


def _lesson(request: HttpRequest, row: LessonVersion) -> HttpResponse:
    text = queries.text_of(row)
    version = row.version
    newest = queries.current_version(version.course.slug)
    outline = queries.outline(version)
    enrolment = _enrolment(request, version.course)
    mine = enrolment is not None and enrolment.version_id == version.pk
    context = {
        "lesson": row,
        "version": version,
        "course": version.course,
        "newest": newest,
        "text": text,
        "html": rendering.render(text.body),
        "headings": [heading for heading in markdown.headings(text.body) if heading[0] == 2],
        "outline": outline,
        "before": next((pair for pair in reversed(outline) if pair[0].number < row.number), None),
        "after": next((pair for pair in outline if pair[0].number > row.number), None),
        "other_language": text.language != get_language(),
        "enrolment": enrolment,
        "mine": mine,
        "read": queries.read_numbers(enrolment) if enrolment and mine else set(),
        "key": f"{version.course.key}/{row.number}",
        "number": str(version.number),
    }
    return render(request, "courses/lesson.html", context)

"""Courses and their lessons, frameworks and their requirements, questionnaires.

Of questionnaires only what they are about: neither questions nor options. Of courses no test questions.
"""

from collections.abc import Iterator

from portal.assessments.models import Element, Requirement, Section
from portal.assessments.queries import published as assessments
from portal.courses import queries as courses
from portal.courses.models import LessonText
from portal.search.sources.pieces import Keys, Piece, record


def offered(keys: Keys) -> Iterator[Piece]:
    """The newest version of each course, and each of its lessons."""
    versions = list(courses.courses())
    for row in versions:
        yield from record(
            row.course.key,
            "course",
            row.title,
            row.summary,
            row.audience,
            *row.objectives,
            topics=tuple(row.topics),
            weight=1.3,
        )
    texts = LessonText.objects.filter(lesson__version__in=versions).select_related("lesson__version__course")
    for text in texts:
        version = text.lesson.version
        yield Piece(
            key=f"{version.course.key}/{text.lesson.number}",
            kind="lesson",
            language=text.language,
            title=text.title,
            body="\n\n".join([*text.objectives, text.body]),
            topics=tuple(version.topics),
        )


def frameworks(keys: Keys) -> Iterator[Piece]:
    """A framework, its elements and requirements, at their places on its page."""
    versions = {row.pk: row for row in assessments.frameworks()}
    facts = {
        row.pk: {
            "jurisdictions": (row.jurisdiction,) if row.jurisdiction else (),
            "authority": row.authority,
        }
        for row in versions.values()
    }
    for row in versions.values():
        yield from record(
            row.framework.key, "framework", row.title, row.short, row.legal_status, weight=1.3, **facts[row.pk]
        )
    for element in Element.objects.filter(version__in=versions):
        yield from record(element.key, "element", element.title, element.aim, **facts[element.version_id])
    for requirement in Requirement.objects.filter(version__in=versions):
        yield from record(requirement.key, "requirement", requirement.text, **facts[requirement.version_id])


def questionnaires(keys: Keys) -> Iterator[Piece]:
    """What each questionnaire is about."""
    versions = list(assessments.questionnaires())
    sections: dict[int, list[Section]] = {}
    for section in Section.objects.filter(version__in=versions).order_by("position"):
        sections.setdefault(section.version_id, []).append(section)
    for row in versions:
        titles = [section.title for section in sections.get(row.pk, [])]
        yield from record(row.questionnaire.key, "questionnaire", row.title, row.summary, *titles, weight=1.2)

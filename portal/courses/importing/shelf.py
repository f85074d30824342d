"""A course folder -> rows. A version that somebody relies on never changes: other words need a higher number."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from portal.core.authored import Citing, Loaded, Loc, Refusal
from portal.core.signals import Change
from portal.core.texts import i18n
from portal.courses.fingerprints import differences, digest, flat
from portal.courses.importing.records import (
    CourseRecord,
    LessonRecord,
    LessonTranslation,
    QuestionRecord,
    QuestionsRecord,
    faults,
    lessons_of,
    questions_of,
    texts_of,
    words_of,
)
from portal.courses.models import (
    BankQuestion,
    Course,
    CourseVersion,
    LessonText,
    LessonVersion,
    PoolQuestion,
    QuestionVersion,
)
from portal.references.authored import Members, Shelf
from portal.references.models import Address


def addresses(loaded: Loaded) -> Iterable[Address]:
    """Course and lessons by their titles; bank questions only by their labels, for their words are secret."""
    record: CourseRecord = loaded.record
    here = {"slug": record.slug}
    key = f"course/{record.slug}"
    yield Address(
        key=key,
        kind="course",
        title=i18n(record.title),
        gist=i18n(record.summary),
        route="courses:course",
        arguments=here,
    )
    for number, lesson in lessons_of(loaded):
        texts = texts_of(lesson)
        yield Address(
            key=f"{key}/{number}",
            kind="lesson",
            title=i18n({language: text.title for language, text in texts.items()}),
            gist=i18n({language: " ".join(text.objectives) for language, text in texts.items()}),
            route="courses:lesson",
            arguments={**here, "number": number},
        )
    for _path, _position, question in questions_of(loaded):
        yield Address(
            key=f"{key}/{question.label}",
            kind="bank-question",
            title=i18n({"en": f"Question {question.label}", "zh-hans": f"试题 {question.label}"}),
            gist=i18n({}),
            route="courses:course",
            arguments=here,
        )


def citing(loaded: Loaded) -> Iterable[Citing]:
    """Lessons teach what they cite, questions test it."""
    record: CourseRecord = loaded.record
    key = f"course/{record.slug}"
    texts: list[tuple[Loc, Any]] = [(("summary",), record.summary), (("audience",), record.audience)]
    yield Citing(key, version=str(record.version), role="teaches", texts=texts)
    for number, lesson in lessons_of(loaded):
        bodies: list[tuple[Loc, Any]] = [(("body",), lesson.record.body)]
        bodies += [((language, "body"), text.body) for language, text in lesson.translations.items()]
        yield Citing(f"{key}/{number}", version=str(record.version), role="teaches", texts=bodies, path=lesson.path)
    for path, position, question in questions_of(loaded):
        here: Loc = ("questions", position)
        yield Citing(
            f"{key}/{question.label}",
            version=str(question.version),
            role="tests",
            texts=[((*here, "explanation"), question.explanation)],
            path=path,
        ).cites((*here, "cites"), question.cites)


def values(loaded: Loaded) -> Iterable[tuple[Loc, str, str]]:
    for number, value in enumerate(loaded.record.topics):
        yield ("topics", number), "topics", value


def refusals(loaded: list[Loaded]) -> list[Refusal]:
    """A version that people are enrolled in, or a question that a paper holds, may not change under its number."""
    slugs = [file.record.slug for file in loaded]
    relied_on = {
        (version.course.slug, version.number): version.fingerprints
        for version in CourseVersion.objects.filter(course__slug__in=slugs, enrolments__isnull=False)
        .select_related("course")
        .distinct()
    }
    asked = {
        (version.question.course.slug, version.question.label, version.number): version.fingerprints
        for version in QuestionVersion.objects.filter(question__course__slug__in=slugs, items__isnull=False)
        .select_related("question__course")
        .distinct()
    }
    found: list[Refusal] = []
    for file in loaded:
        record: CourseRecord = file.record
        published = relied_on.get((record.slug, record.version))
        places = differences(published, flat(words_of(file))) if published is not None else []
        if places:
            words = f"people are enrolled in version {record.version}; changed words ({_named(places)}) need version"
            found.append(Refusal(file.path, ("version",), f"{words} {record.version + 1}"))
        for path, position, question in questions_of(file):
            old = asked.get((record.slug, question.label, question.version))
            if old is not None and differences(old, flat(question.words())):
                words = f"version {question.version} of “{question.label}” was asked in a test; a changed question"
                found.append(
                    Refusal(path, ("questions", position, "version"), f"{words} needs version {question.version + 1}")
                )
    return found


def _named(places: list[str]) -> str:
    return ", ".join(places[:3]) + (f" and {len(places) - 3} more" if len(places) > 3 else "")


def apply(loaded: list[Loaded]) -> None:
    for file in loaded:
        course, _ = Course.objects.update_or_create(slug=file.record.slug, defaults={"withdrawn_on": None})
        version = _write_version(course, file)
        for number, lesson in lessons_of(file):
            _write_lesson(version, number, lesson)
        version.lessons.filter(number__gt=len(lessons_of(file))).delete()
        _write_pool(course, version, [question for _path, _position, question in questions_of(file)])


def _write_version(course: Course, file: Loaded) -> CourseVersion:
    record: CourseRecord = file.record
    prints = flat(words_of(file))
    facts = {
        **{name: getattr(record, name) for name in ("minutes", "topics", "pass_mark", "time_limit", "valid_months")},
        **{name: i18n(getattr(record, name)) for name in ("title", "summary", "audience")},
        "objectives": record.objectives,
        "attempts": record.attempts,
        "draw": [part.model_dump() for part in record.draw],
        "as_of": record.as_of,
        "sources": [source.model_dump(mode="json") for source in record.sources],
        "to_check": record.to_check,
        "digest": digest({place: mark for place, mark in prints.items() if "zh-hans" not in place.split("/")}),
        "fingerprints": prints,
    }
    version, _ = CourseVersion.objects.update_or_create(
        course=course,
        number=record.version,
        defaults=facts,
        create_defaults={**facts, "published_at": timezone.now()},
    )
    return version


def _write_lesson(version: CourseVersion, number: int, file: Loaded) -> None:
    lesson, _ = LessonVersion.objects.update_or_create(
        version=version,
        number=number,
        defaults={
            "minutes": file.record.minutes,
            "sources": [source.model_dump(mode="json") for source in file.record.sources],
        },
    )
    for language, text in texts_of(file).items():
        LessonText.objects.update_or_create(
            lesson=lesson,
            language=language,
            defaults={"title": text.title, "objectives": text.objectives, "body": text.body},
        )


def _write_pool(course: Course, version: CourseVersion, questions: list[QuestionRecord]) -> None:
    """The bank of this course, and the pool of this version of it exactly as the file has it."""
    BankQuestion.objects.bulk_create(
        [BankQuestion(course=course, label=question.label) for question in questions],
        update_conflicts=True,
        unique_fields=["course", "label"],
        update_fields=["withdrawn_on"],
    )
    bank = {row.label: row for row in course.bank.all()}
    pool = [_write_question(bank[question.label], question) for question in questions]
    version.pool.exclude(question__in=pool).delete()
    PoolQuestion.objects.bulk_create(
        [PoolQuestion(version=version, question=question) for question in pool], ignore_conflicts=True
    )


def _write_question(identity: BankQuestion, record: QuestionRecord) -> QuestionVersion:
    prints = flat(record.words())
    version, _ = QuestionVersion.objects.update_or_create(
        question=identity,
        number=record.version,
        defaults={
            "lesson": record.lesson,
            "kind": record.type,
            "text": i18n(record.text),
            "options": [{"label": option.label, "text": option.text} for option in record.options],
            "correct": record.correct,
            "explanation": i18n(record.explanation),
            "cites": [cite.key for cite in record.cites],
            "digest": digest(prints),
            "fingerprints": prints,
        },
    )
    return version


def withdraw(keys: set[str], on: dt.date) -> None:
    """Courses and bank questions whose file or place vanished; versions, papers and certificates stay."""
    for key in keys:
        _kind, slug, *rest = key.split("/")
        if not rest:
            Course.objects.filter(slug=slug, withdrawn_on=None).update(withdrawn_on=on)
        elif not rest[0].isdigit():
            BankQuestion.objects.filter(course__slug=slug, label=rest[0]).update(withdrawn_on=on)


def changes(loaded: list[Loaded]) -> list[Change]:
    """One change for each new version of a course."""
    known = set(CourseVersion.objects.values_list("course__slug", "number"))
    return [
        Change(
            key=f"course/{file.record.slug}",
            kind="course",
            what="published" if file.record.version == 1 else "changed",
            version=str(file.record.version),
            title=file.record.title,
            summary=file.record.summary,
            topics=tuple(file.record.topics),
        )
        for file in loaded
        if (file.record.slug, file.record.version) not in known
    ]


SHELF = Shelf(
    name="courses",
    pattern="courses/*/course.yaml",
    record=CourseRecord,
    addresses=addresses,
    citing=citing,
    apply=apply,
    withdraw=withdraw,
    refusals=refusals,
    faults=faults,
    changes=changes,
    values=values,
    members=(
        Members("lessons", "[0-9][0-9]-*.md", LessonRecord, LessonTranslation),
        Members("questions", "questions.yaml", QuestionsRecord),
    ),
)

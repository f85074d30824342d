"""Reads of courses and of people's learning. What a page needs comes in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language

from portal.accounts.models import User
from portal.core.dates import today
from portal.core.errors import NotFound
from portal.core.texts import LANGUAGE_CODES
from portal.courses.models import (
    Attempt,
    AttemptState,
    Certificate,
    CertificateState,
    Course,
    CourseVersion,
    Enrolment,
    LessonRead,
    LessonText,
    LessonVersion,
    Mark,
    PaperItem,
)
from portal.organisations.models import Membership, Organisation

SLOW_AFTER = dt.timedelta(days=30)
EXPIRES_SOON = dt.timedelta(days=60)


# --- Courses ---------------------------------------------------------------------------------------


def courses() -> QuerySet[CourseVersion]:
    """The newest version of each course on offer, by slug."""
    newest = CourseVersion.objects.filter(course=OuterRef("course")).order_by("-number").values("pk")[:1]
    rows = CourseVersion.objects.filter(pk=Subquery(newest), course__withdrawn_on=None)
    return rows.select_related("course").order_by("course__slug")


def current_version(slug: str) -> CourseVersion:
    """The newest version of a course, withdrawn or not. NotFound when there is none."""
    row = CourseVersion.objects.filter(course__slug=slug).select_related("course").order_by("-number").first()
    if row is None:
        raise NotFound(slug)
    return row


def outline(version: CourseVersion) -> list[tuple[LessonVersion, LessonText]]:
    """The lessons of a version in order, each with its text in the reader's language; two queries."""
    lessons = version.lessons.order_by("number").prefetch_related("texts")
    return [(lesson, text_of(lesson)) for lesson in lessons]


def text_of(lesson: LessonVersion) -> LessonText:
    """A lesson's words in the reader's language, else in the other (prefetch `texts`)."""
    texts = {text.language: text for text in lesson.texts.all()}
    for code in [get_language() or "en", *LANGUAGE_CODES]:
        if code in texts:
            return texts[code]
    raise NotFound(str(lesson))


def lesson(slug: str, number: int, version: int | None = None) -> LessonVersion:
    """A lesson of a version, or the newest lesson with this number, which keeps its page when a later version
    has fewer lessons. NotFound otherwise."""
    rows = LessonVersion.objects.filter(version__course__slug=slug, number=number)
    if version is not None:
        rows = rows.filter(version__number=version)
    row = rows.select_related("version__course").prefetch_related("texts").order_by("-version__number").first()
    if row is None:
        raise NotFound(f"{slug}/{number}")
    return row


# --- One person's learning -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is with one enrolment."""

    enrolment: Enrolment
    read: int
    lessons: int
    attempts: tuple[Attempt, ...]
    certificate: Certificate | None

    @property
    def left(self) -> int:
        """How many attempts are left."""
        return max(self.enrolment.version.attempts - len(self.attempts), 0)

    @property
    def running(self) -> Attempt | None:
        """The attempt in progress."""
        return next((attempt for attempt in self.attempts if attempt.started), None)

    @property
    def finished(self) -> list[Attempt]:
        """The attempts that were marked."""
        return [attempt for attempt in self.attempts if not attempt.started]

    @property
    def best(self) -> int | None:
        """The best score so far, in per cent."""
        return max((attempt.score for attempt in self.attempts if attempt.score is not None), default=None)

    @property
    def exhausted(self) -> bool:
        """Whether all attempts are used without passing."""
        return self.enrolment.open and self.left == 0 and self.running is None


def progress_of(enrolments: Iterable[Enrolment]) -> list[Progress]:
    """How far these enrolments are; five queries for any number (enrolments carry `version`)."""
    rows = list(enrolments)
    ids = [row.pk for row in rows]
    reads = _counted(LessonRead.objects.filter(enrolment__in=ids), "enrolment")
    lessons = _counted(LessonVersion.objects.filter(version__in={row.version_id for row in rows}), "version")
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.filter(enrolment__in=ids).order_by("ordinal"):
        attempts[attempt.enrolment_id].append(attempt)
    certificates = {
        row.attempt.enrolment_id: row
        for row in Certificate.objects.filter(attempt__enrolment__in=ids)
        .select_related("attempt")
        .prefetch_related("events")
    }
    return [
        Progress(
            enrolment=row,
            read=reads.get(row.pk, 0),
            lessons=lessons.get(row.version_id, 0),
            attempts=tuple(attempts[row.pk]),
            certificate=certificates.get(row.pk),
        )
        for row in rows
    ]


def _counted(rows: "QuerySet[LessonRead] | QuerySet[LessonVersion]", field: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(field).annotate(n=Count("pk")))


def enrolments() -> QuerySet[Enrolment]:
    """All enrolments with what a line about them shows."""
    return Enrolment.objects.select_related("person", "version__course", "organisation")


def enrolment_of(user: User, pk: int) -> Enrolment:
    """One of a person's own enrolments. NotFound for anybody else's."""
    row = enrolments().filter(pk=pk, person=user).first()
    if row is None:
        raise NotFound(str(pk))
    return row


def current_enrolment(user: User, course: Course, organisation: Organisation | None) -> Enrolment | None:
    """The round that a person is in: for the organisation at hand before others, open before over, newest first."""
    rows = list(enrolments().filter(person=user, course=course))
    here = organisation.pk if organisation else None
    rows.sort(key=lambda row: (row.open, row.organisation_id == here, row.enrolled_at), reverse=True)
    return rows[0] if rows else None


def read_numbers(enrolment: Enrolment) -> set[int]:
    """The numbers of the lessons that were read."""
    return set(enrolment.reads.values_list("lesson__number", flat=True))


def open_for(user: User) -> list[Progress]:
    """What a person is learning at the moment."""
    return progress_of(enrolments().filter(person=user, completed_at=None, ended_at=None))


def certificates_of(user: User) -> list[Certificate]:
    """A person's certificates, newest first, with what their lines show."""
    return list(certificates().filter(attempt__enrolment__person=user))


def certificates() -> QuerySet[Certificate]:
    """Certificates with people, versions and events."""
    rows = Certificate.objects.select_related(
        "attempt__enrolment__person", "attempt__enrolment__organisation", "attempt__enrolment__version__course"
    )
    return rows.prefetch_related("events")


# --- Attempts --------------------------------------------------------------------------------------


def attempt_of(user: User, pk: int) -> Attempt:
    """One of a person's own attempts. NotFound for anybody else's, whoever asks."""
    rows = Attempt.objects.filter(pk=pk, enrolment__person=user)
    row = rows.select_related("enrolment__version__course", "enrolment__person", "enrolment__organisation").first()
    if row is None:
        raise NotFound(str(pk))
    return row


def items_of(attempt: Attempt) -> list[PaperItem]:
    """What an attempt asks, in order."""
    rows = PaperItem.objects.filter(paper=attempt.paper_id).order_by("position")
    return list(rows.select_related("question"))


def chosen_in(attempt: Attempt) -> dict[int, list[str]]:
    """position -> labels of the answer that counts; an answer that was taken back is left out."""
    latest: dict[int, list[str]] = dict(attempt.responses.order_by("pk").values_list("position", "chosen"))
    return {position: chosen for position, chosen in latest.items() if chosen}


def overdue(now: dt.datetime) -> QuerySet[Attempt]:
    """The attempts whose time is up but which are not closed yet."""
    return Attempt.objects.filter(state=AttemptState.STARTED, deadline__lt=now)


@dataclass(frozen=True, slots=True)
class LessonScore:
    """How many questions about a lesson were answered rightly."""

    lesson: int
    correct: int
    total: int

    @property
    def weak(self) -> bool:
        return self.correct < self.total


def scores_by_lesson(attempts: Sequence[int] | QuerySet[Attempt]) -> list[LessonScore]:
    """Marks by lesson over these attempts, one query."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    rows = Mark.objects.filter(attempt__in=attempts).order_by()
    for number, fraction, count in rows.values_list("question__lesson", "fraction").annotate(n=Count("pk")):
        found[number][0] += count if fraction else 0
        found[number][1] += count
    return [LessonScore(number, correct, total) for number, (correct, total) in sorted(found.items())]


# --- An organisation's learners --------------------------------------------------------------------


def enrolments_in(organisation: Organisation) -> QuerySet[Enrolment]:
    """Who takes what for an organisation, by name. Nothing of anybody who learns on their own."""
    return enrolments().filter(organisation=organisation).order_by("person__name", "person__email", "-enrolled_at")


def enrolment_in(organisation: Organisation, pk: int) -> Enrolment:
    """One enrolment of an organisation. NotFound for another's."""
    row = enrolments_in(organisation).filter(pk=pk).first()
    if row is None:
        raise NotFound(str(pk))
    return row


def members_who_learn(organisation: Organisation, roles: Iterable[str]) -> QuerySet[User]:
    """The current members of an organisation in these roles."""
    members = Membership.objects.filter(organisation=organisation, ended_at=None, role__in=list(roles))
    return User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("name", "email")


@dataclass(frozen=True, slots=True)
class Behind:
    """Somebody who needs a word: `why` is `exhausted`, `slow` or `expiring`."""

    progress: Progress
    why: str


def behind(organisation: Organisation, *, now: dt.datetime | None = None) -> list[Behind]:
    """Who of an organisation's present members has used all attempts, is slow, or has a certificate that ends soon."""
    now = now or timezone.now()
    present = Membership.objects.filter(organisation=organisation, ended_at=None).values("user")
    rows = enrolments_in(organisation).filter(person__in=present, ended_at=None)
    found: list[Behind] = []
    newer = {(row.person_id, row.course_id) for row in rows if row.open}
    for progress in progress_of(rows):
        row = progress.enrolment
        if progress.exhausted:
            found.append(Behind(progress, "exhausted"))
        elif row.open and row.enrolled_at < now - SLOW_AFTER:
            found.append(Behind(progress, "slow"))
        elif (row.person_id, row.course_id) not in newer and _expires_soon(progress.certificate, now.date()):
            found.append(Behind(progress, "expiring"))
    return found


def _expires_soon(certificate: Certificate | None, on: dt.date) -> bool:
    if certificate is None or certificate.valid_until is None:
        return False
    return certificate.state(on) == CertificateState.VALID and certificate.valid_until <= on + EXPIRES_SOON


# --- Certificates ----------------------------------------------------------------------------------


def certificate(serial: str) -> Certificate:
    """The certificate with this number, however it was typed. NotFound when there is none."""
    letters = "".join(letter for letter in serial.upper() if letter.isalnum())
    typed = "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
    row = certificates().filter(serial=typed).first()
    if row is None:
        raise NotFound(serial)
    return row


def certificate_by_token(token: str) -> Certificate | None:
    """The certificate behind a public address."""
    return certificates().filter(token=token).first()


def earlier_certificates(of: Enrolment) -> QuerySet[Certificate]:
    """A person's earlier certificates for the same course that nothing has happened to, except time."""
    return (
        Certificate.objects.filter(attempt__enrolment__person=of.person_id, attempt__enrolment__course=of.course_id)
        .exclude(attempt__enrolment=of)
        .exclude(events__kind__in=["revoked", "superseded"])
        .order_by("issued_at")
    )


def on_offer(slug: str) -> CourseVersion:
    """The newest version of a course that can be taken. NotFound when it was withdrawn."""
    version = current_version(slug)
    if version.course.withdrawn_on is not None and version.course.withdrawn_on <= today():
        raise NotFound(slug)
    return version

"""A person's way through a course: enrolment, lessons read, attempts with what was asked and answered."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.courses.models.bank import QuestionVersion
from portal.courses.models.courses import Course, CourseVersion, LessonVersion
from portal.organisations.models import Organisation


class EnrolmentSource(models.TextChoices):
    """Why somebody is enrolled."""

    SELF = "self", _("Enrolled on their own")
    ASSIGNED = "assigned", _("Enrolled by the organisation")


class Enrolment(models.Model):
    """A person takes one version of a course, for an organisation or on their own.

    A new round is a new row; nothing is ever reset. `completed_at` is set by passing, `ended_at` when the round is
    given up for a new one (all attempts used).
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="enrolments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="enrolments"
    )
    source = models.CharField(max_length=12, choices=EnrolmentSource.choices, default=EnrolmentSource.SELF)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.CharField(max_length=60, help_text="The actor's key.")
    completed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-enrolled_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course", "organisation"],
                condition=Q(completed_at=None, ended_at=None),
                name="enrolment_open_once_for_organisation",
            ),
            models.UniqueConstraint(
                fields=["person", "course"],
                condition=Q(completed_at=None, ended_at=None, organisation=None),
                name="enrolment_open_once_for_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.version}"

    @property
    def open(self) -> bool:
        return self.completed_at is None and self.ended_at is None


class LessonRead(models.Model):
    """A learner says that a lesson has been read."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="reads")
    lesson = models.ForeignKey(LessonVersion, on_delete=models.PROTECT, related_name="reads")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "lesson"], name="lesson_read_once")]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.lesson_id}"


class Paper(models.Model):
    """What was asked, in which order. Equal papers are one row, found by the hash of their content."""

    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.digest[:12]


class PaperItem(models.Model):
    """One question of a paper: the version, and the labels of its options in the order shown."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="items")
    order = models.JSONField()

    class Meta:
        ordering = ["paper", "position"]
        constraints = [models.UniqueConstraint(fields=["paper", "position"], name="paper_position_once")]

    def __str__(self) -> str:
        return f"{self.paper_id}/{self.position}"


class AttemptState(models.TextChoices):
    """Where an attempt stands."""

    STARTED = "started", _("In progress")
    SUBMITTED = "submitted", _("Submitted")
    TIMED_OUT = "timed_out", _("Closed when time was up")


class Attempt(models.Model):
    """One try at the test. Made when it starts, so that no try is ever without a row; the server's deadline counts."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    ordinal = models.PositiveSmallIntegerField()
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="attempts")
    seed = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=AttemptState.choices, default=AttemptState.STARTED)
    correct = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Questions answered rightly.")
    score = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Per cent, rounded down.")
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["enrolment", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "ordinal"], name="attempt_ordinal_once"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(state=AttemptState.STARTED), name="attempt_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["state", "deadline"], name="attempt_overdue")]

    def __str__(self) -> str:
        return f"{self.enrolment_id}, attempt {self.ordinal}"

    @property
    def key(self) -> str:
        return f"attempt/{self.pk}"

    @property
    def started(self) -> bool:
        """Whether the attempt is still in progress, whatever the clock says."""
        return self.state == AttemptState.STARTED

    def overdue(self, now: dt.datetime) -> bool:
        """Whether the time was up at this moment."""
        return self.deadline is not None and now > self.deadline


class Response(models.Model):
    """What was chosen at one moment. Rows are only added; the latest one for a position counts."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    position = models.PositiveSmallIntegerField()
    chosen = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["attempt", "position"], name="response_of_attempt")]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position}: {self.chosen}"


class Mark(models.Model):
    """What an answer was worth when the attempt was marked: 0 or 1."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="marks")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="marks")
    fraction = models.DecimalField(max_digits=4, decimal_places=3)

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="mark_once")]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position}: {self.fraction}"

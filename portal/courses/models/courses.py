"""A course, its versions, and the lessons of each version."""

import datetime as dt

from django.db import models
from django.urls import reverse
from i18nfield.fields import I18nCharField, I18nTextField


class Course(models.Model):
    """The identity of a course; what it teaches stands in its versions."""

    slug = models.CharField(max_length=120, unique=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    @property
    def key(self) -> str:
        return f"course/{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("courses:course", kwargs={"slug": self.slug})


class CourseVersion(models.Model):
    """What a course teaches and how it tests. Words and rules never change once somebody is enrolled.

    `fingerprints` (place -> hash of the words there) lets the importer tell a changed text from a translation that
    was added; `digest` is over the English words and the rules of the test. `draw` is `[{lesson, count}]`.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = I18nCharField(max_length=600)
    summary = I18nTextField()
    audience = I18nTextField(blank=True)
    objectives = models.JSONField(default=list)
    minutes = models.PositiveIntegerField()
    topics = models.JSONField(default=list, blank=True)
    pass_mark = models.PositiveSmallIntegerField(help_text="Per cent.")
    time_limit = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Minutes; empty for no limit.")
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty for a lasting certificate.")
    attempts = models.PositiveSmallIntegerField(help_text="For each enrolment.")
    draw = models.JSONField(default=list)
    as_of = models.DateField(null=True, blank=True)
    sources = models.JSONField(default=list, blank=True)
    to_check = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64)
    fingerprints = models.JSONField(default=dict)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["course", "-number"]
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="course_version_once")]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def questions(self) -> int:
        """How many questions a paper has."""
        return sum(part["count"] for part in self.draw)

    def deadline(self, start: dt.datetime) -> dt.datetime | None:
        """When an attempt that starts now ends; None without a limit."""
        return start + dt.timedelta(minutes=self.time_limit) if self.time_limit else None


class LessonVersion(models.Model):
    """One lesson of one version of a course. Its key names course and number, so it is the same in all versions."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="lessons")
    number = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(default=0)
    sources = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="lesson_number_once")]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.number}"


class LessonText(models.Model):
    """The words of a lesson in one language. `objectives` is a list of sentences, `body` Markdown with citations."""

    lesson = models.ForeignKey(LessonVersion, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    objectives = models.JSONField(default=list, blank=True)
    body = models.TextField()

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["lesson", "language"], name="lesson_text_once")]

    def __str__(self) -> str:
        return self.title

"""What people answered and remarked. Rows are only ever added, but for the pointer to the answer that counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.assessments.models.assessments import Assessment
from portal.assessments.models.questionnaires import Question


class Channel(models.TextChoices):
    """Where an answer came in."""

    WEB = "web", _("Web")
    QUICK_CHECK = "quick-check", _("Quick check")
    API = "api", _("API")


class AnswerEvent(models.Model):
    """Somebody answered a question: a new row each time, never changed, never deleted.

    `value` is None (nothing, or cleared), a scale word or option label, a list of labels, a number as text, a date
    as text, or text. With `not_applicable` the value is None and `reason` says why. `aside` marks words that met a
    newer answer by somebody else: kept, but not counted. `digest` covers the content and `previous`'s digest, so
    that a chain can be checked.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answer_events")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    value = models.JSONField(null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True)
    aside = models.BooleanField(default=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.WEB)
    at = models.DateTimeField()
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["assessment", "question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question", "number"], name="answer_event_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}/{self.question_id} #{self.number}"

    @property
    def is_answered(self) -> bool:
        return self.not_applicable or self.value is not None

    def says_the_same(self, *, value: object, not_applicable: bool, reason: str, note: str) -> bool:
        return (self.value, self.not_applicable, self.reason, self.note) == (value, not_applicable, reason, note)


class Answer(models.Model):
    """Which event counts for a question, and the tip of its chain (the same row unless words were put aside)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(AnswerEvent, on_delete=models.PROTECT, related_name="+")
    tip = models.ForeignKey(AnswerEvent, on_delete=models.PROTECT, related_name="+")
    is_answered = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "question"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.assessment_id}/{self.question_id}"


class ReviewKind(models.TextChoices):
    REMARK = "remark", _("Remark")
    RETURN = "return", _("Returned")
    APPROVAL = "approval", _("Approved")
    REOPENING = "reopening", _("Reopened")


class ReviewNote(models.Model):
    """Words of a reviewer, on one answer (`question`) or on the whole. Rows are only added."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="review_notes")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=ReviewKind.choices, default=ReviewKind.REMARK)
    text = models.TextField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.kind}"

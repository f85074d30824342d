"""The question bank: identity apart from version, and which versions a course version draws from."""

from django.db import models
from i18nfield.fields import I18nTextField

from portal.courses.models.courses import Course, CourseVersion


class BankQuestion(models.Model):
    """The identity of a question: course and label. Its address names nothing of its words."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="bank")
    label = models.CharField(max_length=40)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["course", "label"]
        constraints = [models.UniqueConstraint(fields=["course", "label"], name="bank_label_once")]

    def __str__(self) -> str:
        return self.label


class QuestionKind(models.TextChoices):
    """How many options may be chosen."""

    SINGLE = "single"
    MULTIPLE = "multiple"


class QuestionVersion(models.Model):
    """The words of a question; never changed once a paper holds it.

    `options` is `[{label, text: {language: words}}]` in the author's order, `correct` a sorted list of labels.
    """

    question = models.ForeignKey(BankQuestion, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    lesson = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=QuestionKind.choices, default=QuestionKind.SINGLE)
    text = I18nTextField()
    options = models.JSONField()
    correct = models.JSONField()
    explanation = I18nTextField(blank=True)
    cites = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64)
    fingerprints = models.JSONField(default=dict)

    class Meta:
        ordering = ["question", "-number"]
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="question_version_once")]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.number}"


class PoolQuestion(models.Model):
    """A question version from which papers of a course version are drawn.

    Mending a question moves the pool of the newest course version on; papers that were drawn keep what they hold.
    """

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="pool")
    question = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="pools")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "question"], name="pool_question_once")]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.question_id}"

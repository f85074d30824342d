"""What is asked: questionnaire, immutable version, sections, questions, options."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from portal.assessments.models.frameworks import FrameworkVersion, Requirement

NOT_APPLICABLE = "not-applicable"
"""How a form says that a question does not apply. No option may be called so."""


class Questionnaire(models.Model):
    """The identity of a questionnaire over its versions."""

    slug = models.CharField(max_length=60, unique=True)
    current = models.ForeignKey(
        "QuestionnaireVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="current_of"
    )
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    @property
    def key(self) -> str:
        return f"q/{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:questionnaire", kwargs={"slug": self.slug})


class QuestionnaireVersion(models.Model):
    """The questions as they were asked. Immutable once an assessment uses it; `digest` is of what is asked."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    title = I18nCharField(max_length=300)
    summary = I18nTextField(blank=True)
    minutes = models.PositiveIntegerField(default=0)
    public = models.BooleanField(default=False)
    frameworks = models.ManyToManyField(FrameworkVersion, related_name="questionnaire_versions", blank=True)

    class Meta:
        ordering = ["questionnaire", "-number"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Section(models.Model):
    """Questions that one person can answer in one sitting: the unit of delegation."""

    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.CASCADE, related_name="sections")
    label = models.CharField(max_length=60)
    title = I18nCharField(max_length=300)
    intro = I18nTextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "label"], name="section_once_in_version")]

    def __str__(self) -> str:
        return str(self.title)


class QuestionType(models.TextChoices):
    """How a question is answered."""

    SCALE = "scale", _("No, partly, yes or uncertain")
    SINGLE = "single", _("One of several")
    MULTIPLE = "multiple", _("Any of several")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    TEXT = "text", _("Text")


class Question(models.Model):
    """One question. `label` is its stable identity over the versions; `digest` changes with its meaning.

    `cites` is a list of keys, `guideline` a key or "". Weight 0 is not scored.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.CASCADE, related_name="questions")
    label = models.CharField(max_length=60)
    key = models.CharField(max_length=200, db_index=True)
    digest = models.CharField(max_length=64)
    type = models.CharField(max_length=10, choices=QuestionType.choices)
    text = I18nTextField()
    help = I18nTextField(blank=True)
    why = I18nTextField(blank=True)
    cites = models.JSONField(default=list, blank=True)
    guideline = models.CharField(max_length=200, blank=True)
    evidence = I18nTextField(blank=True)
    action = I18nTextField(blank=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2, default=1)
    position = models.PositiveIntegerField()
    requirements = models.ManyToManyField(Requirement, through="QuestionRequirement", related_name="questions")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "label"], name="question_once_in_version")]

    def __str__(self) -> str:
        return str(self.text)


class QuestionRequirement(models.Model):
    """The question assesses the requirement."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="assesses")
    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="assessed_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "requirement"], name="question_assesses_once")]

    def __str__(self) -> str:
        return f"{self.question_id} → {self.requirement_id}"


class Option(models.Model):
    """One answer that can be chosen. `score` from 0 to 1; None is not scored."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    label = models.CharField(max_length=60)
    text = I18nTextField()
    score = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["question", "label"], name="option_once_in_question")]

    def __str__(self) -> str:
        return self.label

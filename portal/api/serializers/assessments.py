"""Frameworks and questionnaires as published; a firm's own assessments."""

from fractions import Fraction
from typing import Any

from rest_framework import serializers

from portal.api.serializers.controls import SOURCED, Sourced
from portal.api.serializers.texts import Here, PagesSerializer, Row, WordsSerializer
from portal.assessments.models import (
    Assessment,
    Element,
    FrameworkVersion,
    Option,
    Question,
    QuestionnaireVersion,
    Requirement,
    Section,
)
from portal.assessments.queries import ElementScore, Gap, Line, Result
from portal.assessments.queries.results import SectionScore
from portal.assessments.scoring import Score, Standing


class RequirementSerializer(Row):
    class Meta:
        model = Requirement
        fields = ["key", "label", "text"]


class ElementSerializer(Row):
    evidence = WordsSerializer(many=True, read_only=True)
    requirements = RequirementSerializer(many=True, read_only=True)

    class Meta:
        model = Element
        fields = ["key", "label", "title", "aim", "evidence", "our_reading", "requirements"]


class FrameworkSerializer(Sourced):
    """What an authority expects of a compliance programme, in its current version."""

    key = serializers.CharField(source="framework.key", read_only=True)
    slug = serializers.CharField(source="framework.slug", read_only=True)
    withdrawn_on = serializers.DateField(source="framework.withdrawn_on", read_only=True, allow_null=True)
    href = Here("framework", slug="framework.slug")
    page = PagesSerializer(source="framework", read_only=True)

    class Meta:
        model = FrameworkVersion
        fields = [
            "key",
            "slug",
            "number",
            "title",
            "short",
            "citation",
            "jurisdiction",
            "authority",
            "legal_status",
            "published_at",
            *SOURCED,
            "href",
            "page",
        ]


class FrameworkInFullSerializer(FrameworkSerializer):
    """A framework with its elements and their requirements."""

    elements = ElementSerializer(many=True, read_only=True)

    class Meta(FrameworkSerializer.Meta):
        fields = [*FrameworkSerializer.Meta.fields, "elements"]


class OptionSerializer(Row):
    class Meta:
        model = Option
        fields = ["label", "text"]


class QuestionSerializer(Row):
    """A question. `requirements` are the keys of what it assesses."""

    cites = serializers.ListField(child=serializers.CharField(), read_only=True)
    options = OptionSerializer(many=True, read_only=True)
    requirements: Any = serializers.SlugRelatedField("key", many=True, read_only=True)

    class Meta:
        model = Question
        fields = [
            "key",
            "label",
            "type",
            "text",
            "help",
            "why",
            "evidence",
            "weight",
            "cites",
            "guideline",
            "options",
            "requirements",
        ]


class QuestionSectionSerializer(Row):
    questions = QuestionSerializer(many=True, read_only=True)

    class Meta:
        model = Section
        fields = ["label", "title", "intro", "questions"]


class QuestionnaireSerializer(Row):
    """A questionnaire in its current version. `public`: it can be answered without an account."""

    key = serializers.CharField(source="questionnaire.key", read_only=True)
    slug = serializers.CharField(source="questionnaire.slug", read_only=True)
    withdrawn_on = serializers.DateField(source="questionnaire.withdrawn_on", read_only=True, allow_null=True)
    href = Here("questionnaire", slug="questionnaire.slug")
    page = PagesSerializer(source="questionnaire", read_only=True)

    class Meta:
        model = QuestionnaireVersion
        fields = [
            "key",
            "slug",
            "number",
            "title",
            "summary",
            "minutes",
            "public",
            "published_at",
            "withdrawn_on",
            "href",
            "page",
        ]


class QuestionnaireInFullSerializer(QuestionnaireSerializer):
    """A questionnaire with its sections and questions. Nobody's answers."""

    sections = QuestionSectionSerializer(many=True, read_only=True)

    class Meta(QuestionnaireSerializer.Meta):
        fields = [*QuestionnaireSerializer.Meta.fields, "sections"]


# --- A firm's own ----------------------------------------------------------------------------------------------


class AssessmentSerializer(Row):
    """One of your organisation's assessments."""

    questionnaire = serializers.CharField(source="questionnaire_version.questionnaire.key", read_only=True)
    version = serializers.IntegerField(source="questionnaire_version.number", read_only=True)
    answered = serializers.SerializerMethodField(help_text="How many questions have an answer.")
    questions = serializers.SerializerMethodField(help_text="How many questions there are.")
    href = Here("assessment", ref="ref")
    page = PagesSerializer(source="*", read_only=True)

    class Meta:
        model = Assessment
        fields = [
            "ref",
            "title",
            "scope",
            "state",
            "questionnaire",
            "version",
            "answered",
            "questions",
            "period_from",
            "period_until",
            "due_on",
            "started_at",
            "submitted_at",
            "reviewed_at",
            "closed_at",
            "href",
            "page",
        ]

    def get_answered(self, row: Assessment) -> int:
        counts: dict[int, int] = self.context["answered"]
        return counts.get(row.pk, 0)

    def get_questions(self, row: Assessment) -> int:
        counts: dict[int, int] = self.context["questions"]
        return counts.get(row.questionnaire_version_id, 0)


def number(value: Fraction | None) -> float | None:
    """A score between 0 and 1 to four places."""
    return None if value is None else round(float(value), 4)


class ScoreSerializer(serializers.Serializer[Any]):
    """From what is certain to what could still be reached, between 0 and 1; null when nothing counts."""

    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    bands = serializers.ListField(child=serializers.CharField(), help_text="The words for both ends.")
    unanswered = serializers.IntegerField()
    not_applicable = serializers.IntegerField()

    def to_representation(self, instance: Score) -> dict[str, Any]:
        return {
            "low": number(instance.low),
            "high": number(instance.high),
            "bands": [str(word) for word in instance.bands or ()],
            "unanswered": instance.count(Standing.UNANSWERED),
            "not_applicable": instance.count(Standing.NOT_APPLICABLE),
        }


class AnswerSerializer(serializers.Serializer[Any]):
    """A question with the answer that counts; `low` and `high` are null where nothing is scored."""

    question = serializers.CharField(source="question.key")
    label = serializers.CharField(source="question.label")  # type: ignore[assignment]
    text = WordsSerializer(source="question.text")
    type = serializers.CharField(source="question.type")
    value = serializers.JSONField(allow_null=True)
    not_applicable = serializers.BooleanField()
    reason = serializers.CharField(source="event.reason", default="")
    note = serializers.CharField(source="event.note", default="")
    answered_at = serializers.DateTimeField(source="event.at", default=None, allow_null=True)
    standing = serializers.CharField(source="part.standing")
    weight = serializers.SerializerMethodField()
    low = serializers.SerializerMethodField(help_text="What the answer is worth at least, between 0 and 1.")
    high = serializers.SerializerMethodField(help_text="What it is worth at most.")

    def get_weight(self, line: Line) -> float:
        return float(line.part.weight)

    def get_low(self, line: Line) -> float | None:
        return number(line.part.low) if line.part.counts else None

    def get_high(self, line: Line) -> float | None:
        return number(line.part.high) if line.part.counts else None


class SectionResultSerializer(serializers.Serializer[Any]):
    """A section with its score and its answers."""

    label = serializers.CharField(source="sheet.section.label")  # type: ignore[assignment]
    title = WordsSerializer(source="sheet.section.title")
    score = ScoreSerializer()
    answers = AnswerSerializer(source="sheet.lines", many=True)


class ElementResultSerializer(serializers.Serializer[Any]):
    """The score of one element of a framework."""

    key = serializers.CharField(source="element.key")
    title = WordsSerializer(source="element.title")
    score = ScoreSerializer()


class AssessmentInFullSerializer(AssessmentSerializer):
    """An assessment with its score, its answers, and what is not fully in place, what weighs most first."""

    score = serializers.SerializerMethodField()
    sections = serializers.SerializerMethodField()
    elements = serializers.SerializerMethodField()
    gaps = serializers.SerializerMethodField(help_text="The keys of the questions that are not fully in place.")

    class Meta(AssessmentSerializer.Meta):
        fields = [*AssessmentSerializer.Meta.fields, "score", "sections", "elements", "gaps"]

    @property
    def _result(self) -> Result:
        found: Result = self.context["result"]
        return found

    def get_score(self, row: Assessment) -> ScoreSerializer:
        return ScoreSerializer(self._result.total).data  # type: ignore[return-value]

    def get_sections(self, row: Assessment) -> SectionResultSerializer(many=True):  # type: ignore[valid-type]
        sections: list[SectionScore] = self._result.sections
        return SectionResultSerializer(sections, many=True).data

    def get_elements(self, row: Assessment) -> ElementResultSerializer(many=True):  # type: ignore[valid-type]
        elements: list[ElementScore] = self._result.elements
        return ElementResultSerializer(elements, many=True).data

    def get_gaps(self, row: Assessment) -> list[str]:
        gaps: list[Gap] = self._result.gaps
        return [gap.line.question.key for gap in gaps]

"""Frameworks and questionnaires as published; a firm's own assessments."""

from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema

from portal.api.base import Item, Listing, Private
from portal.api.filters.organisations import AssessmentFilter
from portal.api.serializers.assessments import (
    AssessmentInFullSerializer,
    AssessmentSerializer,
    FrameworkInFullSerializer,
    FrameworkSerializer,
    QuestionnaireInFullSerializer,
    QuestionnaireSerializer,
)
from portal.assessments import queries
from portal.assessments.models import Answer, Assessment, FrameworkVersion, Question, QuestionnaireVersion

TAGS = ["programmes"]
OWN = ["your organisation"]


@extend_schema(
    tags=TAGS,
    summary="Frameworks of compliance programmes",
    description="What authorities expect of an internal compliance programme, in the current version.",
)
class Frameworks(Listing):
    serializer_class = FrameworkSerializer
    queryset = FrameworkVersion.objects.none()

    def get_queryset(self) -> QuerySet[FrameworkVersion]:
        return queries.frameworks()


@extend_schema(
    tags=TAGS, summary="A framework with its requirements", description="By its slug: `frameworks/mofcom-2021/`."
)
class FrameworkItem(Item):
    serializer_class = FrameworkInFullSerializer
    queryset = FrameworkVersion.objects.none()

    def get_object(self) -> FrameworkVersion:
        return queries.framework(self.kwargs["slug"])


@extend_schema(
    tags=TAGS,
    summary="Questionnaires",
    description="The current versions, without their questions and nobody's answers.",
)
class Questionnaires(Listing):
    serializer_class = QuestionnaireSerializer
    queryset = QuestionnaireVersion.objects.none()

    def get_queryset(self) -> QuerySet[QuestionnaireVersion]:
        return queries.questionnaires()


@extend_schema(
    tags=TAGS,
    summary="A questionnaire with its questions",
    description="By its slug: `questionnaires/quick-check/`. Structure and words only, nobody's answers.",
)
class QuestionnaireItem(Item):
    serializer_class = QuestionnaireInFullSerializer
    queryset = QuestionnaireVersion.objects.none()

    def get_object(self) -> QuestionnaireVersion:
        found = queries.questionnaire(self.kwargs["slug"])
        questions = Question.objects.order_by("position").prefetch_related("options", "requirements")
        sections = found.sections.order_by("position").prefetch_related(Prefetch("questions", questions))
        found._prefetched_objects_cache = {"sections": sections}  # type: ignore[attr-defined]
        return found


class OwnAssessments(Private):
    """Assessments of the organisation that asks, and how many of their questions are answered: two queries."""

    action_needed = "assessment.read"

    def get_queryset(self) -> QuerySet[Assessment]:
        rows = Assessment.objects.filter(organisation=self.organisation)
        return rows.select_related("questionnaire_version__questionnaire")

    def about(self, rows: list[Assessment]) -> dict[str, Any]:
        answers = Answer.objects.filter(assessment__in=rows, is_answered=True).order_by().values_list("assessment")
        versions = {row.questionnaire_version_id for row in rows}
        questions = Question.objects.filter(version__in=versions).order_by().values_list("version")
        return {
            "answered": dict(answers.annotate(n=Count("pk"))),
            "questions": dict(questions.annotate(n=Count("pk"))),
        }


@extend_schema(
    tags=OWN,
    summary="Your organisation's assessments",
    description="Newest first. Needs a token, or a session with the right to read assessments. "
    "Example: `?state=approved`.",
)
class Assessments(OwnAssessments, Listing):
    serializer_class = AssessmentSerializer
    filterset_class = AssessmentFilter
    ordering_fields = ("started_at", "due_on")
    queryset = Assessment.objects.none()


@extend_schema(
    tags=OWN,
    summary="One of your organisation's assessments, with answers and score",
    description="By its `ref`. Another organisation's is not found.",
)
class AssessmentItem(OwnAssessments, Item):
    serializer_class = AssessmentInFullSerializer
    queryset = Assessment.objects.none()
    lookup_field = "ref"

    def get_object(self) -> Assessment:
        return get_object_or_404(self.get_queryset(), ref=self.kwargs["ref"])

    def about(self, rows: list[Assessment]) -> dict[str, Any]:
        made = queries.sheet(rows[0].questionnaire_version, assessment=rows[0])
        return {**super().about(rows), "result": queries.result(made)}

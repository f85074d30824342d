"""Courses as anybody may know them; an organisation's own learners."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema

from portal.api.base import Item, Listing, Private
from portal.api.filters.organisations import EnrolmentFilter
from portal.api.serializers.courses import CourseInFullSerializer, CourseSerializer, EnrolmentSerializer
from portal.courses import queries
from portal.courses.models import CourseVersion, Enrolment, LessonVersion
from portal.organisations.models import Organisation

TAGS = ["courses"]
OWN = ["your organisation"]


@extend_schema(tags=TAGS, summary="Courses", description="What can be learned here, in the newest versions.")
class Courses(Listing):
    serializer_class = CourseSerializer
    queryset = CourseVersion.objects.none()

    def get_queryset(self) -> QuerySet[CourseVersion]:
        return queries.courses()


@extend_schema(
    tags=TAGS,
    summary="A course with its lessons",
    description="By its slug. The lessons' texts are on their pages; the test's questions are given to learners only.",
)
class CourseItem(Item):
    serializer_class = CourseInFullSerializer
    queryset = CourseVersion.objects.none()

    def get_object(self) -> CourseVersion:
        found = queries.current_version(self.kwargs["slug"])
        lessons = LessonVersion.objects.order_by("number").prefetch_related("texts")
        rows = CourseVersion.objects.filter(pk=found.pk).select_related("course")
        return rows.prefetch_related(Prefetch("lessons", lessons)).get()


class OwnLearners(Private):
    """Enrolments for the organisation that asks. Nothing of what its members learn on their own."""

    action_needed = "training.read"

    def get_queryset(self) -> QuerySet[Enrolment]:
        organisation = self.organisation
        if not isinstance(organisation, Organisation):
            return Enrolment.objects.none()
        return queries.enrolments_in(organisation)

    def shown(self, rows: list[Enrolment]) -> Any:
        return EnrolmentSerializer(queries.progress_of(rows), many=True).data


@extend_schema(
    tags=OWN,
    summary="How far your members are with courses",
    description="By name. Needs a token, or a session with the right to read about training. "
    "Examples: `?state=open`, `?course=commercial-space`.",
)
class Enrolments(OwnLearners, Listing):
    serializer_class = EnrolmentSerializer
    filterset_class = EnrolmentFilter
    ordering_fields = ("enrolled_at", "completed_at")
    queryset = Enrolment.objects.none()


@extend_schema(
    tags=OWN,
    summary="How far one of your members is with one course",
    description="By its number. Another organisation's is not found.",
)
class EnrolmentItem(OwnLearners, Item):
    serializer_class = EnrolmentSerializer
    queryset = Enrolment.objects.none()

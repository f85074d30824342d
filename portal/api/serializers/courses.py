"""Courses as anybody may know them (nothing of the question bank); an organisation's own learners."""

from typing import Any

from rest_framework import serializers

from portal.api.serializers.texts import Here, PagesSerializer, Row, SourceSerializer, WordsSerializer, href
from portal.core.dates import today
from portal.courses.models import Certificate, CourseVersion, LessonVersion
from portal.courses.queries import Progress


class LessonSerializer(Row):
    """A lesson without its text, which is read on its page."""

    title = serializers.SerializerMethodField()
    objectives = serializers.SerializerMethodField(help_text="By language.")

    class Meta:
        model = LessonVersion
        fields = ["number", "minutes", "title", "objectives"]

    def get_title(self, row: LessonVersion) -> WordsSerializer:
        return {text.language: text.title for text in row.texts.all()}  # type: ignore[return-value]

    def get_objectives(self, row: LessonVersion) -> dict[str, list[str]]:
        return {text.language: text.objectives for text in row.texts.all()}


class CourseSerializer(Row):
    """A course in its newest version."""

    key = serializers.CharField(source="course.key", read_only=True)
    slug = serializers.CharField(source="course.slug", read_only=True)
    version = serializers.IntegerField(source="number", read_only=True)
    objectives = WordsSerializer(many=True, read_only=True)
    topics = serializers.ListField(child=serializers.CharField(), read_only=True)
    questions = serializers.IntegerField(read_only=True, help_text="How many questions a test has.")
    sources = SourceSerializer(many=True, read_only=True)
    to_check = WordsSerializer(many=True, read_only=True)
    withdrawn_on = serializers.DateField(source="course.withdrawn_on", read_only=True, allow_null=True)
    href = Here("course", slug="course.slug")
    page = PagesSerializer(source="course", read_only=True)

    class Meta:
        model = CourseVersion
        fields = [
            "key",
            "slug",
            "version",
            "title",
            "summary",
            "audience",
            "objectives",
            "minutes",
            "topics",
            "questions",
            "pass_mark",
            "time_limit",
            "attempts",
            "valid_months",
            "published_at",
            "as_of",
            "sources",
            "to_check",
            "withdrawn_on",
            "href",
            "page",
        ]


class CourseInFullSerializer(CourseSerializer):
    """A course with its lessons."""

    lessons = LessonSerializer(many=True, read_only=True)

    class Meta(CourseSerializer.Meta):
        fields = [*CourseSerializer.Meta.fields, "lessons"]


class PersonSerializer(serializers.Serializer[Any]):
    """A member. The same person has the same number everywhere in this API."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()


class CertificateSerializer(serializers.Serializer[Any]):
    """A certificate and where it stands today."""

    serial = serializers.CharField()
    state = serializers.SerializerMethodField()
    issued_at = serializers.DateTimeField()
    valid_until = serializers.DateField(allow_null=True)
    page = PagesSerializer(source="*", help_text="Where anybody can verify it.")

    def get_state(self, row: Certificate) -> str:
        return str(row.state(today()))


class EnrolmentSerializer(serializers.Serializer[Any]):
    """How far one of your members is with a course. No questions, no answers."""

    id = serializers.IntegerField(source="enrolment.pk")
    person = PersonSerializer(source="enrolment.person")
    course = serializers.CharField(source="enrolment.version.course.key")
    version = serializers.IntegerField(source="enrolment.version.number")
    source = serializers.CharField(source="enrolment.source")  # type: ignore[assignment]
    enrolled_at = serializers.DateTimeField(source="enrolment.enrolled_at")
    completed_at = serializers.DateTimeField(source="enrolment.completed_at", allow_null=True)
    ended_at = serializers.DateTimeField(source="enrolment.ended_at", allow_null=True)
    lessons_read = serializers.IntegerField(source="read")
    lessons = serializers.IntegerField()
    attempts = serializers.SerializerMethodField(help_text="How many attempts were begun.")
    attempts_left = serializers.IntegerField(source="left")
    best = serializers.IntegerField(allow_null=True, help_text="The best score, in per cent.")
    certificate = CertificateSerializer(allow_null=True)
    href = serializers.SerializerMethodField()

    def get_attempts(self, row: Progress) -> int:
        return len(row.attempts)

    def get_href(self, row: Progress) -> str:
        return href("enrolment", pk=row.enrolment.pk)

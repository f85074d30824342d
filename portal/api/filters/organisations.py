from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet

from portal.api.filters.kinds import Day
from portal.assessments.models import State
from portal.courses.models import Enrolment
from portal.reading import queries as reading
from portal.reading.models import ReadingRequest


class AssessmentFilter(FilterSet):
    state = ChoiceFilter(choices=[(state.value, state.value) for state in State], help_text=_("Where it stands."))
    questionnaire = CharFilter(
        "questionnaire_version__questionnaire__slug", help_text=_("A questionnaire's slug, such as quick-check.")
    )
    since = Day("started_at", lookup_expr="date__gte", help_text=_("Started on this day or later, as YYYY-MM-DD."))


class EnrolmentFilter(FilterSet):
    course = CharFilter("course__slug", help_text=_("A course's slug."))
    person = CharFilter(method="of_person", help_text=_("A person's number."))
    state = ChoiceFilter(
        choices=[("open", "open"), ("completed", "completed"), ("ended", "ended")],
        method="in_state",
        help_text=_("open, completed, or ended without passing."),
    )

    def of_person(self, rows: QuerySet[Enrolment], name: str, value: str) -> QuerySet[Enrolment]:
        return rows.filter(person=int(value)) if value.isascii() and value.isdigit() else rows.none()

    def in_state(self, rows: QuerySet[Enrolment], name: str, value: str) -> QuerySet[Enrolment]:
        if value == "open":
            return rows.filter(completed_at=None, ended_at=None)
        return (
            rows.exclude(completed_at=None)
            if value == "completed"
            else rows.filter(completed_at=None).exclude(ended_at=None)
        )


class ReadingRequestFilter(FilterSet):
    key = CharFilter("key", help_text=_("What is to be read, by its key."))
    state = ChoiceFilter(
        choices=[(state, state) for state in ("open", "late", "done", "withdrawn")],
        method="in_state",
        help_text=_("open, late, done (nobody is left) or withdrawn."),
    )

    def in_state(self, rows: QuerySet[ReadingRequest], name: str, value: str) -> QuerySet[ReadingRequest]:
        return reading.in_state(rows, value)

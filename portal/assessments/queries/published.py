"""Frameworks and questionnaires as everybody may read them."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from portal.assessments.models import (
    Element,
    FrameworkVersion,
    Questionnaire,
    QuestionnaireVersion,
    Requirement,
)
from portal.core.errors import NotFound


def frameworks() -> QuerySet[FrameworkVersion]:
    """The current version of every framework that is not withdrawn."""
    return (
        FrameworkVersion.objects.filter(current_of__isnull=False, framework__withdrawn_on=None)
        .select_related("framework")
        .order_by("framework__slug")
    )


def framework(slug: str) -> FrameworkVersion:
    """The current version of one framework, withdrawn or not, with elements and requirements. Three queries."""
    requirements = Prefetch("requirements", Requirement.objects.order_by("position"))
    elements = Prefetch("elements", Element.objects.order_by("position").prefetch_related(requirements))
    rows = FrameworkVersion.objects.filter(current_of__slug=slug).select_related("framework")
    found = rows.prefetch_related(elements).first()
    if found is None:
        raise NotFound(_("There is no such framework."))
    return found


def questionnaires() -> QuerySet[QuestionnaireVersion]:
    """The current version of every questionnaire that is not withdrawn."""
    return (
        QuestionnaireVersion.objects.filter(current_of__isnull=False, questionnaire__withdrawn_on=None)
        .select_related("questionnaire")
        .order_by("questionnaire__slug")
    )


def questionnaire(slug: str) -> QuestionnaireVersion:
    """The current version of one questionnaire, withdrawn or not."""
    found: Questionnaire | None = (
        Questionnaire.objects.filter(slug=slug).exclude(current=None).select_related("current__questionnaire").first()
    )
    if found is None or found.current is None:
        raise NotFound(_("There is no such questionnaire."))
    return found.current


def public_check() -> QuestionnaireVersion:
    """The questionnaire that visitors may answer without an account."""
    found = questionnaires().filter(public=True).first()
    if found is None:
        raise NotFound(_("The quick check has not been loaded yet."))
    return found

"""An assessment of `firm`, started by `officer`."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from portal.accounts.models import User
from portal.assessments import actions
from portal.assessments.models import Assessment, QuestionnaireVersion
from portal.organisations.models import Organisation
from tests.assessments.factories import make_check, make_questionnaire


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page in Chinese must not leave its language to the next test."""
    with translation.override("en"):
        yield


@pytest.fixture
def version(db: None) -> QuestionnaireVersion:
    return make_questionnaire()


@pytest.fixture
def check(db: None) -> QuestionnaireVersion:
    return make_check()


@pytest.fixture
def assessment(version: QuestionnaireVersion, firm: Organisation, officer: User) -> Assessment:
    return actions.start(version, organisation=firm, title="Programme 2026", by=officer)


@pytest.fixture
def submitted(assessment: Assessment, officer: User) -> Assessment:
    """Answered in part and handed in by the officer."""
    for question in assessment.questionnaire_version.questions.filter(type="scale"):
        actions.answer(assessment, question, value="partly", by=officer)
    return actions.submit(assessment, by=officer)

"""What an organisation keeps for itself: with its token, or signed in; nothing of another's."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.assessments.models import Assessment
from portal.core.models import AuditEvent
from portal.courses.models import CourseVersion, Enrolment
from portal.organisations.actions.tokens import revoke_token
from portal.organisations.models import Organisation
from tests.api.factories import bearer, enrol, make_assessment, make_course, make_questionnaire
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
OWN = ["organisation/", "assessments/", "enrolments/"]


@pytest.fixture
def token(firm: Organisation, owner: User) -> dict[str, str]:
    return bearer(firm, owner)[1]


@pytest.fixture
def other_token(other_firm: Organisation, outsider: User) -> dict[str, str]:
    return bearer(other_firm, outsider)[1]


@pytest.fixture
def assessment(firm: Organisation, officer: User) -> Assessment:
    return make_assessment(firm, officer)


@pytest.fixture
def course() -> CourseVersion:
    return make_course()


@pytest.fixture
def enrolment(course: CourseVersion, firm: Organisation, learner: User) -> Enrolment:
    return enrol(course, learner, firm)


def get(client: Client, path: str, headers: dict[str, str] | None = None) -> Any:
    return client.get(f"/api/v1/{path}", headers=headers or {})


# --- With a token ----------------------------------------------------------------------------------


def test_a_token_says_whose_it_is(client: Client, token: dict[str, str]) -> None:
    response = get(client, "organisation/", token)
    assert response.json()["key"] == "organisation/lanzhou-composites"
    assert response["Cache-Control"] == "private, no-store"


def test_own_assessments(client: Client, token: dict[str, str], assessment: Assessment) -> None:
    rows = get(client, "assessments/", token).json()["results"]
    assert [(row["title"], row["answered"], row["questions"]) for row in rows] == [("Year 2026", 1, 2)]
    assert get(client, "assessments/?state=approved", token).json()["count"] == 0


def test_an_assessment_with_answers_and_score(client: Client, token: dict[str, str], assessment: Assessment) -> None:
    found = get(client, f"assessments/{assessment.ref}/", token).json()
    assert (found["score"]["low"], found["score"]["high"]) == (0.4062, 0.9062)
    answer, open_one = found["sections"][0]["answers"]
    assert (answer["value"], answer["note"], answer["low"]) == ("good", "See the manual.", 0.8125)
    assert (open_one["standing"], open_one["value"]) == ("unanswered", None)
    assert found["elements"][0]["key"] == "icp/house/e1"
    assert found["gaps"] == ["q/house/q1", "q/house/q0"]


def test_own_learners(client: Client, token: dict[str, str], enrolment: Enrolment, learner: User) -> None:
    row = get(client, "enrolments/?state=open", token).json()["results"][0]
    assert row["person"] == {"id": learner.pk, "name": learner.name}
    assert (row["course"], row["lessons_read"], row["lessons"]) == ("course/space", 0, 1)
    assert get(client, f"enrolments/{enrolment.pk}/", token).json() == row
    assert get(client, "enrolments/?state=completed", token).json()["count"] == 0
    assert get(client, f"enrolments/?person={learner.pk}&course=space", token).json()["count"] == 1


def test_what_members_learn_on_their_own_is_theirs(
    client: Client, token: dict[str, str], course: CourseVersion, learner: User
) -> None:
    row = enrol(course, learner, None)
    assert get(client, "enrolments/", token).json()["count"] == 0
    assert get(client, f"enrolments/{row.pk}/", token).status_code == 404


@pytest.mark.usefixtures("enrolment")
def test_no_address_of_a_person_is_given(client: Client, token: dict[str, str], assessment: Assessment) -> None:
    for path in [*OWN, f"assessments/{assessment.ref}/"]:
        assert "@" not in get(client, path, token).content.decode()


# --- Another's -------------------------------------------------------------------------------------


def test_another_organisation_sees_nothing(
    client: Client, other_token: dict[str, str], assessment: Assessment, enrolment: Enrolment
) -> None:
    for path in ("assessments/", "enrolments/"):
        assert get(client, path, other_token).json()["results"] == []
    for path in (f"assessments/{assessment.ref}/", f"enrolments/{enrolment.pk}/"):
        response = get(client, path, other_token)
        assert (response.status_code, response.json()["code"]) == (404, "not-found")
        assert "Year 2026" not in response.content.decode()


def test_a_session_elsewhere_sees_nothing(client_for: Any, outsider: User, assessment: Assessment) -> None:
    client = client_for(outsider)
    assert get(client, f"assessments/{assessment.ref}/").status_code == 404
    assert get(client, "assessments/").json()["count"] == 0


def test_a_token_counts_before_a_session(client_for: Any, outsider: User, token: dict[str, str]) -> None:
    found = get(client_for(outsider), "organisation/", token).json()
    assert found["key"] == "organisation/lanzhou-composites"


# --- Refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", OWN)
def test_visitors_are_asked_for_a_token(client: Client, path: str) -> None:
    response = get(client, path)
    assert (response.status_code, response.json()["code"]) == (401, "not-authenticated")
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize("raw", ["ptl_wrong", "", "ptl_\u00e9", "a b"])
@pytest.mark.parametrize("path", ["cases/", "assessments/"])
def test_a_wrong_token_is_refused_everywhere(client: Client, path: str, raw: str) -> None:
    response = get(client, path, {"Authorization": f"Bearer {raw}"})
    assert (response.status_code, response.json()["code"]) == (401, "invalid-token")
    assert 'error="invalid_token"' in response["WWW-Authenticate"]


def test_a_revoked_token_is_refused(client: Client, firm: Organisation, owner: User) -> None:
    token, header = bearer(firm, owner)
    assert get(client, "organisation/", header).status_code == 200
    revoke_token(token, by=owner.actor)
    assert get(client, "organisation/", header).status_code == 401


def test_a_closed_organisations_token_is_refused(client: Client, firm: Organisation, token: dict[str, str]) -> None:
    Organisation.objects.filter(pk=firm.pk).update(closed_at=timezone.now())
    assert get(client, "organisation/", token).status_code == 401


def test_a_token_without_the_scope_is_refused_and_noted(client: Client, firm: Organisation, owner: User) -> None:
    token, header = bearer(firm, owner)
    token.scopes = []
    token.save()
    response = get(client, "assessments/", header)
    assert (response.status_code, response.json()["code"]) == (403, "not-allowed")
    assert AuditEvent.objects.get(event="permission.refused").actor_key == f"token/{token.pk}"


@pytest.mark.parametrize(
    ("person", "path", "status"),
    [
        ("owner", "assessments/", 200),
        ("officer", "enrolments/", 200),
        ("auditor", "assessments/", 200),
        ("auditor", "enrolments/", 200),
        ("contributor", "assessments/", 403),
        ("learner", "assessments/", 403),
        ("learner", "enrolments/", 403),
        ("learner", "organisation/", 200),
        ("trainer", "enrolments/", 200),
        ("trainer", "assessments/", 403),
    ],
)
def test_roles(client_for: Any, request: Any, person: str, path: str, status: int) -> None:
    user: User = request.getfixturevalue(person)
    assert get(client_for(user), path).status_code == status
    refused = AuditEvent.objects.filter(event="permission.refused", actor_key=user.actor.key)
    assert refused.count() == (status == 403)


def test_people_without_an_organisation_are_told(client_for: Any, firm: Organisation) -> None:
    user = MembershipFactory(ended_at=timezone.now()).user
    response = get(client_for(user), "assessments/")
    assert response.status_code == 403
    assert "no organisation" in response.json()["detail"]


def test_a_token_cannot_write(client: Client, token: dict[str, str]) -> None:
    for path in OWN:
        assert client.post(f"/api/v1/{path}", headers=token).status_code == 405


# --- Queries ---------------------------------------------------------------------------------------


def test_queries_do_not_grow(
    client: Client, token: dict[str, str], assessment: Assessment, officer: User, django_assert_num_queries: Any
) -> None:
    version = make_course()
    enrol(version, officer, assessment.organisation)
    get(client, "organisation/", token)  # the first use of a token is written down
    with django_assert_num_queries(5):
        get(client, "assessments/", token)
    with django_assert_num_queries(7):
        get(client, "enrolments/", token)
    for _ in range(30):
        make_assessment(assessment.organisation, officer, assessment.questionnaire_version)
        person = MembershipFactory(organisation=assessment.organisation).user
        enrol(version, person, assessment.organisation)
    with django_assert_num_queries(5):
        assert get(client, "assessments/", token).json()["count"] == 31
    with django_assert_num_queries(7):
        assert get(client, "enrolments/", token).json()["count"] == 31


@pytest.mark.parametrize("questions", [1, 30])
def test_an_assessment_is_read_in_few_queries(
    client: Client, token: dict[str, str], officer: User, questions: int, django_assert_num_queries: Any
) -> None:
    row = make_assessment(officer.memberships.get().organisation, officer, make_questionnaire("long", questions))
    get(client, "organisation/", token)
    with django_assert_num_queries(9):
        get(client, f"assessments/{row.ref}/", token)

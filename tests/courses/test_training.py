"""Training in an organisation: nothing of one is visible to another."""

import pytest

from portal.core.models import AuditEvent
from portal.courses.models import Enrolment
from portal.organisations.models import Role
from tests.courses.factories import enrolled, make_course, started, taken
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db):
    return make_course()


@pytest.fixture
def student(provider):
    return MembershipFactory(organisation=provider, role=Role.LEARNER).user


def test_an_officer_sees_who_is_how_far(client_for, officer, learner, firm, version):
    taken(enrolled(learner, version, firm), wrong=1)
    page = client_for(officer, firm).get("/training/").content.decode()
    for words in (learner.name, "Space 1", "Passed", "0/2", "1/3", "75 %"):
        assert words in page


def test_other_organisations_are_invisible(client_for, officer, outsider, other_firm, firm, learner, version):
    theirs = enrolled(outsider, version, other_firm)
    alone = enrolled(learner, version)
    client = client_for(officer, firm)
    page = client.get("/training/").content.decode()
    assert outsider.name not in page
    assert "Nobody is enrolled yet" in page
    for enrolment in (theirs, alone):
        assert client.get(f"/training/{enrolment.pk}/").status_code == 404


def test_what_an_officer_sees_of_a_learner(client_for, officer, learner, firm, version):
    enrolment = enrolled(learner, version, firm)
    taken(enrolment, wrong=4)
    started(enrolment)
    page = client_for(officer, firm).get(f"/training/{enrolment.pk}/").content.decode()
    assert "0 %" in page
    assert "In progress" in page
    assert "Secret question" not in page


@pytest.mark.parametrize("address", ["/training/", "/training/enrol/", "/training/1/"])
def test_visitors_sign_in(client, db, address):
    assert client.get(address).status_code == 302


def test_roles(client_for, firm, version, auditor, learner, contributor, owner):
    enrolment = enrolled(learner, version, firm)
    pages = ("/training/", f"/training/{enrolment.pk}/", "/training/enrol/")
    for person, states in [
        (owner, (200, 200, 200)),
        (auditor, (200, 200, 403)),
        (learner, (403, 403, 403)),
        (contributor, (403, 403, 403)),
    ]:
        client = client_for(person, firm)
        assert tuple(client.get(page).status_code for page in pages) == states
    assert AuditEvent.objects.filter(event="permission.refused").count() == 7


def test_the_auditor_finds_no_way_to_enrol(client_for, auditor, firm, version):
    assert "/training/enrol/" not in client_for(auditor, firm).get("/training/").content.decode()


def test_filters(client_for, officer, learner, contributor, firm, version):
    taken(enrolled(learner, version, firm))
    enrolled(contributor, make_course("missiles"), firm)
    client = client_for(officer, firm)

    def rows(query):
        return [row.enrolment.person for row, _state in client.get(f"/training/?{query}").context["rows"]]

    assert rows("course=space") == [learner]
    assert rows("state=passed") == [learner]
    assert rows("state=learning") == [contributor]
    assert rows("state=ended") == []
    assert "Nobody matches" in client.get("/training/?state=ended").content.decode()
    assert "What they get wrong" in client.get("/training/?course=space").content.decode()


def test_enrolling_members(client_for, officer, learner, contributor, firm, version):
    answer = client_for(officer, firm).post(
        "/training/enrol/", {"course": version.pk, "members": [learner.pk, contributor.pk]}
    )
    assert answer.url == "/training/"
    assert {row.person for row in Enrolment.objects.filter(organisation=firm)} == {learner, contributor}


def test_a_trainer_enrols_students_of_the_school(client_for, trainer, student, provider, version):
    client_for(trainer, provider).post("/training/enrol/", {"course": version.pk, "members": [student.pk]})
    assert Enrolment.objects.get().person == student


def test_nobody_enrols_strangers_or_auditors(client_for, officer, outsider, auditor, learner, firm, version):
    client = client_for(officer, firm)
    for stranger in (outsider, auditor):
        answer = client.post("/training/enrol/", {"course": version.pk, "members": [learner.pk, stranger.pk]})
        assert answer.status_code == 422
    assert not Enrolment.objects.exists()


def test_a_form_with_nobody_in_it_is_shown_again(client_for, officer, firm, version):
    assert client_for(officer, firm).post("/training/enrol/", {"course": version.pk}).status_code == 422


def test_revoking_a_certificate(client_for, trainer, student, provider, version):
    certificate = taken(enrolled(student, version, provider)).certificate
    client = client_for(trainer, provider)
    address = f"/training/certificates/{certificate.serial}/revoke/"
    assert "cannot be undone" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    answer = client.post(address, {"reason": "Somebody else sat the test."}, follow=True)
    assert "Somebody else sat the test." in answer.content.decode()
    assert certificate.events.last().kind == "revoked"
    event = AuditEvent.objects.get(event="certificate.revoked")
    assert (event.actor_key, event.organisation_key) == (trainer.actor.key, provider.key)


def test_who_may_not_revoke(
    client_for, officer, auditor, trainer, outsider, learner, firm, other_firm, provider, version
):
    certificate = taken(enrolled(learner, version, firm)).certificate
    address = f"/training/certificates/{certificate.serial}/revoke/"
    for person, organisation, status in [
        (officer, firm, 403),
        (auditor, firm, 403),
        (learner, firm, 403),
        (trainer, provider, 404),
        (outsider, other_firm, 403),
    ]:
        assert client_for(person, organisation).post(address, {"reason": "x"}).status_code == status
    assert certificate.events.count() == 1


def test_wrong_method(client_for, owner, firm):
    assert client_for(owner, firm).post("/training/").status_code == 405


def test_training_in_chinese(client_for, officer, learner, firm, version):
    enrolled(learner, version, firm)
    assert "航天 1" in client_for(officer, firm).get("/zh-hans/training/").content.decode()


def test_queries_stay_the_same_with_thirty(
    client_for, officer, firm, version, django_assert_max_num_queries, django_assert_num_queries
):
    def one():
        person = MembershipFactory(organisation=firm, role=Role.LEARNER).user
        taken(enrolled(person, version, firm))

    one()
    client = client_for(officer, firm)
    with django_assert_max_num_queries(24) as few:
        client.get("/training/?course=space")
    for _number in range(29):
        one()
    with django_assert_num_queries(len(few.captured_queries)):
        client.get("/training/?course=space")
    with django_assert_max_num_queries(8):
        client.get("/training/enrol/")

"""A person's own learning."""

import pytest

from portal.courses.models import Enrolment, LessonRead
from tests.courses.factories import enrolled, make_course, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db):
    return make_course()


def test_visitors_sign_in_first(client, version, learner):
    enrolment = enrolled(learner, version)
    for address in ("/learning/", "/courses/space/enrol/", f"/learning/{enrolment.pk}/test/"):
        answer = client.get(address)
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/account/login/")
    assert client.post(f"/learning/{enrolment.pk}/1/read/").status_code == 302
    assert not LessonRead.objects.exists()


def test_my_learning_begins_with_a_way_to_a_course(client_for, learner, firm):
    assert "Choose a course" in client_for(learner, firm).get("/learning/").content.decode()


def test_my_learning(client_for, learner, firm, version):
    taken(enrolled(learner, version, firm))
    enrolled(learner, make_course("missiles"), firm)
    page = client_for(learner, firm).get("/learning/").content.decode()
    assert learner.enrolments.get(course__slug="space").attempts.get().certificate.serial in page
    assert "0 of 2 lessons read" in page


def test_enrolling_for_the_firm(client_for, learner, firm, version):
    client = client_for(learner, firm)
    assert "Lanzhou Composites" in client.get("/courses/space/enrol/").content.decode()
    assert client.post("/courses/space/enrol/", {"learn_for": str(firm.pk)}).status_code == 302
    assert Enrolment.objects.get().organisation == firm


def test_enrolling_for_oneself(client_for, learner, firm, version):
    client_for(learner, firm).post("/courses/space/enrol/", {"learn_for": "self"})
    assert Enrolment.objects.get().organisation is None


def test_nobody_enrols_for_another_firm(client_for, learner, firm, other_firm, version):
    answer = client_for(learner, firm).post("/courses/space/enrol/", {"learn_for": str(other_firm.pk)})
    assert answer.status_code == 422
    assert not Enrolment.objects.exists()


def test_who_only_reads_for_the_firm_learns_for_oneself(client_for, auditor, firm, version):
    client = client_for(auditor, firm)
    assert "You learn for yourself" in client.get("/courses/space/enrol/").content.decode()
    client.post("/courses/space/enrol/")
    assert Enrolment.objects.get().organisation is None


def test_a_spent_round_is_refused_with_a_sentence(client_for, learner, firm):
    version = make_course(attempts=1)
    taken(enrolled(learner, version, firm), wrong=4)
    answer = client_for(learner, firm).post("/courses/space/enrol/", {"learn_for": str(firm.pk)})
    assert answer.status_code == 422
    assert "7 days" in answer.content.decode()


def test_marking_as_read_goes_on_to_the_next_lesson(client_for, learner, firm, version):
    enrolment = enrolled(learner, version, firm)
    client = client_for(learner, firm)
    assert "Mark as read and go on" in client.get("/courses/space/1/").content.decode()
    assert client.post(f"/learning/{enrolment.pk}/1/read/").url == "/courses/space/v1/2/"
    assert client.post(f"/learning/{enrolment.pk}/2/read/").url == f"/learning/{enrolment.pk}/test/"
    assert LessonRead.objects.count() == 2
    assert "Mark as read" not in client.get("/courses/space/1/").content.decode()


def test_nobody_reads_for_somebody_else(client_for, learner, officer, outsider, firm, version):
    enrolment = enrolled(learner, version, firm)
    for person in (officer, outsider):
        assert client_for(person).post(f"/learning/{enrolment.pk}/1/read/").status_code == 404
    assert not LessonRead.objects.exists()


def test_unknown_lesson_and_wrong_method(client_for, learner, version):
    enrolment = enrolled(learner, version)
    client = client_for(learner)
    assert client.post(f"/learning/{enrolment.pk}/9/read/").status_code == 404
    assert client.get(f"/learning/{enrolment.pk}/1/read/").status_code == 405
    assert client.post("/learning/").status_code == 405


def test_queries_of_my_learning_do_not_grow(
    client_for, learner, firm, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_for(learner, firm)
    taken(enrolled(learner, make_course("c0"), firm))
    enrolled(learner, make_course("d0"), firm)
    with django_assert_max_num_queries(14) as few:
        client.get("/learning/")
    for number in range(1, 15):
        taken(enrolled(learner, make_course(f"c{number}"), firm))
        enrolled(learner, make_course(f"d{number}"), firm)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get("/learning/")

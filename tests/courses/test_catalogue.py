"""Courses and lessons, as everybody may read them."""

import datetime as dt

import pytest

from portal.courses.models import Course
from tests.courses.factories import enrolled, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db):
    return make_course()


def test_courses(client, version):
    page = client.get("/courses/").content.decode()
    assert "Space 1" in page
    assert 'href="/courses/space/"' in page


def test_no_course_yet_says_what_to_do(client, db):
    assert "No course yet" in client.get("/courses/").content.decode()


def test_a_visitor_reads_a_course(client, version):
    page = client.get("/courses/space/").content.decode()
    for words in ("Know the list.", "Engineers.", "Lesson 2 title", "Sign in to enrol", "24 months"):
        assert words in page


def test_a_course_in_chinese(client, version):
    page = client.get("/zh-hans/courses/space/").content.decode()
    for words in ("航天 1", "工程师。", "第2课标题", 'href="/zh-hans/courses/space/2/"'):
        assert words in page


def test_no_page_reveals_the_bank(client, version):
    for address in ("/courses/space/", "/courses/space/1/", "/courses/"):
        assert "Secret question" not in client.get(address).content.decode()


def test_a_learner_sees_the_progress(client_for, learner, firm, version):
    enrolled(learner, version, firm)
    page = client_for(learner, firm).get("/courses/space/").content.decode()
    assert "0 of 2 lessons read" in page
    assert "Go to the test" in page


def test_a_learner_stays_with_the_version_of_the_enrolment(client_for, learner, version):
    enrolled(learner, version)
    make_course(number=2, lessons=1)
    page = client_for(learner).get("/courses/space/").content.decode()
    assert "You are enrolled in version 1" in page
    assert 'href="/courses/space/v1/2/"' in page


def test_a_withdrawn_course_stays_readable(client, client_for, learner, version):
    Course.objects.update(withdrawn_on=dt.date(2026, 1, 1))
    page = client.get("/courses/space/").content.decode()
    assert "was withdrawn on" in page
    assert client.get("/courses/space/1/").status_code == 200
    assert client_for(learner).get("/courses/space/enrol/").status_code == 404
    assert "Space 1" not in client.get("/courses/").content.decode()


@pytest.mark.parametrize("address", ["/courses/none/", "/courses/space/9/", "/courses/space/v2/1/", "/courses/none/1/"])
def test_unknown(client, version, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/courses/", "/courses/space/", "/courses/space/1/"])
def test_wrong_method(client, version, address):
    assert client.post(address).status_code == 405


def test_a_lesson(client, version):
    page = client.get("/courses/space/1/").content.decode()
    assert "<p>Body en.</p>" in page
    assert 'href="/courses/space/v1/2/"' in page
    assert "Mark as read" not in page


def test_a_lesson_in_chinese_and_one_without_translation(client, version):
    assert "Body zh-hans." in client.get("/zh-hans/courses/space/1/").content.decode()
    version.lessons.get(number=1).texts.filter(language="zh-hans").delete()
    page = client.get("/zh-hans/courses/space/1/").content.decode()
    assert '<div lang="en"><h2' in page


def test_an_old_version_of_a_lesson_says_so(client, version):
    make_course(number=2)
    assert "version 2 is the current one" in client.get("/courses/space/v1/1/").content.decode()
    assert "is the current one" not in client.get("/courses/space/1/").content.decode()


def test_queries_stay_the_same_with_thirty(client, django_assert_max_num_queries, django_assert_num_queries):
    make_course("c0")
    with django_assert_max_num_queries(4) as few:
        client.get("/courses/")
    for number in range(1, 30):
        make_course(f"c{number}", lessons=1, bank=1, count=1)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get("/courses/")


def test_queries_of_a_course_do_not_grow_with_lessons(client, django_assert_max_num_queries, django_assert_num_queries):
    make_course("small", lessons=1)
    make_course("large", lessons=30)
    for place in ("", "1/"):
        with django_assert_max_num_queries(12) as few:
            client.get(f"/courses/small/{place}")
        with django_assert_num_queries(len(few.captured_queries)):
            client.get(f"/courses/large/{place}")

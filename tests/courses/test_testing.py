"""Taking the test in a browser, with and without scripts."""

import datetime as dt

import pytest
import time_machine

from portal.courses import queries
from portal.courses.models import Attempt
from tests.courses.factories import START, enrolled, make_course, started, taken

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def enrolment(learner, firm):
    return enrolled(learner, make_course(), firm)


@pytest.fixture
def signed_in(client_for, learner, firm):
    return client_for(learner, firm)


def test_the_rules_come_first(signed_in, enrolment):
    page = signed_in.get(f"/learning/{enrolment.pk}/test/").content.decode()
    for words in ("30 minutes", "75 %", "3 of 3", "0 of 2", enrolment.person.name):
        assert words in page
    assert not Attempt.objects.exists()


def test_the_whole_way_without_a_script(signed_in, enrolment):
    answer = signed_in.post(f"/learning/{enrolment.pk}/test/")
    attempt = Attempt.objects.get()
    assert answer.url == f"/tests/{attempt.pk}/1/"
    for position in range(1, 5):
        page = signed_in.get(f"/tests/{attempt.pk}/{position}/").content.decode()
        assert f"Question {position} of 4" in page
        assert "Because" not in page
        answer = signed_in.post(f"/tests/{attempt.pk}/{position}/", {"chosen": "a", "go": "next"})
    assert answer.url == f"/tests/{attempt.pk}/review/"
    assert "Every question is answered" in signed_in.get(answer.url).content.decode()
    assert signed_in.post(answer.url).url == f"/tests/{attempt.pk}/result/"
    page = signed_in.get(f"/tests/{attempt.pk}/result/").content.decode()
    assert "Passed with 100 %" in page
    assert "Because" in page
    assert "Open the certificate" in page


def test_an_answer_is_shown_again(signed_in, enrolment):
    attempt = started(enrolment)
    signed_in.post(f"/tests/{attempt.pk}/2/", {"chosen": "c", "go": "previous"})
    assert 'value="c" checked' in signed_in.get(f"/tests/{attempt.pk}/2/").content.decode()


def test_going_on_after_a_break_opens_the_first_question_without_an_answer(signed_in, enrolment):
    attempt = started(enrolment)
    signed_in.post(f"/tests/{attempt.pk}/1/", {"chosen": "c"})
    assert signed_in.post(f"/learning/{enrolment.pk}/test/").url == f"/tests/{attempt.pk}/2/"
    assert Attempt.objects.count() == 1


def test_htmx_keeps_an_answer_and_says_so(signed_in, enrolment):
    attempt = started(enrolment)
    answer = signed_in.post(f"/tests/{attempt.pk}/1/", {"chosen": "b"}, **HTMX)
    assert "Answer kept at" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert queries.chosen_in(attempt) == {1: ["b"]}


def test_unanswered_questions_are_counted_before_submission(signed_in, enrolment):
    attempt = started(enrolment)
    signed_in.post(f"/tests/{attempt.pk}/1/", {"chosen": "a"})
    page = signed_in.get(f"/tests/{attempt.pk}/review/").content.decode()
    assert "Submit with 3 questions unanswered" in page


def test_an_answer_after_the_deadline_leads_to_the_result(signed_in, enrolment):
    with time_machine.travel(START, tick=False):
        attempt = started(enrolment)
        signed_in.post(f"/tests/{attempt.pk}/1/", {"chosen": "a"})
    with time_machine.travel(START + 31 * MINUTE, tick=False):
        answer = signed_in.post(f"/tests/{attempt.pk}/2/", {"chosen": "a"})
        assert answer.url == f"/tests/{attempt.pk}/result/"
        page = signed_in.get(answer.url).content.decode()
        scripted = signed_in.post(f"/tests/{attempt.pk}/2/", {"chosen": "a"}, **HTMX)
    assert "Time was up" in page
    assert "Not passed: 25 %" in page
    assert scripted.headers["HX-Redirect"] == answer.url
    assert queries.chosen_in(attempt) == {1: ["a"]}


def test_the_start_page_closes_an_attempt_whose_time_is_up(signed_in, enrolment):
    started(enrolment, START)
    page = signed_in.get(f"/learning/{enrolment.pk}/test/").content.decode()
    assert "Attempt 1: 0 %" in page
    assert "2 of 3" in page


def test_the_result_is_shut_until_submission(signed_in, enrolment):
    attempt = started(enrolment)
    answer = signed_in.get(f"/tests/{attempt.pk}/result/")
    assert answer.url == f"/tests/{attempt.pk}/1/"


def test_a_failed_attempt_says_what_to_read_again(signed_in, enrolment):
    attempt = taken(enrolment, wrong=4)
    page = signed_in.get(f"/tests/{attempt.pk}/result/").content.decode()
    assert "Not passed: 0 %" in page
    assert "2 attempts left" in page
    assert 'href="/courses/space/v1/1/">Read it again' in page
    assert "right answer" in page


def test_used_attempts_are_refused_with_a_sentence(client_for, learner, firm):
    enrolment = enrolled(learner, make_course(attempts=1), firm)
    taken(enrolment, wrong=4)
    answer = client_for(learner, firm).post(f"/learning/{enrolment.pk}/test/", follow=True)
    assert "All attempts of this enrolment are used." in answer.content.decode()
    assert Attempt.objects.count() == 1


def test_the_test_in_chinese(signed_in, enrolment):
    attempt = started(enrolment)
    item = queries.items_of(attempt)[0]
    page = signed_in.get(f"/zh-hans/tests/{attempt.pk}/1/").content.decode()
    assert item.question.text.data["zh-hans"] in page


@pytest.mark.parametrize("page", ["1/", "review/", "result/"])
def test_an_attempt_is_nobody_elses(client_for, enrolment, officer, owner, auditor, outsider, firm, other_firm, page):
    attempt = started(enrolment)
    for person, organisation in [(officer, firm), (owner, firm), (auditor, firm), (outsider, other_firm)]:
        client = client_for(person, organisation)
        assert client.get(f"/tests/{attempt.pk}/{page}").status_code == 404
        assert client.get(f"/learning/{enrolment.pk}/test/").status_code == 404
        assert client.post(f"/tests/{attempt.pk}/1/", {"chosen": "b"}).status_code == 404
    assert not attempt.responses.exists()


def test_visitors_sign_in(client, enrolment):
    attempt = started(enrolment)
    for page in ("1/", "review/", "result/"):
        assert client.get(f"/tests/{attempt.pk}/{page}").status_code == 302


def test_unknown_and_wrong_method(signed_in, enrolment):
    attempt = started(enrolment)
    assert signed_in.get(f"/tests/{attempt.pk}/9/").status_code == 404
    assert signed_in.get(f"/tests/{attempt.pk + 1}/1/").status_code == 404
    assert signed_in.put(f"/tests/{attempt.pk}/1/").status_code == 405
    assert signed_in.post(f"/tests/{attempt.pk}/result/").status_code == 405


def test_an_invented_option_is_refused(signed_in, enrolment):
    attempt = started(enrolment)
    assert signed_in.post(f"/tests/{attempt.pk}/1/", {"chosen": "z"}).status_code == 400
    assert not attempt.responses.exists()


def test_queries_do_not_grow_with_the_paper(
    client_for, learner, firm, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_for(learner, firm)
    small = started(enrolled(learner, make_course("small", lessons=1, bank=1, count=1), firm))
    large = started(enrolled(learner, make_course("large", lessons=3, bank=10, count=10), firm))
    for page in ("1/", "review/"):
        with django_assert_max_num_queries(12) as few:
            client.get(f"/tests/{small.pk}/{page}")
        with django_assert_num_queries(len(few.captured_queries)):
            client.get(f"/tests/{large.pk}/{page}")
    for attempt in (small, large):
        client.post(f"/tests/{attempt.pk}/review/")
    with django_assert_max_num_queries(20) as few:
        client.get(f"/tests/{small.pk}/result/")
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(f"/tests/{large.pk}/result/")

"""Answering: a plain form, and each answer by itself."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.assessments import actions
from portal.assessments.models import AnswerEvent
from tests.assessments.factories import question_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def url(assessment):
    return f"{assessment.get_absolute_url()}sections/s1/"


@pytest.fixture
def answer_url(assessment):
    return f"{assessment.get_absolute_url()}answers/e1.r1/"


def test_shows_questions_with_help(client_for, officer, url):
    page = client_for(officer).get(url).content.decode()
    assert "Is e1.r1 done?" in page
    assert "House framework" in page  # the citation in “why” carries the title of what it cites
    assert 'hx-post="' in page


def test_counts_queries(client_for, officer, contributor, assessment, url):
    section = assessment.questionnaire_version.sections.get(label="s1")
    actions.delegate(assessment, section, to=contributor, by=officer)
    for person in (officer, contributor):
        client = client_for(person)
        with CaptureQueriesContext(connection) as made:
            client.get(url)
        assert len(made) <= 15, [query["sql"][:90] for query in made]


def test_saves_the_form_without_scripts(client_for, officer, assessment, url):
    sent = {
        "e1.r1.value": "yes",
        "e1.r1.note": "See chapter 2",
        "e1.r1.seen": "0",
        "e1.r2.value": "not-applicable",
        "e1.r2.reason": "No exports",
        "e1.r2.seen": "0",
        "then": "next",
    }
    reply = client_for(officer).post(url, sent)
    assert reply.url.endswith("/sections/s2/")
    rows = {row.question.label: row.event for row in assessment.answers.all()}
    assert (rows["e1.r1"].value, rows["e1.r1"].note) == ("yes", "See chapter 2")
    assert (rows["e1.r2"].not_applicable, rows["e1.r2"].reason) == (True, "No exports")


def test_saving_again_adds_nothing(client_for, officer, url):
    client = client_for(officer)
    for _ in range(2):
        client.post(url, {"e1.r1.value": "yes", "e1.r1.seen": "0", "e1.r1.note": "", "e1.r1.reason": ""})
    assert AnswerEvent.objects.count() == 1


def test_a_fault_stands_at_its_question_and_the_rest_is_saved(client_for, officer, assessment, url):
    sent = {"e1.r1.value": "not-applicable", "e1.r1.note": "typed", "e1.r2.value": "no"}
    page = client_for(officer).post(url, sent)
    assert page.status_code == 422
    text = page.content.decode()
    assert 'id="e1.r1-error"' in text
    assert ">typed</textarea>" in text
    assert [row.question.label for row in assessment.answers.all()] == ["e1.r2"]


def test_a_conflict_in_the_form_shows_both(client_for, officer, owner, assessment, url):
    actions.answer(assessment, question_of(assessment, "e1.r1"), value="yes", note="theirs", by=owner)
    page = client_for(officer).post(url, {"e1.r1.value": "no", "e1.r1.note": "mine", "e1.r1.seen": "0"})
    assert page.status_code == 409
    text = page.content.decode()
    assert ">mine</textarea>" in text
    assert "<q>theirs</q>" in text
    assert re.search(r'name="e1.r1.seen" value="1"', text)
    client_for(officer).post(url, {"e1.r1.value": "no", "e1.r1.note": "mine", "e1.r1.seen": "1"})
    assert assessment.answers.get().event.note == "mine"


def test_autosave(client_for, officer, assessment, answer_url):
    client = client_for(officer)
    client.post(answer_url, {"e1.r1.value": "no", "e1.r1.seen": "0"}, headers=HTMX)
    with CaptureQueriesContext(connection) as made:
        reply = client.post(answer_url, {"e1.r1.value": "yes", "e1.r1.seen": "1"}, headers=HTMX)
    assert len(made) <= 12, [query["sql"][:90] for query in made]
    text = reply.content.decode()
    assert "Saved" in text
    assert 'name="e1.r1.seen" value="2"' in text
    assert "<html" not in text
    assert assessment.answers.get().event.value == "yes"


def test_autosave_of_a_contributor_in_as_few_queries(client_for, officer, contributor, assessment, answer_url):
    section = assessment.questionnaire_version.sections.get(label="s1")
    actions.answer(assessment, question_of(assessment, "e1.r1"), value="no", by=officer)
    actions.delegate(assessment, section, to=contributor, by=officer)
    client = client_for(contributor)
    with CaptureQueriesContext(connection) as made:
        client.post(answer_url, {"e1.r1.value": "yes", "e1.r1.seen": "1"}, headers=HTMX)
    assert len(made) <= 13, [query["sql"][:90] for query in made]
    assert assessment.answers.get().event.author == contributor


def test_autosave_of_a_conflict(client_for, officer, owner, assessment, answer_url):
    actions.answer(assessment, question_of(assessment, "e1.r1"), value="yes", note="theirs", by=owner)
    text = client_for(officer).post(answer_url, {"e1.r1.value": "no", "e1.r1.seen": "0"}, headers=HTMX).content.decode()
    assert "Theirs counts for now" in text
    assert "<q>theirs</q>" in text
    assert AnswerEvent.objects.filter(aside=True).get().value == "no"


def test_autosave_says_what_is_missing(client_for, officer, assessment, answer_url):
    sent = {"e1.r1.value": "not-applicable", "e1.r1.seen": "0"}
    text = client_for(officer).post(answer_url, sent, headers=HTMX).content.decode()
    assert "Not saved" in text
    assert "why" in text
    assert not assessment.answers.exists()


def test_autosave_without_htmx_goes_back(client_for, officer, answer_url, url):
    assert client_for(officer).post(answer_url, {"e1.r1.value": "yes"}).url == url


def test_autosave_of_strangers(client, client_for, outsider, answer_url):
    assert client_for(outsider).post(answer_url, {"e1.r1.value": "yes"}).status_code == 404
    assert "login" in client.post(answer_url, {"e1.r1.value": "yes"}).url


def test_autosave_of_unknown_questions(client_for, officer, answer_url, assessment):
    assert client_for(officer).post(f"{assessment.get_absolute_url()}answers/none/").status_code == 404
    assert client_for(officer).get(answer_url).status_code == 405


def test_closed_answers(client_for, officer, submitted):
    client, url = client_for(officer), submitted.get_absolute_url()
    page = client.get(f"{url}sections/s1/").content.decode()
    assert "hx-post" not in page
    assert client.post(f"{url}sections/s1/", {"e1.r1.value": "yes"}).status_code == 409


def test_other_types(client_for, officer, assessment):
    url = f"{assessment.get_absolute_url()}sections/more/"
    sent = {"pick.value": "good", "many.value": ["good", "poor"], "count.value": "3", "day.value": "2026-01-02"}
    sent |= {"words.na": "1", "words.reason": "Nothing to tell", "then": "next"}
    reply = client_for(officer).post(url, sent)
    assert reply.url == assessment.get_absolute_url()
    rows = {row.question.label: row.event for row in assessment.answers.all()}
    assert rows["many"].value == ["good", "poor"]
    assert rows["words"].reason == "Nothing to tell"
    assert "checked" in client_for(officer).get(url).content.decode()


def test_words_of_people_are_text(client_for, officer, assessment, url):
    evil = "<img src=x onerror=alert(1)>"
    actions.answer(assessment, question_of(assessment, "e1.r1"), value="yes", note=evil, by=officer)
    assert evil not in client_for(officer).get(url).content.decode()


def test_history(client_for, officer, owner, assessment):
    question = question_of(assessment, "e1.r1")
    actions.answer(assessment, question, value="no", by=officer)
    actions.answer(assessment, question, value="yes", by=owner)
    page = client_for(officer).get(f"{assessment.get_absolute_url()}answers/e1.r1/history/").content.decode()
    newest, oldest = page.index(str(owner)), page.rindex(str(officer))
    assert newest < oldest
    assert re.search(r"<td>No</td><td>Yes</td>", page)


def test_a_strange_digit_for_what_was_seen_is_no_error(client_for, officer, assessment, url):
    reply = client_for(officer).post(url, {"e1.r1.value": "yes", "e1.r1.seen": "²"})
    assert reply.status_code == 302

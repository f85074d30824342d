"""List, start, overview, delegating and handing in."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.assessments import actions, queries
from portal.assessments.models import Assessment, Delegation
from tests.assessments.factories import question_of

pytestmark = pytest.mark.django_db
MISSING = "00000000-0000-4000-8000-000000000000"


def test_list(client_for, officer, assessment):
    assert "Programme 2026" in client_for(officer).get("/assessments/").content.decode()


def test_list_is_empty_for_others(client_for, outsider, contributor, assessment):
    for person in (outsider, contributor):
        page = client_for(person).get("/assessments/")
        assert page.status_code == 200
        assert "Programme 2026" not in page.content.decode()


def test_list_is_not_for_learners_or_visitors(client, client_for, learner, assessment):
    assert client_for(learner).get("/assessments/").status_code == 403
    assert "login" in client.get("/assessments/").url


def test_list_counts_the_same_with_thirty(client_for, officer, firm, version):
    client = client_for(officer)
    actions.start(version, organisation=firm, title="One", by=officer)
    client.get("/assessments/")
    with CaptureQueriesContext(connection) as few:
        client.get("/assessments/")
    for number in range(30):
        actions.start(version, organisation=firm, title=f"N{number}", by=officer)
    with CaptureQueriesContext(connection) as many:
        client.get("/assessments/")
    assert len(few) == len(many) <= 9


def test_new(client_for, officer, version, firm):
    client = client_for(officer)
    page = client.get("/assessments/new/?questionnaire=house").content.decode()
    assert "House questions" in page
    reply = client.post("/assessments/new/", {"questionnaire": "house", "title": "Ours", "ref": MISSING})
    made = Assessment.objects.get(organisation=firm)
    assert reply.url == made.get_absolute_url()


def test_new_keeps_what_was_typed(client_for, officer, version):
    sent = {"title": "Ours", "ref": MISSING, "period_from": "2026-02-01", "period_until": "2026-01-01"}
    page = client_for(officer).post("/assessments/new/", sent)
    assert page.status_code == 422
    assert "ends before it begins" in page.content.decode()
    assert 'value="Ours"' in page.content.decode()
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("role", ["contributor", "auditor", "learner"])
def test_new_is_refused(client_for, role, version, request):
    assert client_for(request.getfixturevalue(role)).get("/assessments/new/").status_code == 403


def test_overview(client_for, officer, assessment):
    client = client_for(officer)
    with CaptureQueriesContext(connection) as made:
        page = client.get(assessment.get_absolute_url())
    assert page.status_code == 200
    assert "0 of 11 questions answered" in page.content.decode()
    assert "Started" in page.content.decode()
    assert len(made) <= 15, [query["sql"][:90] for query in made]


def test_overview_in_chinese(client_for, officer, assessment):
    assert "第1节" in client_for(officer).get(f"/zh-hans{assessment.get_absolute_url()}").content.decode()


PAGES = [
    "",
    "sections/s1/",
    "sections/s1/delegate/",
    "submit/",
    "review/",
    "reopen/",
    "result/",
    "report.pdf",
    "answers.xlsx",
    "answers/e1.r1/history/",
]


MANAGED = ["sections/s1/delegate/", "submit/", "review/", "reopen/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["outsider", "contributor", "learner"])
def test_nobody_else_learns_of_it(client_for, assessment, page, role, request):
    client = client_for(request.getfixturevalue(role))
    assert client.get(assessment.get_absolute_url() + page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_visitors_log_in(client, assessment, page):
    assert "login" in client.get(assessment.get_absolute_url() + page).url


@pytest.mark.parametrize("page", PAGES)
def test_unknown(client_for, officer, version, page):
    assert client_for(officer).get(f"/assessments/{MISSING}/{page}").status_code == 404


@pytest.mark.parametrize(
    "page", ["", "sections/s1/", "result/", "report.pdf", "answers.xlsx", "answers/e1.r1/history/"]
)
def test_the_auditor_reads_everything(client_for, auditor, assessment, page):
    assert client_for(auditor).get(assessment.get_absolute_url() + page).status_code == 200


@pytest.mark.parametrize("page", MANAGED)
def test_the_auditor_changes_nothing(client_for, auditor, assessment, page):
    client = client_for(auditor)
    assert client.get(assessment.get_absolute_url() + page).status_code == 403
    assert client.post(assessment.get_absolute_url() + page).status_code == 403


def test_the_auditor_cannot_answer(client_for, auditor, assessment):
    url = assessment.get_absolute_url()
    client = client_for(auditor)
    assert client.post(f"{url}answers/e1.r1/", {"e1.r1.value": "yes"}).status_code == 403
    assert client.post(f"{url}sections/s1/", {"e1.r1.value": "yes"}).status_code == 403
    assert client.post(f"{url}close/").status_code == 403
    assert not assessment.answers.exists()


def test_delegate(client_for, officer, contributor, assessment):
    url = f"{assessment.get_absolute_url()}sections/s1/delegate/"
    sent = {"user": contributor.pk, "due_on": "2999-12-01", "message": "Please"}
    assert client_for(officer).post(url, sent).status_code == 302
    row = Delegation.objects.get()
    assert (row.user, row.due_on, row.section.label) == (contributor, dt.date(2999, 12, 1), "s1")


def test_delegate_refuses_strangers_and_past_days(client_for, officer, outsider, contributor, assessment):
    url = f"{assessment.get_absolute_url()}sections/s1/delegate/"
    client = client_for(officer)
    assert client.post(url, {"user": outsider.pk}).status_code == 422
    assert client.post(url, {"user": contributor.pk, "due_on": "2001-01-01"}).status_code == 422
    assert client.get(f"{assessment.get_absolute_url()}sections/none/delegate/").status_code == 404
    assert not Delegation.objects.exists()


def test_a_contributor_sees_only_what_was_given(client_for, officer, contributor, assessment):
    section = assessment.questionnaire_version.sections.get(label="s1")
    row = actions.delegate(assessment, section, to=contributor, by=officer)
    url, client = assessment.get_absolute_url(), client_for(contributor)
    overview = client.get(url).content.decode()
    assert "Section 1" in overview
    assert "Section 2" not in overview
    assert "What happened" not in overview
    assert client.get(f"{url}sections/s1/").status_code == 200
    assert client.get(f"{url}sections/s2/").status_code == 404
    assert client.get(f"{url}answers/e2.r1/history/").status_code == 404
    assert client.get(f"{url}result/").status_code == 404
    assert client.get(f"{url}report.pdf").status_code == 404
    assert client.post(f"{url}answers/e2.r1/", {"e2.r1.value": "yes"}).status_code == 404
    assert client.post(f"{url}delegations/{row.pk}/withdraw/").status_code == 403
    assert client.post(f"{url}delegations/{row.pk}/hand-back/").status_code == 302
    assert client.get(f"{url}sections/s1/").status_code == 200
    actions.withdraw_delegation(row, by=officer)
    assert client.get(url).status_code == 404


def test_only_ones_own_delegation_is_handed_back(client_for, officer, contributor, assessment):
    section = assessment.questionnaire_version.sections.get(label="s1")
    row = actions.delegate(assessment, section, to=contributor, by=officer)
    url = assessment.get_absolute_url()
    assert client_for(officer).post(f"{url}delegations/{row.pk}/hand-back/").status_code == 404
    assert client_for(officer).get(f"{url}delegations/{row.pk}/hand-back/").status_code == 405
    assert client_for(officer).post(f"{url}delegations/{row.pk}/withdraw/").status_code == 302


def test_submit_lists_what_is_left(client_for, officer, assessment):
    actions.answer(assessment, question_of(assessment, "e1.r1"), value="yes", by=officer)
    client, url = client_for(officer), f"{assessment.get_absolute_url()}submit/"
    page = client.get(url).content.decode()
    assert "10 questions are not answered" in page
    assert "Is e1.r2 done?" in page
    assert "Is e1.r1 done?" not in page
    assert client.post(url).status_code == 302
    assert Assessment.objects.get().state == "in_review"


def test_due_for_and_open(officer, owner, contributor, firm, submitted):
    section = submitted.questionnaire_version.sections.first()
    assert [due.kind for due in queries.due_for(owner, firm)] == ["review"]
    assert queries.due_for(officer, firm) == []
    assert [row.answered for row in queries.open_assessments(firm)] == [6]
    actions.reopen(submitted, reason="More", by=officer)
    actions.delegate(submitted, section, to=contributor, by=officer, due_on=dt.date(2999, 1, 1))
    (due,) = queries.due_for(contributor, firm)
    assert (due.kind, due.section) == ("section", section)
    assert [due.kind for due in queries.due_for(officer, firm)] == ["answers"]
    assert queries.due_for(contributor, submitted.organisation)[0].url.endswith("/sections/s1/")


def test_weakest_elements(officer, firm, other_firm, assessment):
    for label, value in (("e1.r1", "yes"), ("e1.r2", "yes"), ("e2.r1", "no"), ("e2.r2", "no"), ("e3.r1", "partly")):
        actions.answer(assessment, question_of(assessment, label), value=value, by=officer)
    assert queries.weakest_elements(firm)[0].element.label == "e2"
    assert queries.weakest_elements(other_firm) == []

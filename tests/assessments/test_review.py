"""Four eyes: reviewing, returning, approving, reopening, closing."""

import pytest

from portal.assessments import actions
from portal.assessments.models import ReviewNote

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(submitted):
    return submitted.get_absolute_url()


def state(assessment):
    assessment.refresh_from_db()
    return assessment.state


def test_the_submitter_cannot_decide(client_for, officer, submitted, url):
    client = client_for(officer)
    page = client.get(f"{url}review/").content.decode()
    assert "somebody else reviews" in page
    assert 'value="approve"' not in page
    assert client.post(f"{url}review/", {"decision": "approve"}).status_code == 403
    assert state(submitted) == "in_review"


def test_approve(client_for, owner, submitted, url):
    page = client_for(owner).get(f"{url}review/").content.decode()
    assert "Is e3.r2 done?" in page
    assert client_for(owner).post(f"{url}review/", {"decision": "approve", "reason": "Good"}).status_code == 302
    assert state(submitted) == "approved"


def test_return_keeps_what_was_typed_until_there_is_a_reason(client_for, owner, submitted, url):
    sent = {"decision": "return", "reason": "", "e1.r1.remark": "Where is the proof?"}
    page = client_for(owner).post(f"{url}review/", sent)
    assert page.status_code == 422
    assert "Where is the proof?</textarea>" in page.content.decode()
    assert not ReviewNote.objects.exists()
    assert client_for(owner).post(f"{url}review/", sent | {"reason": "Add proof"}).status_code == 302
    assert state(submitted) == "returned"


def test_remarks_stand_at_the_question(client_for, owner, officer, submitted, url):
    client_for(owner).post(f"{url}review/", {"decision": "save", "e1.r1.remark": "Where is the proof?"})
    assert state(submitted) == "in_review"
    actions.send_back(submitted, reason="Add proof", by=owner)
    assert "Where is the proof?" in client_for(officer).get(f"{url}sections/s1/").content.decode()
    assert "Add proof" in client_for(officer).get(url).content.decode()


def test_review_in_constant_queries(client_for, owner, submitted, url, django_assert_max_num_queries):
    client = client_for(owner)
    with django_assert_max_num_queries(13):
        client.get(f"{url}review/")


def test_reopen_needs_a_reason(client_for, officer, owner, submitted, url):
    actions.approve(submitted, by=owner)
    client = client_for(officer)
    assert client.get(f"{url}reopen/").status_code == 200
    assert client.post(f"{url}reopen/", {"reason": ""}).status_code == 422
    assert client.post(f"{url}reopen/", {"reason": "New plant"}).status_code == 302
    assert state(submitted) == "in_progress"


def test_close(client_for, officer, owner, submitted, url):
    client = client_for(officer)
    assert client.post(f"{url}close/").status_code == 409
    actions.approve(submitted, by=owner)
    assert client.get(f"{url}close/").status_code == 405
    assert client.post(f"{url}close/").status_code == 302
    assert state(submitted) == "closed"

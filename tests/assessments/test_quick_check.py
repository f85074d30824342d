"""The quick check: public, without scripts, and nothing is stored."""

import json
import re

import pytest

from portal.assessments.models import Answer, Assessment

pytestmark = pytest.mark.django_db
ANSWERS = {"e1.r1.value": "no", "e1.r2.value": "yes", "many.value": ["good"], "words.value": "ours"}


def test_the_form(client, check):
    page = client.get("/check/").content.decode()
    assert "Short check" in page
    assert page.count("<fieldset") == 11
    assert "hx-post" not in page


def test_in_chinese(client, check):
    assert "快速自查" in client.get("/zh-hans/check/").content.decode()


def test_a_result_from_the_form_alone(client, check, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        page = client.post("/check/", ANSWERS).content.decode()
    assert "Result of the quick check" in page
    assert "Is e1.r1 done?" in page.split("Where to look first")[1]
    assert "Is e1.r2 done?" not in page.split("Where to look first")[1]
    assert "/account/signup/" in page
    assert not Answer.objects.exists()
    assert not client.session.keys()


def test_full_marks(client, check):
    sent = {f"e{n}.r{place}.value": "yes" for n in (1, 2, 3) for place in (1, 2)}
    page = client.post("/check/", sent | {"pick.value": "good", "many.value": ["good"]}).content.decode()
    assert "100 %" in page
    assert "No gap is left." in page


def test_nothing_answered(client, check):
    page = client.post("/check/", {})
    assert page.status_code == 422
    assert "Nothing is answered yet" in page.content.decode()


def test_what_was_typed_comes_back_with_a_fault(client, check):
    page = client.post("/check/", ANSWERS | {"count.value": "few"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "not a number" in text
    assert re.search(r'name="e1.r1.value" value="no" checked', text)


def test_back_to_the_answers(client, check):
    text = client.post("/check/", ANSWERS | {"again": "1"}).content.decode()
    assert re.search(r'name="e1.r1.value" value="no" checked', text)
    assert "Result of the quick check" not in text


def test_evil_answers_are_text(client, check):
    page = client.post("/check/", ANSWERS | {"words.value": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert(1)" not in page


def test_a_member_takes_the_answers_along(client_for, officer, firm, check):
    client = client_for(officer)
    page = client.post("/check/", ANSWERS).content.decode()
    ref = re.search(r'name="ref" value="([^"]+)"', page)[1]
    answers = json.dumps({"e1.r1": ["no", False], "e1.r2": [None, True]})
    for _ in range(2):
        reply = client.post("/assessments/from-check/", {"answers": answers, "ref": ref})
        assert reply.status_code == 302
    made = Assessment.objects.get()
    assert made.organisation == firm
    assert [row.event.value for row in made.answers.all()] == ["no"]


@pytest.mark.parametrize("answers", ["", "[]", "{", '{"e1.r1": 5}'])
def test_broken_answers_start_an_empty_assessment(client_for, officer, check, answers):
    assert client_for(officer).post("/assessments/from-check/", {"answers": answers}).status_code == 302
    assert not Assessment.objects.get().answers.exists()


def test_from_check_is_for_members_who_may_start(client, client_for, auditor, check):
    assert client.post("/assessments/from-check/", {}).status_code == 302
    assert client_for(auditor).post("/assessments/from-check/", {}).status_code == 403
    assert client_for(auditor).get("/assessments/from-check/").status_code == 405
    assert not Assessment.objects.exists()

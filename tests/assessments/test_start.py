"""The public pages: the way in, frameworks, questionnaires."""

import pytest

from tests.assessments.factories import load, questionnaire_data

pytestmark = pytest.mark.django_db


def test_start_explains_both_ways(client, check):
    page = client.get("/assess/").content.decode()
    assert "/check/" in page
    assert "House questions" in page
    assert "Sign up to start" in page


def test_start_for_people_who_may_start(client_for, officer, auditor, check):
    assert "/assessments/new/?questionnaire=house" in client_for(officer).get("/assess/").content.decode()
    assert "/assessments/new/" not in client_for(auditor).get("/assess/").content.decode()


def test_start_before_anything_is_loaded(client):
    assert b"No questionnaire has been loaded yet" in client.get("/assess/").content


def test_framework(client, version):
    page = client.get("/frameworks/house/").content.decode()
    assert 'id="e1.r2"' in page
    assert "/questionnaires/house/" in page
    assert client.get("/zh-hans/frameworks/house/").content.decode().count("要素1") >= 1


def test_questionnaire(client, version, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        page = client.get("/questionnaires/house/").content.decode()
    assert 'id="e1.r1"' in page
    assert 'type="radio"' not in page
    assert "内部问卷" in client.get("/zh-hans/questionnaires/house/").content.decode()


def test_permanent_addresses_lead_here(client, version):
    page = client.get("/r/q/house/e1.r1")
    assert page.status_code in {301, 302}
    assert page.url.endswith("/questionnaires/house/#e1.r1")


@pytest.mark.parametrize("path", ["/frameworks/none/", "/questionnaires/none/", "/check/"])
def test_unknown(client, db, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/assess/", "/frameworks/house/", "/questionnaires/house/"])
def test_only_reading(client, version, path):
    assert client.post(path).status_code == 405


def test_queries_do_not_grow_with_questions(client, version, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from portal.assessments.importing import questionnaires

    client.get("/questionnaires/house/")
    with CaptureQueriesContext(connection) as few:
        client.get("/questionnaires/house/")
    data = questionnaire_data(version=2)
    more = [{**data["sections"][0]["questions"][0], "label": f"x{number}"} for number in range(30)]
    data["sections"][0]["questions"] += more
    load(questionnaires, data)
    with CaptureQueriesContext(connection) as many:
        client.get("/questionnaires/house/")
    assert len(many) == len(few)

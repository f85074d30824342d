"""Certificates for their holders, and the public page that never goes away."""

import datetime as dt
import io

import pytest
import time_machine
from pypdf import PdfReader

from portal.courses import actions
from portal.courses.models import Certificate
from tests.courses.factories import START, enrolled, make_course, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(learner, firm):
    return taken(enrolled(learner, make_course(valid_months=12), firm, START), now=START).certificate


def public(client, certificate):
    return client.get(f"/verify/{certificate.token}/")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(START + dt.timedelta(days=10)):
        yield


def test_anybody_verifies_a_certificate(client, certificate, learner):
    answer = public(client, certificate)
    page = answer.content.decode()
    for words in ("genuine and valid today", learner.name, "Space 1", certificate.serial, "Lanzhou Composites"):
        assert words in page
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert learner.email not in page


def test_the_public_page_in_chinese(client, certificate):
    assert "航天 1" in client.get(f"/zh-hans/verify/{certificate.token}/").content.decode()


def test_a_revoked_certificate_keeps_its_page_without_the_reason(client, certificate, trainer):
    actions.revoke(certificate, reason="Somebody else sat the test.", by=trainer.actor)
    answer = public(client, certificate)
    assert answer.status_code == 200
    assert "This certificate was revoked" in answer.content.decode()
    assert "valid today" not in answer.content.decode()
    assert "Somebody else" not in answer.content.decode()


def test_an_expired_certificate_keeps_its_page(client, certificate):
    with time_machine.travel(START + dt.timedelta(days=366)):
        page = public(client, certificate).content.decode()
    assert "was good until" in page
    assert "valid today" not in page


def test_a_replaced_certificate_says_so(client, certificate, learner, firm):
    taken(enrolled(learner, certificate.attempt.enrolment.version, firm))
    assert "a newer certificate replaces this one" in public(client, certificate).content.decode()


def test_a_tampered_record_is_not_confirmed(client, certificate):
    Certificate.objects.update(payload={**certificate.payload, "person": "Impostor"})
    page = public(client, certificate).content.decode()
    assert "Cannot be confirmed" in page
    assert "valid today" not in page


def test_an_unknown_address_helps_on(client, db):
    answer = client.get("/verify/nonsense/")
    assert answer.status_code == 404
    assert 'name="serial"' in answer.content.decode()


def test_the_number_leads_to_the_page(client, certificate):
    answer = client.get("/verify/", {"serial": certificate.serial.lower()})
    assert answer.url == f"/verify/{certificate.token}/"


def test_a_wrong_number_is_kept_in_the_form(client, certificate):
    answer = client.get("/verify/", {"serial": "AAAA-BBBB"})
    assert answer.status_code == 404
    assert "No certificate has this number" in answer.content.decode()
    assert 'value="AAAA-BBBB"' in answer.content.decode()
    assert client.get("/verify/").status_code == 200


def test_who_may_open_the_certificate(
    client, client_for, certificate, learner, officer, auditor, contributor, outsider
):
    address = f"/certificates/{certificate.serial}/"
    for person in (learner, officer, auditor):
        assert client_for(person).get(address).status_code == 200
    for person in (contributor, outsider):
        assert client_for(person).get(address).status_code == 404
        assert client_for(person).get(f"{address}pdf/").status_code == 404
    assert client.get(address).status_code == 302
    assert client_for(learner).get("/certificates/AAAA-AAAA-AAAA/").status_code == 404
    assert client_for(learner).post(address).status_code == 405


def test_the_certificate_shows_both_languages_and_a_code(client_for, certificate, learner):
    page = client_for(learner).get(f"/certificates/{certificate.serial}/").content.decode()
    for words in ("Space 1", "航天 1", "2 November 2026", "2026年11月2日", "<svg"):
        assert words in page
    assert " style=" not in page


def test_the_pdf_says_what_was_issued(client_for, certificate, learner):
    learner.name = "Renamed Later"
    learner.save()
    answer = client_for(learner).get(f"/certificates/{certificate.serial}/pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    for words in (certificate.payload["person"], "Space 1", "航天 1", certificate.serial, certificate.token):
        assert words in text
    assert "Renamed Later" not in text
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1


def test_queries_of_the_public_page(client, certificate, django_assert_num_queries):
    with django_assert_num_queries(2):
        public(client, certificate)

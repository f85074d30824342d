"""Reading requests over the API: with a token or signed in; nothing of another organisation, nothing private."""

import uuid

import pytest
from django.test import Client

from portal.reading import actions
from tests.api.factories import bearer
from tests.reading.factories import KEY, acknowledge, ask, make_guideline, overdue, shown

pytestmark = pytest.mark.django_db
LIST = "/api/v1/reading/requests/"


@pytest.fixture
def asked(firm, officer, learner):
    make_guideline()
    return ask(firm, officer, note="Before the audit")


def test_the_list_with_numbers(client: Client, firm, owner, asked, learner) -> None:
    acknowledge(learner)
    answer = client.get(LIST, headers=bearer(firm, owner)[1])
    assert answer["Cache-Control"] == "private, no-store"
    (row,) = answer.json()["results"]
    assert (row["key"], row["people"], row["acknowledged"], row["late"]) == (KEY, 3, 1, 0)
    assert row["about"]["title"]["zh-hans"] == "end-use 核查"
    assert row["href"].endswith(f"{LIST}{asked.ref}/")


def test_one_in_full(client: Client, firm, owner, asked, learner) -> None:
    acknowledge(learner, "zh-hans")
    found = client.get(f"{LIST}{asked.ref}/", headers=bearer(firm, owner)[1]).json()
    (cycle,) = found["cycles"]
    assert (cycle["number"], cycle["version"]) == (1, "1")
    people = {row["person"]["id"]: row for row in cycle["people"]}
    done = people[learner.pk]
    assert (done["state"], done["acknowledgement"]["language"]) == ("acknowledged", "zh-hans")
    assert done["acknowledgement"]["digest"] == shown(language="zh-hans")["digest"]
    assert people[owner.pk]["acknowledgement"] is None
    assert "@" not in str(found)


def test_filters_and_paging(client: Client, firm, owner, asked, officer) -> None:
    token = bearer(firm, owner)[1]
    other = ask(firm, officer)
    overdue(other, 2)
    actions.withdraw(asked, because="Mistake", by=officer)

    def refs(query: str) -> list[str]:
        return [row["ref"] for row in client.get(f"{LIST}?{query}", headers=token).json()["results"]]

    assert refs("state=withdrawn") == [str(asked.ref)]
    assert refs("state=late") == refs("state=open") == [str(other.ref)]
    assert refs("state=done") == refs("key=guide/nothing") == []
    assert refs("page_size=1&page=2&ordering=asked_at") == [str(other.ref)]
    assert client.get(f"{LIST}?state=odd", headers=token).status_code == 400
    assert client.get(f"{LIST}?colour=red", headers=token).status_code == 400


def test_another_organisation_sees_nothing(client: Client, client_for, other_firm, outsider, asked) -> None:
    token = bearer(other_firm, outsider)[1]
    assert client.get(LIST, headers=token).json()["results"] == []
    assert client.get(f"{LIST}{asked.ref}/", headers=token).status_code == 404
    assert client_for(outsider).get(f"{LIST}{asked.ref}/").status_code == 404


def test_who_may(client: Client, client_for, asked, officer, auditor, learner) -> None:
    assert client.get(LIST).status_code == 401
    assert client_for(officer).get(LIST).status_code == 200
    assert client_for(auditor).get(f"{LIST}{asked.ref}/").status_code == 200
    assert client_for(learner).get(LIST).status_code == 403
    assert client_for(officer).get(f"{LIST}{uuid.uuid4()}/").status_code == 404
    assert client_for(officer).post(LIST).status_code == 405


def test_queries_do_not_grow(client: Client, firm, owner, asked, officer, django_assert_num_queries) -> None:
    token = bearer(firm, owner)[1]
    client.get(LIST, headers=token)
    for number in (1, 30):
        for position in range(number - 1):
            make_guideline(f"more-{position}")
            ask(firm, officer, key=f"guide/more-{position}")
        with django_assert_num_queries(4):
            assert client.get(LIST, headers=token).json()["count"] == number
        with django_assert_num_queries(5):
            client.get(f"{LIST}{asked.ref}/", headers=token)

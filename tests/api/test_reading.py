"""Reading what is published: each address, by key, on a day, with filters, in pages."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.cases.models import Case
from portal.controls.models import Authority, ControlEntry, ControlList, Jurisdiction, Regime
from portal.core import caching
from portal.guidance.models import Event, Guideline, GuidelineText, Instrument, Provision, Term
from portal.notices.models import State
from portal.references.models import Address, Citation
from portal.search import actions as searching
from tests.api import factories
from tests.api.factories import make_change, make_course, make_framework, make_notice, make_questionnaire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def read(client: Client, path: str, **headers: str) -> Any:
    response = client.get(f"/api/v1/{path}", headers=headers)
    assert response.status_code == 200, response.content.decode()
    assert response["Content-Type"] == "application/json"
    return response.json()


# --- Each address ----------------------------------------------------------------------------------

LISTS = {
    "jurisdictions": 2,
    "authorities": 1,
    "regimes": 1,
    "lists": 1,
    "entries": 2,
    "instruments": 2,
    "provisions": 3,
    "guidelines": 1,
    "guidelines/end-use/editions": 1,
    "terms": 2,
    "events": 1,
    "red-flags": 2,
    "cases": 1,
    "notices": 1,
    "frameworks": 1,
    "questionnaires": 1,
    "courses": 1,
}
ITEMS = {
    "jurisdictions/cn": "name",
    "authorities/cn-mofcom": "name",
    "regimes/mtcr": "name",
    "lists/mtcr": "name",
    "entries/mtcr/1.a.1": "title",
    "instruments/cn-ecl": "title",
    "provisions/cn-ecl/art-1": "number",
    "guidelines/end-use": "current",
    "guidelines/end-use/editions/1": "title",
    "terms/end-use": "term",
    "events/2020-law": "text",
    "red-flags/customer-01": "next",
    "cases/forgings-2025": "title",
    "notices/cn-mofcom-2026-0001": "title",
    "frameworks/house": "title",
    "questionnaires/house": "title",
    "courses/space": "title",
    "resolve/cn-ecl/art-1": "title",
}


@pytest.fixture
def everything() -> None:
    make_notice(1)
    make_questionnaire()
    make_course()


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(("path", "number"), LISTS.items())
def test_lists(client: Client, path: str, number: int) -> None:
    found = read(client, f"{path}/")
    assert found["count"] == len(found["results"]) == number
    assert found["next"] is None


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(("path", "field"), ITEMS.items())
def test_items(client: Client, path: str, field: str) -> None:
    assert read(client, f"{path}/")[field]


@pytest.mark.usefixtures("everything")
def test_what_a_list_leads_to_is_there(client: Client) -> None:
    for path in LISTS:
        for row in read(client, f"{path}/")["results"]:
            for address in [row["href"], *row.get("page", {}).values()]:
                assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200, address


def test_the_front_door_leads_to_every_list(client: Client) -> None:
    found = read(client, "")
    assert found["cases"] == "http://localhost:8000/api/v1/cases/"
    own = {"organisation", "assessments", "enrolments", "reading_requests", "search", "schema", "docs"}
    for name, address in found.items():
        if name not in own:
            assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200


def test_nothing_can_be_written(client: Client) -> None:
    for path in [*LISTS, *ITEMS, "citations", "changes", "search"]:
        for method in ("post", "put", "patch", "delete"):
            response = getattr(client, method)(f"/api/v1/{path}/")
            assert response.status_code == 405, path
            assert response["Content-Type"] == "application/problem+json"
            assert response.json()["code"] == "wrong-method"


def test_what_is_unknown_is_a_problem(client: Client) -> None:
    for path in sorted({path.partition("/")[0] for path in ITEMS}):
        response = client.get(f"/api/v1/{path}/no-such-thing/")
        assert response.status_code == 404, path
        assert response.json()["code"] == "not-found"
        assert "no-such-thing/" in response.json()["instance"]
    for path in ("guidelines/end-use/editions/9/", "guidelines/no-such-thing/editions/"):
        assert client.get(f"/api/v1/{path}").status_code == 404, path


# --- Words -----------------------------------------------------------------------------------------


def test_texts_carry_both_languages(client: Client) -> None:
    assert read(client, "jurisdictions/cn/")["name"] == {"en": "China", "zh-hans": "中国"}
    assert read(client, "terms/catch-all/")["term"] == {"en": "catch-all"}
    assert read(client, "cases/forgings-2025/")["lessons"] == [
        {"en": "Classify before the tariff line.", "zh-hans": "先归类。"}
    ]


def test_pages_are_given_in_both_languages_whatever_the_reader_speaks(client: Client) -> None:
    page = read(client, "cases/forgings-2025/", **{"Accept-Language": "zh-hans"})["page"]
    assert page == {
        "en": "http://localhost:8000/cases/forgings-2025/",
        "zh-hans": "http://localhost:8000/zh-hans/cases/forgings-2025/",
    }


def test_an_entry_has_its_thresholds(client: Client) -> None:
    found = read(client, "entries/mtcr/1.a.1/")
    assert found["parent"] == "mtcr/1"
    assert found["thresholds"]["items"][0] == {"parameter": "payload", "op": ">=", "value": 500, "unit": "kg"}
    assert read(client, "entries/mtcr/1/")["children"] == ["mtcr/1.a.1"]


def test_a_case_has_its_labels(client: Client) -> None:
    labels = read(client, "cases/forgings-2025/")["labels"]
    assert labels["instruments"] == ["cn-ecl"]
    assert labels["elements"] == ["end_use_checks"]


def test_a_guideline_has_its_words_in_each_language(client: Client) -> None:
    current = read(client, "guidelines/end-use/")["current"]
    assert {text["language"] for text in current["texts"]} == {"en", "zh-hans"}
    assert current["title"] == {"en": "End-use checks", "zh-hans": "最终用途核查"}


# --- On a day --------------------------------------------------------------------------------------


def test_a_provision_says_what_it_said_on_the_day(client: Client) -> None:
    old = read(client, "provisions/cn-ecl/art-2/?on=2026-06-01")
    new = read(client, "provisions/cn-ecl/art-2/?on=2027-01-01")
    assert old["texts"]["en"]["body"] == "The old scope."
    assert new["texts"]["en"]["body"] == "The new scope."
    assert read(client, "provisions/cn-ecl/art-2/?on=2019-01-01")["texts"] == {}
    assert [span["valid_from"] for span in new["history"]] == ["2020-12-01", "2027-01-01"]


def test_provisions_of_an_instrument_on_a_day(client: Client) -> None:
    found = read(client, "provisions/?instrument=cn-ecl&on=2027-01-01")["results"]
    assert [row["label"] for row in found] == ["chapter-1", "art-1", "art-2"]
    assert found[2]["texts"]["en"]["body"] == "The new scope."
    assert found[1]["texts"]["zh-hans"]["body"] == "立法目的。"


def test_an_instrument_has_its_state_on_the_day(client: Client) -> None:
    assert read(client, "instruments/cn-old/?on=2010-01-01")["state"] == "in_force"
    assert read(client, "instruments/cn-old/?on=2025-01-01")["state"] == "repealed"


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("on=2010-01-01&state=in_force", {"cn-old"}),
        ("on=2025-01-01&state=in_force", {"cn-ecl"}),
        ("on=2025-01-01&state=repealed", {"cn-old"}),
        ("jurisdiction=us", set()),
        ("kind=regulation", {"cn-old"}),
        ("authority=cn-mofcom", {"cn-ecl"}),
        ("q=出口管制", {"cn-ecl"}),
    ],
)
def test_instruments_are_filtered(client: Client, query: str, keys: set[str]) -> None:
    assert {row["key"] for row in read(client, f"instruments/?{query}")["results"]} == keys


@pytest.mark.parametrize("day", ["yesterday", "2024-13-01", "01/02/2024"])
def test_a_bad_day_is_told(client: Client, day: str) -> None:
    paths = ["instruments/", "instruments/cn-ecl/", "provisions/", "provisions/cn-ecl/art-1/", "guidelines/end-use/"]
    for path in [*paths, "guidelines/", "resolve/cn-ecl/"]:
        response = client.get(f"/api/v1/{path}", {"on": day})
        assert response.status_code == 400, path
        assert f"“{day}” is not a date" in response.json()["detail"]


# --- Filters, order, pages -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("authorities/?jurisdiction=us", 0),
        ("lists/?regime=mtcr", 1),
        ("lists/?jurisdiction=cn", 0),
        ("entries/?list=mtcr&code=1.A", 1),
        ("entries/?q=火箭", 1),
        ("entries/?parent=mtcr/1", 1),
        ("guidelines/?topic=end-use", 1),
        ("guidelines/?topic=end", 0),
        ("guidelines/?jurisdiction=cn&element=end_use_checks", 1),
        ("guidelines/?on=2025-12-31", 0),
        ("terms/?q=最终", 1),
        ("events/?category=law&since=2020-10-01&until=2020-10-01", 1),
        ("events/?since=2020-10-02", 0),
        ("red-flags/?category=shipping", 1),
        ("red-flags/?framework=cn-ecl", 1),
        ("red-flags/?context=spacecraft", 2),
        ("red-flags/?context=uav", 1),
        ("red-flags/?q=路线", 1),
        ("cases/?element=end_use_checks&violation=unlicensed_export&instrument=cn-ecl&entry=mtcr/1.a.1", 1),
        ("cases/?element=screening", 0),
        ("cases/?authority=cn-mofcom&destination=us&discovery=audit&space=true&alleged=false&year=2025", 1),
        ("cases/?space=false", 0),
        ("cases/?since=2025-03-02", 0),
        ("cases/?q=税号", 1),
    ],
)
def test_lists_are_filtered(client: Client, path: str, found: int) -> None:
    assert read(client, path)["count"] == found


@pytest.mark.parametrize(
    ("path", "parameter", "words"),
    [
        ("cases/?elemnt=screening", "elemnt", "There is no such parameter here."),
        ("cases/forgings-2025/?on=2024-01-01", "on", "There is no such parameter here."),
        ("cases/?since=soon", "since", "“soon” is not a date."),
        ("cases/?year=many", "year", "Enter a number."),
        ("instruments/?state=lost", "state", "Select a valid choice."),
        ("citations/?role=none", "role", "Select a valid choice."),
        ("cases/?page_size=1000", "page_size", "from 1 to 200"),
        ("cases/?page_size=x", "page_size", "from 1 to 200"),
        ("cases/?ordering=secret", "ordering", "Results can be ordered by"),
        ("cases/?kind=a%00b", "kind", "Null characters are not allowed."),
        ("search/?q=a%00b", "q", "Null characters are not allowed."),
        ("search/?q=", "q", "Say what to search for."),
        ("search/?q=law&sort=luck", "sort", "Choose one of"),
        ("search/?q=law&page=0", "page", "from 1 to"),
        ("search/?q=law&on=soon", "on", "is not a date"),
    ],
)
def test_a_bad_parameter_is_told(client: Client, path: str, parameter: str, words: str) -> None:
    response = client.get(f"/api/v1/{path}")
    problem = response.json()
    assert (response.status_code, problem["code"]) == (400, "bad-request")
    assert problem["errors"][0]["parameter"] == parameter
    assert words in problem["detail"]


def test_pages_are_linked_and_do_not_overlap(client: Client) -> None:
    for number in range(7):
        Jurisdiction.objects.create(code=f"x{number}", name={"en": "X"})
    first = read(client, "jurisdictions/?page_size=4&ordering=-code")
    assert first["count"] == 9
    assert first["previous"] is None
    second = read(client, first["next"].partition("/api/v1/")[2])
    third = read(client, second["next"].partition("/api/v1/")[2])
    assert third["next"] is None
    codes = [row["code"] for page in (first, second, third) for row in page["results"]]
    assert codes == sorted(codes, reverse=True)
    assert len(set(codes)) == 9
    assert client.get("/api/v1/jurisdictions/?page=99").status_code == 404


@pytest.mark.parametrize("ordering", ["in_force", "-in_force"])
def test_what_has_no_date_comes_last(client: Client, ordering: str) -> None:
    Instrument.objects.filter(key="cn-ecl").update(in_force=None)
    found = read(client, f"instruments/?ordering={ordering}")["results"]
    assert [row["key"] for row in found] == ["cn-old", "cn-ecl"]


def test_an_answer_that_did_not_change_costs_nothing(client: Client) -> None:
    etag = client.get("/api/v1/cases/")["ETag"]
    assert client.get("/api/v1/cases/", headers={"If-None-Match": etag}).status_code == 304
    assert client.head("/api/v1/cases/").status_code == 200


def test_last_modified_is_the_last_publication_or_midnight(client: Client) -> None:
    with time_machine.travel("2026-03-04T10:00:00Z", tick=False) as clock:
        caching.clear()
        assert "Last-Modified" not in client.get("/api/v1/cases/"), "too fresh to be told by whole seconds"
        clock.shift(60)
        told = client.get("/api/v1/cases/")["Last-Modified"]
        assert told == "Wed, 04 Mar 2026 10:00:00 GMT"
        asked = {"If-Modified-Since": told}
        assert client.get("/api/v1/cases/", headers=asked).status_code == 304
        caching.clear()
        clock.shift(60)
        assert client.get("/api/v1/cases/", headers=asked).status_code == 200
        clock.shift(24 * 3600)
        assert client.get("/api/v1/cases/")["Last-Modified"] == "Thu, 05 Mar 2026 00:00:00 GMT", (
            "states turn at midnight"
        )


# --- Citations and keys ----------------------------------------------------------------------------


def test_citations_in_both_directions(client: Client) -> None:
    cited = read(client, "citations/?target=cn-ecl/art-2")["results"]
    assert {row["source"]["key"] for row in cited} >= {"cn-ecl/art-1", "guide/end-use"}
    assert cited[0]["target"]["title"]["en"]
    resting = read(client, "citations/?source=case/forgings-2025&role=example")["results"]
    assert {row["target"]["key"] for row in resting} >= {"cn-ecl", "mtcr/1.a.1"}


def test_a_key_leads_to_its_thing(client: Client) -> None:
    found = read(client, "resolve/cn-ecl/art-2/?on=2021-01-01")
    assert found["kind"] == "provision"
    assert found["cited_by"] >= 2
    assert found["href"].endswith("/api/v1/provisions/cn-ecl/art-2/?on=2021-01-01")


def test_an_old_key_leads_to_the_new_one(client: Client) -> None:
    Address.objects.create(key="ecl", kind="instrument", title="x", route="guidance:law", alias_of="cn-ecl")
    found = read(client, "resolve/ecl/")
    assert (found["asked"], found["key"]) == ("ecl", "cn-ecl")


def test_every_key_of_the_library_resolves_to_something_here(client: Client) -> None:
    for key in Address.objects.values_list("key", flat=True):
        address = read(client, f"resolve/{key}/")["href"]
        assert address, key
        assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200


# --- Notices, changes, search ----------------------------------------------------------------------


def test_only_published_notices_are_shown(client: Client) -> None:
    make_notice(1)
    make_notice(2, State.WITHDRAWN, withdrawn_on="2026-11-03", withdrawn_because={"en": "Wrong."})
    for state in (State.DRAFT, State.IN_REVIEW, State.SCHEDULED, State.FAILED):
        make_notice(9, state)
    everywhere = client.get("/api/v1/notices/?page_size=200").content.decode()
    assert factories.SECRET not in everywhere
    assert [row["number"] for row in json.loads(everywhere)["results"]] == [1]
    withdrawn = read(client, "notices/?state=withdrawn")["results"]
    assert [row["withdrawn_because"]["en"] for row in withdrawn] == ["Wrong."]
    assert client.get("/api/v1/notices/?state=draft").status_code == 400


def test_who_wrote_a_notice_stays_at_the_desk(client: Client) -> None:
    make_notice(1)
    assert "Secret Editor" not in client.get("/api/v1/notices/cn-mofcom-2026-0001/").content.decode()


def test_a_draft_cannot_be_guessed(client: Client) -> None:
    row = make_notice(1, State.DRAFT)
    for guess in ("None", str(row.pk), f"draft-notice/{row.pk}"):
        assert client.get(f"/api/v1/notices/{guess}/").status_code == 404


def test_changes_since_the_last_one(client: Client) -> None:
    before = read(client, "changes/")["count"]
    made = [make_change(number) for number in range(3)]
    assert read(client, "changes/")["count"] == before + 3
    found = read(client, f"changes/?after={made[0].pk}&ordering=id")["results"]
    assert [row["key"] for row in found] == ["case/change-1", "case/change-2"]


def test_search_in_both_languages(client: Client) -> None:
    searching.reindex_all()
    found = read(client, "search/?q=tariff")
    urls = {row["key"]: row["url"] for row in found["results"]}
    assert urls["case/forgings-2025"] == "http://localhost:8000/cases/forgings-2025/"
    found = read(client, "search/?q=税号&language=zh-hans&kind=case")
    assert found["results"][0]["url"].startswith("http://localhost:8000/zh-hans/cases/")
    assert found["facets"]["kind"]["case"] == 1


@pytest.mark.usefixtures("everything")
def test_search_narrows_marks_and_says_where_laws_stand(client: Client) -> None:
    searching.reindex_all()
    hit = read(client, "search/?q=tariff&kind=case")["results"][0]
    assert {"words", "marked"} == set(hit["highlights"]["passage"][0])
    assert any(run["marked"] for runs in hit["highlights"].values() for run in runs)
    assert hit["state"] == ""
    everything = read(client, "search/?kind=case&kind=instrument&sort=date")
    assert everything["more"] is False
    assert everything["count"] == sum(everything["facets"]["kind"][kind] for kind in ("case", "instrument"))
    english = read(client, "search/?kind=case&text_language=en&language=zh-hans")
    assert {row["language"] for row in english["results"]} == {"en"}
    assert read(client, "search/?q=tariff&exact=1")["also"] == []
    law = read(client, "search/?kind=instrument&state=in_force&on=2100-01-01")["results"]
    assert {row["state"] for row in law} <= {"in_force"}


# --- What must not be seen -------------------------------------------------------------------------


@pytest.mark.usefixtures("everything")
def test_courses_give_nothing_of_the_test(client: Client) -> None:
    for path in ("courses/", "courses/space/"):
        words = client.get(f"/api/v1/{path}").content.decode()
        assert "Secret" not in words
        assert "correct" not in words
    assert read(client, "courses/space/")["lessons"][0]["title"] == {"en": "First"}


@pytest.mark.usefixtures("everything")
def test_questionnaires_give_structure_and_no_scores(client: Client) -> None:
    found = read(client, "questionnaires/house/")
    question = found["sections"][0]["questions"][0]
    assert question["options"] == [{"label": "good", "text": {"en": "Good"}}]
    assert question["requirements"] == ["icp/house/e1.r1"]
    assert "0.81" not in json.dumps(found)


def test_withdrawn_things_leave_the_lists_and_keep_their_place(client: Client) -> None:
    Case.objects.update(withdrawn_on="2026-01-01")
    assert read(client, "cases/")["count"] == 0
    assert read(client, "cases/forgings-2025/")["withdrawn_on"] == "2026-01-01"


# --- Queries ---------------------------------------------------------------------------------------


def copies(model: Any, field: str, prefix: str = "") -> None:
    """So many more rows like the first."""
    row = model.objects.order_by("pk").last()
    for count in range(30):
        row.pk, row._state.adding = None, True
        setattr(row, field, f"{prefix}copy-{count}")
        row.save()


def editions() -> None:
    text = GuidelineText.objects.filter(language="en").get()
    edition = text.edition
    for count in range(30):
        edition.guideline = Guideline.objects.create(slug=f"copy-{count}")
        edition.pk = edition._state.adding = None
        edition._state.adding = True
        edition.save()
        text.pk, text._state.adding, text.edition = None, True, edition
        text.save()


def citations() -> None:
    for count in range(30):
        Address.objects.create(key=f"x/{count}", kind="case", title={"en": "X"}, route="pages:home")
        Citation.objects.create(source_key=f"x/{count}", target_key="cn-ecl")


GROWING: dict[str, Callable[[], object]] = {
    "jurisdictions": lambda: copies(Jurisdiction, "code"),
    "authorities": lambda: copies(Authority, "slug"),
    "regimes": lambda: copies(Regime, "slug"),
    "lists": lambda: copies(ControlList, "key"),
    "entries": lambda: copies(ControlEntry, "key", "mtcr/"),
    "instruments": lambda: copies(Instrument, "key"),
    "provisions": lambda: copies(Provision, "key", "cn-ecl/"),
    "guidelines": editions,
    "terms": lambda: copies(Term, "slug"),
    "events": lambda: copies(Event, "slug"),
    "cases": lambda: copies(Case, "slug"),
    "notices": lambda: [make_notice(number) for number in range(2, 32)],
    "frameworks": lambda: [make_framework(f"copy-{number}") for number in range(30)],
    "questionnaires": lambda: [make_questionnaire(f"copy-{number}") for number in range(30)],
    "courses": lambda: [make_course(f"copy-{number}") for number in range(30)],
    "changes": lambda: [make_change(number) for number in range(30)],
    "citations": citations,
}


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("path", GROWING)
def test_queries_do_not_grow(client: Client, path: str) -> None:
    make_change(99)
    with CaptureQueriesContext(connection) as before:
        first = read(client, f"{path}/")
    GROWING[path]()
    with CaptureQueriesContext(connection) as after:
        second = read(client, f"{path}/")
    assert len(after) == len(before) <= 8
    assert "results" not in first or len(second["results"]) >= len(first["results"]) + 30 - 1


@pytest.mark.parametrize(("questions", "number"), [(1, 5), (30, 5)])
def test_a_questionnaire_is_read_in_few_queries(
    client: Client, questions: int, number: int, django_assert_num_queries: Any
) -> None:
    make_questionnaire("long", questions)
    with django_assert_num_queries(number):
        read(client, "questionnaires/long/")

"""The organisation's pages: asking, who has read, withdrawing, taking away; who may open which."""

import csv
import datetime as dt
import io
import re
import uuid

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from portal.core.models import AuditEvent
from portal.organisations import actions as organisations
from portal.organisations.models import ROLES_OF_KIND, Membership, Role
from portal.organisations.permissions import ALLOWED
from portal.reading import actions, queries
from portal.reading.models import ReadingRequest
from tests.factories import MembershipFactory, UserFactory
from tests.reading.factories import KEY, acknowledge, ask, make_guideline, overdue, shown

pytestmark = pytest.mark.django_db
LIST = "/organisation/reading/"
PAGES = {"": "reading.read", "new/": "reading.ask"}
OF_ONE = {"": "reading.read", "withdraw/": "reading.ask", "people.csv": "reading.read", "people.xlsx": "reading.read"}


@pytest.fixture
def asked(firm, officer, learner):
    make_guideline()
    return ask(firm, officer, note="Before the audit", again=True)


def text(client: Client, path: str = LIST) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def form(**more: object) -> dict[str, object]:
    due_on = (timezone.localdate() + dt.timedelta(days=7)).isoformat()
    return {"key": KEY, "audience": "everybody", "due_on": due_on, "ref": str(uuid.uuid4())} | more


# --- Who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES_OF_KIND["firm"])
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_each_role_opens_what_it_may(client_for, firm, asked, role: str, prefix: str) -> None:
    client = client_for(MembershipFactory(organisation=firm, role=role).user)
    addresses = {LIST + end: action for end, action in PAGES.items()}
    addresses |= {f"{LIST}{asked.ref}/{end}": action for end, action in OF_ONE.items()}
    found = {path: client.get(prefix + path).status_code for path in addresses}
    assert found == {path: 200 if action in ALLOWED[role] else 403 for path, action in addresses.items()}


def test_the_roles_that_ask_and_that_only_see() -> None:
    assert {role for role in ALLOWED if "reading.ask" in ALLOWED[role]} == {Role.OWNER, Role.OFFICER}
    assert {role for role in ALLOWED if "reading.read" in ALLOWED[role]} == {Role.OWNER, Role.OFFICER, Role.AUDITOR}


def test_a_refusal_is_on_the_trail_and_changes_nothing(client_for, auditor, learner, asked) -> None:
    for person in (auditor, learner):
        assert client_for(person).post(f"{LIST}new/", form()).status_code == 403
        assert client_for(person).post(f"{LIST}{asked.ref}/withdraw/", {"reason": "x"}).status_code == 403
    assert AuditEvent.objects.filter(event="permission.refused").count() == 4
    assert ReadingRequest.objects.get().withdrawn_at is None


@pytest.mark.parametrize("end", OF_ONE)
def test_another_firm_finds_nothing(client_for, outsider, asked, end: str) -> None:
    client = client_for(outsider)
    assert client.get(f"{LIST}{asked.ref}/{end}").status_code == 404
    assert client.post(f"{LIST}{asked.ref}/withdraw/", {"reason": "x"}).status_code == 404
    assert "Checks of end-use" not in text(client)
    assert client.get(f"{LIST}{uuid.uuid4()}/{end}").status_code == 404


@pytest.mark.parametrize("path", [LIST, f"{LIST}new/", f"{LIST}{uuid.UUID(int=7)}/"])
def test_visitors_and_people_without_a_firm(client: Client, client_for, db, path: str) -> None:
    assert client.get(path)["Location"] == f"/account/login/?next={path}"
    assert client_for(UserFactory()).get(path)["Location"] == "/organisation/start/"


def test_wrong_methods(client_for, officer, asked) -> None:
    client = client_for(officer)
    for path in (LIST, f"{LIST}{asked.ref}/", f"{LIST}{asked.ref}/people.csv", f"{LIST}{asked.ref}/people.xlsx"):
        assert client.post(path).status_code == 405
    assert client.delete(f"{LIST}new/").status_code == 405


def test_an_authority_may_ask_its_people_too(client_for, authority, editor) -> None:
    make_guideline()
    owner = MembershipFactory(organisation=authority, role=Role.OWNER).user
    client_for(owner).post(f"{LIST}new/", form())
    assert "asks you to read this" in text(client_for(editor), "/guidelines/end-use/")


# --- Asking ----------------------------------------------------------------------------------------


def test_asking(client_for, firm, officer, learner) -> None:
    make_guideline()
    client = client_for(officer)
    page = text(client, f"{LIST}new/?key={KEY}")
    assert f'value="{KEY}"' in page
    assert "Checks of end-use" in page
    answer = client.post(f"{LIST}new/", form(note="Please", again="on"))
    made = ReadingRequest.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.again, made.note, made.days) == (True, "Please", 7)


def test_sending_the_form_twice_asks_once(client_for, officer) -> None:
    make_guideline()
    client = client_for(officer)
    ref = re.search(r'name="ref" value="([^"]+)"', text(client, f"{LIST}new/"))
    assert ref
    for _number in range(2):
        assert client.post(f"{LIST}new/", form(ref=ref[1])).status_code == 302
    assert ReadingRequest.objects.count() == 1


@pytest.mark.parametrize("typed", ["http://localhost:8000/r/guide/end-use?on=2026-01-01#x", " Guide/End-Use/ "])
def test_a_link_will_do_for_a_key(client_for, officer, typed: str) -> None:
    make_guideline()
    client_for(officer).post(f"{LIST}new/", form(key=typed))
    assert ReadingRequest.objects.get().key == KEY


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"key": "guide/nothing"}, "key"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"due_on": "tomorrow"}, "due_on"),
        ({"audience": "roles"}, "roles"),
        ({"audience": "chosen"}, "people"),
        ({"audience": "roles", "roles": ["contributor"]}, "audience"),
        ({"audience": "chosen", "people": ["999999"]}, "people"),
    ],
)
def test_what_cannot_be_asked_is_said_at_the_field(client_for, officer, typed, field: str) -> None:
    make_guideline()
    answer = client_for(officer).post(f"{LIST}new/", form(note="Kept words", **typed))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Kept words" in answer.content.decode()
    assert not ReadingRequest.objects.exists()


def test_people_of_other_firms_cannot_be_chosen(client_for, officer, outsider) -> None:
    make_guideline()
    answer = client_for(officer).post(f"{LIST}new/", form(audience="chosen", people=[str(outsider.pk)]))
    assert answer.status_code == 422
    assert outsider.name not in answer.content.decode()


# --- Who has read ----------------------------------------------------------------------------------


def test_who_has_who_has_not_who_is_late(client_for, owner, officer, learner, firm, asked) -> None:
    acknowledge(learner)
    page = text(client_for(officer), f"{LIST}{asked.ref}/")
    assert "acknowledged edition 1 on" in page
    assert "1 of 3" in page
    assert "Before the audit" in page
    overdue(asked, 2)
    page = text(client_for(officer), f"{LIST}{asked.ref}/")
    assert "2 are late" in page
    organisations.remove(Membership.objects.get(user=learner), by=owner.actor)
    assert learner.name in text(client_for(officer), f"{LIST}{asked.ref}/"), "the record stays"


def test_in_chinese(client_for, officer, learner, asked) -> None:
    acknowledge(learner)
    page = text(client_for(officer), f"/zh-hans{LIST}{asked.ref}/")
    assert "end-use 核查" in page


def test_cycles_stand_beside_one_another(client_for, officer, learner, asked) -> None:
    acknowledge(learner)
    make_guideline(number=2)
    actions.ask_again()
    page = text(client_for(officer), f"{LIST}{asked.ref}/")
    assert "edition 2" in page
    assert "acknowledged edition 1 on" in page
    assert "asked again since" in page


def test_states_narrow_the_list(client_for, firm, officer, asked) -> None:
    make_guideline("late")
    make_guideline("done")
    make_guideline("gone")
    overdue(ask(firm, officer, key="guide/late"), 1)
    ask(firm, officer, key="guide/done", audience="chosen", people=[officer])
    actions.withdraw(ask(firm, officer, key="guide/gone"), because="x", by=officer)
    mine = queries.to_read(officer).get(cycle__request__key="guide/done")
    actions.acknowledge(mine, by=officer, **shown("guide/done"))
    client = client_for(officer)

    def keys(state: str) -> list[str]:
        return sorted(row.key for row in client.get(f"{LIST}?state={state}").context["page_obj"])

    assert keys("") == ["guide/done", KEY, "guide/gone", "guide/late"]
    assert keys("open") == [KEY, "guide/late"]
    assert keys("late") == ["guide/late"]
    assert keys("done") == ["guide/done"]
    assert keys("withdrawn") == ["guide/gone"]


def test_empty_lists_say_what_to_do(client_for, officer, auditor) -> None:
    assert "They get a mail and a button" in text(client_for(officer))
    assert "Owners and compliance officers can ask" in text(client_for(auditor))
    assert "Nothing in this state" in text(client_for(officer), f"{LIST}?state=late")


# --- Withdrawing, taking away ----------------------------------------------------------------------


def test_withdrawing(client_for, officer, asked) -> None:
    client = client_for(officer)
    path = f"{LIST}{asked.ref}/withdraw/"
    assert client.post(path, {"reason": " "}).status_code == 422
    assert client.post(path, {"reason": "Wrong guideline"})["Location"] == asked.get_absolute_url()
    page = text(client, asked.get_absolute_url())
    assert "Wrong guideline" in page
    assert "/withdraw/" not in page


def test_csv(client_for, auditor, learner, asked) -> None:
    learner.name = "=1+1"
    learner.save()
    done = acknowledge(learner)
    answer = client_for(auditor).get(f"{LIST}{asked.ref}/people.csv")
    assert answer["Cache-Control"] == "private, no-store"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    row = next(row for row in rows if done.digest in row)
    assert row[5] == "acknowledged"
    assert row[7] == "edition 1"
    assert "Learner" in row


def test_xlsx(client_for, officer, learner, asked) -> None:
    done = acknowledge(learner)
    answer = client_for(officer).get(f"/zh-hans{LIST}{asked.ref}/people.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 3
    assert any(done.digest in row for row in rows)
    assert all(cell.data_type != "f" for row in sheet for cell in row)


# --- Counting --------------------------------------------------------------------------------------


def test_queries_do_not_grow(client_for, firm, officer, asked, django_assert_num_queries) -> None:
    client = client_for(officer)
    client.get(LIST)
    for number in (1, 30):
        for position in range(number - 1):
            make_guideline(f"g-{position}")
            ask(firm, officer, key=f"guide/g-{position}")
            MembershipFactory(organisation=firm, role=Role.LEARNER)
        actions.ask_newcomers()
        with django_assert_num_queries(5):
            client.get(LIST)
        with django_assert_num_queries(7):
            client.get(f"{LIST}{asked.ref}/")
        with django_assert_num_queries(6):
            client.get(f"{LIST}{asked.ref}/people.csv")

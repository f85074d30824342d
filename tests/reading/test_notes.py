"""Private notes: theirs alone, never lost, taken away as text."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts import actions as accounts
from portal.core.errors import Conflict
from portal.core.models import AuditEvent
from portal.reading import actions
from portal.reading.actions import keeping
from portal.reading.models import Acknowledgement, Bookmark, Note
from tests.reading.factories import KEY, acknowledge, ask, make_guideline

pytestmark = pytest.mark.django_db
LIST = "/reading/notes/"


@pytest.fixture
def note(officer):
    make_guideline()
    return actions.write_note(officer, key=KEY, body="Ask **Zoltan**.", fragment="p-3")


def text(client: Client, path: str = LIST) -> str:
    return client.get(path).content.decode()


def test_empty_says_what_to_do(client_for, officer) -> None:
    assert 'href="/guidelines/"' in text(client_for(officer))


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_the_page(client_for, officer, note, prefix: str) -> None:
    page = text(client_for(officer), prefix + LIST)
    assert "<strong>Zoltan</strong>" in page
    assert f'href="{prefix}/guidelines/end-use/#p-3"' in page


def test_nobody_else(client_for, owner, operator_client, note) -> None:
    for client in (client_for(owner), operator_client):
        assert "Zoltan" not in text(client)
        assert "Zoltan" not in text(client, "/reading/notes.md")
        for path in (f"{LIST}{note.pk}/", f"{LIST}{note.pk}/delete/", f"{LIST}{note.pk}/put-back/"):
            assert client.post(path, {"body": "x", "revision": 1}).status_code == 404
        assert client.get(f"{LIST}{note.pk}/").status_code == 404
    note.refresh_from_db()
    assert (note.body, note.removed_at) == ("Ask **Zoltan**.", None)


@pytest.fixture
def operator_client(client_for, auditor):
    auditor.is_staff = auditor.is_superuser = True
    auditor.save()
    return client_for(auditor)


def test_the_administration_does_not_show_them(operator_client, note) -> None:
    page = operator_client.get("/administration/").content.decode()
    assert "/administration/reading/note/" not in page
    assert operator_client.get(f"/administration/reading/note/{note.pk}/change/").status_code == 404


def test_visitors_sign_in(client: Client, note) -> None:
    for path in (LIST, "/reading/notes.md", "/reading/notes.json", f"{LIST}{note.pk}/"):
        assert client.get(path)["Location"] == f"/account/login/?next={path}"


def test_wrong_methods(client_for, officer, note) -> None:
    client = client_for(officer)
    for path in (f"{LIST}write/", f"{LIST}{note.pk}/delete/", f"{LIST}{note.pk}/put-back/"):
        assert client.get(path).status_code == 405
    assert client.post(LIST).status_code == 405
    assert client.delete(f"{LIST}{note.pk}/").status_code == 405


@pytest.mark.parametrize(("words", "there"), [("zoltan", True), ("Checks of", True), ("核查", True), ("Maria", False)])
def test_search_in_words_and_titles(client_for, officer, note, words: str, there: bool) -> None:
    page = text(client_for(officer), f"{LIST}?q={words}")
    assert ("<strong>Zoltan</strong>" in page) is there
    assert ("None of your notes" in page) is not there


def test_changing(client_for, officer, note) -> None:
    client = client_for(officer)
    assert 'value="1"' in text(client, f"{LIST}{note.pk}/")
    answer = client.post(f"{LIST}{note.pk}/", {"body": "Ask Maria.", "revision": 1, "next": "/guidelines/end-use/"})
    assert answer["Location"] == "/guidelines/end-use/"
    note.refresh_from_db()
    assert (note.body, note.fragment, note.revision) == ("Ask Maria.", "", 2)


def test_two_tabs_lose_nothing(client_for, officer, note) -> None:
    client = client_for(officer)
    path = f"{LIST}{note.pk}/"
    assert client.post(path, {"body": "From the first tab", "revision": 1}).status_code == 302
    answer = client.post(path, {"body": "From the second tab", "revision": 1})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "From the first tab" in page
    assert "From the second tab" in page
    note.refresh_from_db()
    assert note.body == "From the first tab"
    assert 'name="revision" value="2"' in page
    assert client.post(path, {"body": "Both together", "revision": 2}).status_code == 302
    note.refresh_from_db()
    assert note.body == "Both together"


def test_sending_the_same_twice_is_once(officer, note) -> None:
    again = actions.write_note(officer, key=KEY, body="Ask **Zoltan**.", fragment="#p-3")
    assert again.pk == note.pk
    assert actions.write_note(officer, key=KEY, body=note.body, fragment="p-3", note=note, revision=0).revision == 1


def test_an_empty_or_endless_note_is_refused_in_place(client_for, officer, note) -> None:
    client = client_for(officer)
    for body, sentence in [(" ", "Write something"), ("x" * 20_001, "20000 characters")]:
        answer = client.post(f"{LIST}{note.pk}/", {"body": body, "revision": 1})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    note.refresh_from_db()
    assert note.revision == 1


def test_deleting_can_be_undone(client_for, officer, note) -> None:
    client = client_for(officer)
    answer = client.post(f"{LIST}{note.pk}/delete/")
    assert answer["Location"] == f"{LIST}?removed={note.pk}"
    page = text(client, answer["Location"])
    assert f"{LIST}{note.pk}/put-back/" in page
    assert "Zoltan" not in page
    client.post(f"{LIST}{note.pk}/put-back/")
    assert "Zoltan" in text(client)


def test_what_was_removed_long_ago_is_gone_for_good(client_for, officer, note) -> None:
    actions.delete_note(note)
    assert actions.sweep_removed() == 0
    Note.objects.update(removed_at=timezone.now() - keeping.queries.KEPT_FOR - dt.timedelta(hours=1))
    assert client_for(officer).post(f"{LIST}{note.pk}/put-back/").status_code == 404
    assert actions.sweep_removed() == 1
    assert not Note.objects.exists()


def test_the_most(officer, note, monkeypatch) -> None:
    monkeypatch.setattr(keeping, "MOST_NOTES", 1)
    with pytest.raises(Conflict, match="1 notes"):
        actions.write_note(officer, key=KEY, body="Another")


def test_taking_away(client_for, officer, note) -> None:
    actions.write_note(officer, key=KEY, body="第二条")
    client = client_for(officer)
    written = client.get("/reading/notes.md").content.decode()
    assert written.count("## Checks of end-use") == 1
    assert "Ask **Zoltan**." in written
    assert "<http://localhost:8000/r/guide/end-use>" in written
    assert "end-use 核查" in client.get("/zh-hans/reading/notes.md").content.decode()
    rows = json.loads(client.get("/reading/notes.json").content)
    assert [row["body"] for row in rows] == ["Ask **Zoltan**.", "第二条"]
    assert rows[0]["page"].endswith("/r/guide/end-use#p-3")


def test_the_trail_says_nothing_of_private_things(officer, note) -> None:
    actions.save_bookmark(officer, key=KEY)
    actions.delete_note(note)
    assert not AuditEvent.objects.exists()


def test_closing_the_account_deletes_them_and_leaves_the_record(officer, learner, firm, note) -> None:
    ask(firm, officer)
    acknowledge(learner)
    actions.save_bookmark(learner, key=KEY)
    actions.write_note(learner, key=KEY, body="Mine")
    name = learner.name
    accounts.close(learner)
    assert not Bookmark.objects.exists()
    assert [row.pk for row in Note.objects.all()] == [note.pk]
    assert Acknowledgement.objects.get().person_name == name


def test_queries_do_not_grow(client_for, officer, django_assert_num_queries) -> None:
    client = client_for(officer)
    for number in (1, 20):
        for position in range(number):
            make_guideline(f"g-{position}", number=number)
            actions.write_note(officer, key=f"guide/g-{position}", body=f"{number}: see [[guide/g-0]]")
        with django_assert_num_queries(7):
            assert client.get(LIST).status_code == 200

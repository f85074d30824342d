"""What stands beside a text: for visitors nothing of their own, for people their bookmark, notes and bar."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.reading import actions, queries
from portal.reading.models import Bookmark, Note
from tests.reading.factories import KEY, acknowledge, ask, make_guideline, overdue, shown

pytestmark = pytest.mark.django_db
PAGE = "/guidelines/end-use/"
PAGES = [
    *("/regimes/mtcr/", "/lists/mtcr/", "/lists/mtcr/1.a.1/", "/jurisdictions/cn/", "/laws/cn-ecl/"),
    *("/laws/cn-ecl/art-2/", "/glossary/end-use/", "/cases/forgings-2025/", "/red-flags/shipping-01/", PAGE),
]


def text(client: Client, path: str = PAGE) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.usefixtures("library")
def test_every_page_with_a_key_has_the_box(client: Client, client_for, officer, path: str, prefix: str) -> None:
    key = re.search(r'name="key" value="([^"]+)"', text(client_for(officer), prefix + path))
    assert key
    found = Client().get(f"/r/{key[1]}")
    assert found["Location"].split("#")[0] == path
    visitor = text(client, prefix + path)
    assert 'name="key"' not in visitor
    assert f"/account/login/?next={prefix}{path}" in visitor


def test_for_a_visitor_nothing_of_reading_is_asked(client: Client, client_for, officer) -> None:
    make_guideline()
    with CaptureQueriesContext(connection) as asked:
        text(client)
    assert "reading_" not in str(asked.captured_queries)
    with CaptureQueriesContext(connection) as asked:
        text(client_for(officer))
    assert sum("reading_" in query["sql"] for query in asked.captured_queries) == 3


def test_queries_do_not_grow_with_notes(client_for, officer, firm, django_assert_num_queries) -> None:
    make_guideline()
    client = client_for(officer)
    text(client)
    for number in (1, 30):
        for position in range(number):
            actions.write_note(officer, key=KEY, body=f"{number}/{position}, see [[{KEY}]].")
        with django_assert_num_queries(14):
            text(client)


def test_bookmark_and_back_without_javascript(client_for, officer) -> None:
    make_guideline()
    client = client_for(officer)
    answer = client.post("/reading/bookmarks/save/", {"key": KEY, "next": PAGE, "beside": "1"})
    assert answer["Location"] == PAGE
    assert "Bookmarked on" in text(client)
    client.post("/reading/bookmarks/remove/", {"key": KEY, "next": PAGE})
    assert "Bookmarked on" not in text(client)


def test_the_way_back_stays_on_this_site(client_for, officer) -> None:
    make_guideline()
    answer = client_for(officer).post("/reading/bookmarks/save/", {"key": KEY, "next": "https://evil.example/"})
    assert answer["Location"] == "/reading/bookmarks/"


def test_htmx_swaps_the_box(client_for, officer) -> None:
    make_guideline()
    send = {"key": KEY, "next": PAGE, "beside": "1"}
    answer = client_for(officer).post("/reading/bookmarks/save/", send, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert 'id="reading-tools"' in page
    assert "<html" not in page
    assert "Bookmarked on" in page


def test_a_note_beside_the_text(client_for, officer, owner) -> None:
    make_guideline()
    client = client_for(officer)
    client.post("/reading/notes/write/", {"key": KEY, "body": "Ask **Zoltan**.", "fragment": "#p-3", "next": PAGE})
    page = text(client)
    assert "<strong>Zoltan</strong>" in page
    assert 'href="#p-3"' in page
    assert "Zoltan" not in text(client_for(owner))


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize(("typed", "sentence"), [(("  ", ""), "Write something"), (("Words", "p 3"), "such as p-3")])
def test_a_note_that_cannot_be_keeps_what_was_typed(client_for, officer, headers, typed, sentence: str) -> None:
    make_guideline()
    send = {"key": KEY, "body": typed[0], "fragment": typed[1], "next": PAGE, "beside": "1"}
    answer = client_for(officer).post("/reading/notes/write/", send, headers=headers)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert typed[0].strip() in page
    assert not Note.objects.exists()


def test_script_in_a_note_is_only_text(client_for, officer) -> None:
    make_guideline()
    actions.write_note(officer, key=KEY, body="<script>alert(1)</script> [x](javascript:alert(1))")
    page = text(client_for(officer))
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_unknown_keys(client_for, officer) -> None:
    client = client_for(officer)
    assert client.post("/reading/bookmarks/save/", {"key": "guide/nothing"}).status_code == 404
    assert client.post("/reading/notes/write/", {"key": "guide/nothing", "body": "x"}).status_code == 404
    assert not Bookmark.objects.exists()


# --- The bar ---------------------------------------------------------------------------------------


def test_the_bar_and_the_button(client_for, officer, learner, firm) -> None:
    make_guideline()
    ask(firm, officer, note="Before the audit")
    client = client_for(learner)
    page = text(client)
    assert f"{officer} ({firm.name}) asks you to read this by" in page
    assert "Before the audit" in page
    asked = queries.to_read(learner).get()
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert digest
    send = {"digest": digest[1], "language": "en", "next": PAGE}
    answer = client.post(f"/reading/asked/{asked.pk}/acknowledge/", send)
    assert answer["Location"] == PAGE
    page = text(client)
    assert "asks you to read this" not in page
    assert "You acknowledged edition 1 on" in page


def test_the_bar_in_chinese_carries_the_digest_of_the_chinese_words(client_for, officer, learner, firm) -> None:
    make_guideline()
    ask(firm, officer)
    assert shown(language="zh-hans")["digest"] in text(client_for(learner), f"/zh-hans{PAGE}")
    assert shown(language="zh-hans")["digest"] != shown()["digest"]


def test_late_is_said(client_for, officer, learner, firm) -> None:
    make_guideline()
    overdue(ask(firm, officer), 3)
    assert "Late" in text(client_for(learner))


def test_an_older_edition_has_no_button(client_for, officer, learner, firm) -> None:
    make_guideline()
    make_guideline(number=2)
    ask(firm, officer)
    client = client_for(learner)
    old = text(client, f"{PAGE}1/")
    assert "This page shows other words" in old
    assert 'name="digest"' not in old
    assert 'name="digest"' in text(client)


@pytest.mark.usefixtures("library")
def test_another_day_has_no_button(client_for, officer, learner, firm) -> None:
    ask(firm, officer, key="cn-ecl/art-2")
    client = client_for(learner)
    assert 'name="digest"' not in text(client, "/laws/cn-ecl/art-2/?on=2027-06-01")
    assert 'name="digest"' in text(client, f"/laws/cn-ecl/art-2/?on={timezone.localdate()}")
    acknowledge(learner)
    assert "You acknowledged the text of" in text(client, "/laws/cn-ecl/art-2/")


def test_nobody_else_sees_a_bar(client: Client, client_for, officer, auditor, outsider, firm) -> None:
    make_guideline()
    ask(firm, officer)
    for page in (text(client), text(client_for(auditor)), text(client_for(outsider))):
        assert "asks you to read" not in page


def test_only_who_may_ask_sees_the_way_to_it(client_for, officer, auditor, learner) -> None:
    make_guideline()
    assert f"/organisation/reading/new/?key={KEY}" in text(client_for(officer))
    for person in (auditor, learner):
        assert "/organisation/reading/new/" not in text(client_for(person))

"""The desk: the whole way of a notice in the pages, and who may walk which part of it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.notices import actions
from portal.notices.models import Notice, State
from portal.organisations import actions as organisations
from portal.organisations.models import Kind, Organisation, Role
from tests.factories import MembershipFactory, OrganisationFactory
from tests.notices.factories import AUTHORITY, BO, drafted, in_review, published, rules

GETS = ["", "edit/", "history/", "publish/", "withdraw/", "correct/"]
POSTS = ["submit/", "return/", "approve/"]
FORM = {
    "kind": "rule",
    "title_en": "New licence form",
    "body_en": "See [[cn-ecl/art-12]].",
    "jurisdictions": ["cn"],
    "changes-TOTAL_FORMS": "1",
    "changes-INITIAL_FORMS": "0",
    "changes-0-key": "cn-ecl/art-13",
    "changes-0-words_en": "adds a form",
}


@pytest.fixture
def other_publisher(db: None) -> User:
    """Publishes for another authority."""
    there = OrganisationFactory(kind=Kind.AUTHORITY, authority_key="authority/de-bafa")
    return MembershipFactory(organisation=there, role=Role.PUBLISHER).user


def at(row: Notice, page: str = "") -> str:
    return f"/desk/notices/{row.pk}/{page}"


def test_the_whole_way(client_for, editor: User, reviewer: User, publisher: User, authority: Organisation) -> None:
    rules()
    writing = client_for(editor)
    answer = writing.post("/desk/notices/new/", FORM)
    row = Notice.objects.get()
    assert answer["Location"] == at(row)
    assert (row.authority_key, row.organisation_key) == (AUTHORITY, authority.key)
    assert "Send to review" in writing.get(at(row)).content.decode()
    writing.post(at(row, "submit/"))
    reviewing = client_for(reviewer)
    reviewing.post(at(row, "return/"), {"words": "Name the date."})
    assert "Name the date." in writing.get(at(row)).content.decode()
    writing.post(at(row, "edit/"), {**FORM, "revision": "1", "effective_on": "2030-06-01"})
    writing.post(at(row, "submit/"))
    reviewing.post(at(row, "approve/"))
    assert "Publish or set a time" not in reviewing.get(at(row)).content.decode()
    publishing = client_for(publisher)
    assert "Approved by" in publishing.get(at(row)).content.decode()
    answer = publishing.post(at(row, "publish/"), {"when": "now"})
    row.refresh_from_db()
    assert answer["Location"] == f"/notices/{row.slug}/"
    assert "adds a form" in client_for(None).get(answer["Location"]).content.decode()
    publishing.post(at(row, "correct/"), {"words_en": "July."})
    publishing.post(at(row, "withdraw/"), {"words_zh_hans": "已有新法"})
    assert "已有新法" in client_for(None).get(f"/notices/{row.slug}/").content.decode()
    history = publishing.get(at(row, "history/")).content.decode()
    for words in ["Notice drafted", "Notice returned to draft", "Notice approved", "Notice published", "July."]:
        assert words in history


def test_visitors_are_sent_to_login(client, db: None) -> None:
    row = drafted()
    for path in ["/desk/", "/desk/keys/", "/desk/notices/new/", *(at(row, page) for page in GETS)]:
        assert client.get(path)["Location"].startswith("/account/login/"), path
    for page in POSTS:
        assert client.post(at(row, page))["Location"].startswith("/account/login/")


def test_another_authority_knows_nothing(client_for, other_publisher: User) -> None:
    rows = [drafted(), in_review(), published()]
    client = client_for(other_publisher)
    for row in rows:
        assert [client.get(at(row, page)).status_code for page in GETS] == [404] * len(GETS)
        posts = [*POSTS, "edit/", "publish/", "withdraw/", "correct/"]
        assert [client.post(at(row, page)).status_code for page in posts] == [404] * len(posts)
    assert "New licence form" not in client.get("/desk/").content.decode()
    assert client.get("/desk/notices/99999/").status_code == 404


def test_firms_have_no_desk(client_for, owner: User, auditor: User) -> None:
    row = drafted()
    for person in [owner, auditor]:
        assert client_for(person).get("/desk/").status_code == 403
        assert client_for(person).get(at(row)).status_code == 403


ALLOWED = {
    Role.OWNER: ({"", "history/"}, set()),
    Role.AUDITOR: ({"", "history/"}, set()),
    Role.LEARNER: (set(), set()),
    Role.EDITOR: ({"", "history/", "edit/"}, {"submit/"}),
    Role.REVIEWER: ({"", "history/"}, {"return/", "approve/"}),
    Role.PUBLISHER: (set(GETS), set(POSTS)),
}


@pytest.mark.parametrize("role", ALLOWED)
def test_each_role_does_what_it_may(client_for, authority: Organisation, role: str) -> None:
    client = client_for(MembershipFactory(organisation=authority, role=role).user)
    opens, does = ALLOWED[role]
    draft, review = drafted(), in_review()
    assert {page for page in GETS if client.get(at(draft, page)).status_code != 403} == opens
    on = {"submit/": draft, "approve/": review, "return/": review}
    done = {page for page in POSTS if client.post(at(on[page], page), {"words": "x"}).status_code != 403}
    assert done == does


def test_four_eyes_on_the_page(client_for, publisher: User) -> None:
    rules()
    client = client_for(publisher)
    client.post("/desk/notices/new/", FORM)
    row = Notice.objects.get()
    client.post(at(row, "submit/"))
    assert "somebody else has to publish it" in client.get(at(row)).content.decode()
    assert client.post(at(row, "publish/"), {"when": "now"}).status_code == 403
    assert client.post(at(row, "approve/")).status_code == 403
    client.post(at(row, "return/"))
    row.refresh_from_db()
    assert row.state == State.DRAFT


def test_wrong_methods(client_for, publisher: User) -> None:
    row, client = in_review(), client_for(publisher)
    assert [client.get(at(row, page)).status_code for page in POSTS] == [405] * 3
    assert [client.post(path).status_code for path in ["/desk/", "/desk/keys/", at(row), at(row, "history/")]] == [
        405
    ] * 4
    assert client.get("/desk/preview/").status_code == 405


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title_en": ""}, "Give a title"),
        ({"changes-0-key": "cn-ecl/art-99"}, "Nothing stands at the key"),
        ({"changes-0-key": ""}, "Say which rule"),
        ({"kind": "consultation"}, "needs a last day"),
        ({"supersedes": "notice/none"}, "Nothing stands at the key"),
        ({"topics": ["nonsense"]}, "nonsense"),
    ],
)
def test_faults_are_told_and_words_kept(client_for, editor: User, changes: dict[str, object], words: str) -> None:
    rules()
    answer = client_for(editor).post("/desk/notices/new/", {**FORM, **changes})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert "See [[cn-ecl/art-12]]." in text
    assert not Notice.objects.exists()


def test_dead_keys_in_the_text_are_told_on_submitting(client_for, editor: User) -> None:
    rules()
    client = client_for(editor)
    client.post("/desk/notices/new/", {**FORM, "body_en": "[[cn-ecl/art-77]]"})
    row = Notice.objects.get()
    assert (
        "Nothing stands at these keys: cn-ecl/art-77" in client.post(at(row, "submit/"), follow=True).content.decode()
    )
    row.refresh_from_db()
    assert row.state == State.DRAFT


def test_two_editors(client_for, editor: User, publisher: User) -> None:
    row = drafted()
    client_for(publisher).post(at(row, "edit/"), {**FORM, "revision": "1", "title_en": "Faster"})
    slow = client_for(editor)
    answer = slow.post(at(row, "edit/"), {**FORM, "revision": "1", "title_en": "Slower"})
    assert answer.status_code == 422
    assert "Slower" in answer.content.decode()
    assert str(Notice.objects.get()) == "Faster"
    assert slow.post(at(row, "edit/"), {**FORM, "revision": "2", "title_en": "Slower"}).status_code == 302


def test_the_form_shows_what_was_written(client_for, editor: User) -> None:
    text = client_for(editor).get(at(drafted(), "edit/")).content.decode()
    for words in ["新的许可证表格", "cn-ecl/art-13", "adds a form", "2030-06-01"]:
        assert words in text


def test_preview(client_for, editor: User) -> None:
    rules()
    data = {**FORM, "body_zh_hans": "**重要**", "changes-0-key": "us-ear/none"}
    text = client_for(editor).post("/desk/preview/", data).content.decode()
    assert "<html" not in text
    assert 'data-key="cn-ecl/art-12"' in text
    assert "<strong>重要</strong>" in text
    assert "us-ear/none" in text
    whole = client_for(editor).post("/desk/notices/new/", {**data, "preview": "1"})
    assert whole.status_code == 200
    assert "<strong>重要</strong>" in whole.content.decode()
    assert not Notice.objects.exists()


def test_finding_keys(client_for, editor: User) -> None:
    rules()
    client = client_for(editor)
    assert "cn-ecl/art-12" in client.get("/desk/keys/?q=art-12").content.decode()
    assert client.get("/desk/keys/?changes-0-key=cn-ecl").content.decode().count("<option") == 2
    assert "<html" not in client.get("/desk/keys/?q=title", headers={"HX-Request": "true"}).content.decode()
    assert "No key or title" in client.get("/desk/keys/?q=zzzz").content.decode()


def test_a_time_is_in_the_zone_of_the_person(client_for, publisher: User) -> None:
    User.objects.filter(pk=publisher.pk).update(time_zone="Asia/Shanghai")
    row, client = in_review(), client_for(publisher)
    assert "Asia/Shanghai" in client.get(at(row, "publish/")).content.decode()
    client.post(at(row, "publish/"), {"when": "at", "at": "2099-06-01T09:00"})
    row.refresh_from_db()
    assert (row.state, row.publish_at) == (State.SCHEDULED, dt.datetime(2099, 6, 1, 1, tzinfo=dt.UTC))
    assert "2099" in client.get(at(row)).content.decode()
    assert client.post(at(row, "publish/"), {"when": "at"}).status_code == 422
    past = client.post(at(row, "publish/"), {"when": "at", "at": "2001-01-01T09:00"})
    assert "has passed" in past.content.decode()


def test_a_failed_notice_says_why(client_for, editor: User) -> None:
    row = in_review()
    actions.schedule(row, at=timezone.now() + dt.timedelta(hours=1), by=BO)
    Notice.objects.filter(pk=row.pk).update(body="[[gone/for-good]]")
    actions.publish_due(now=timezone.now() + dt.timedelta(hours=2))
    text = client_for(editor).get(at(row)).content.decode()
    assert "It could not be published" in text
    assert "gone/for-good" in text


@pytest.mark.parametrize("page", ["/desk/", "/desk/notices/new/", "notice", "publish/", "edit/", "history/", "keys"])
def test_chinese(client_for, publisher: User, page: str) -> None:
    row = drafted() if page == "edit/" else in_review()
    path = {"notice": at(row), "keys": "/desk/keys/"}.get(page, page if page.startswith("/") else at(row, page))
    answer = client_for(publisher).get(f"/zh-hans{path}")
    assert answer.status_code == 200
    assert '<html lang="zh-hans">' in answer.content.decode()


def test_queries_do_not_grow(client_for, publisher: User, django_assert_num_queries) -> None:
    client = client_for(publisher)
    row = in_review()
    client.get("/desk/")
    with CaptureQueriesContext(connection) as board:
        client.get("/desk/")
    with CaptureQueriesContext(connection) as one:
        client.get(at(row))
    changes = tuple(actions.Target("cn-ecl/art-13", {"en": f"does {n}"}) for n in range(30))
    for _ in range(29):
        in_review()
    long = in_review(changes=changes)
    with django_assert_num_queries(len(board)):
        client.get("/desk/")
    with django_assert_num_queries(len(one)):
        client.get(at(long))


def test_a_closed_authority_publishes_nothing_more(authority: Organisation, publisher: User) -> None:
    ours, theirs = in_review(), in_review()
    Notice.objects.filter(pk=ours.pk).update(organisation_key=authority.key)
    at = timezone.now() + dt.timedelta(hours=1)
    for row in (ours, theirs):
        actions.schedule(row, at=at, by=BO)
    organisations.close(authority, name=authority.name, by=publisher.actor)
    assert actions.publish_due(now=at) == 1
    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.state, theirs.state) == (State.DRAFT, State.PUBLISHED)
    assert ours.steps.first().words == "The organisation was closed."

"""Official texts at the desk: who may, what is refused, and the way from a file to the page through the real worker."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.core.models import AuditEvent
from portal.guidance import actions
from portal.guidance.actions import intakes as intake_actions
from portal.guidance.models import IntakeState, ProvisionText, TextIntake
from portal.organisations.models import Kind, Organisation, Role
from tests.factories import MembershipFactory, OrganisationFactory
from tests.guidance.statutes.files import act, data, standing
from tests.services import Worker

pytestmark = pytest.mark.django_db
NEW = "/desk/texts/new/"
FORM = {
    "law": "cn-ecl",
    "language": "en",
    "format": "auto",
    "valid_from": "2021-01-01",
    "source_title": "Gazette of examples",
    "source_publisher": "Example Office",
    "source_url": "https://example.org/gazette",
}


def upload(words: bytes | str, name: str = "act.yaml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode() if isinstance(words, str) else words)


def hand_in(client: Client, words: bytes | str = "", name: str = "act.yaml", **changed: str) -> TextIntake:
    """Hand a file in, and have it read and planned here."""
    file = upload(words or act(a1="One.", a2="Two."), name)
    answer = client.post(NEW, {**FORM, **changed, "file": file})
    assert answer.status_code == 302, answer.content.decode()
    row = TextIntake.objects.latest("pk")
    assert answer["Location"] == f"/desk/texts/{row.pk}/"
    actions.plan_intake(row)
    row.refresh_from_db()
    return row


def take_in(client: Client, row: TextIntake) -> TextIntake:
    assert client.post(f"/desk/texts/{row.pk}/apply/").status_code == 302
    actions.apply_intake(row)
    row.refresh_from_db()
    return row


def page(client: Client, row: TextIntake, end: str = "") -> str:
    answer = client.get(f"/desk/texts/{row.pk}/{end}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def other_publisher(db: None) -> User:
    other = OrganisationFactory(kind=Kind.AUTHORITY, authority_key="authority/us-bis")
    return MembershipFactory(organisation=other, role=Role.PUBLISHER).user


@pytest.mark.usefixtures("library")
class TestTheWay:
    def test_from_a_file_to_the_page_and_back(self, client_for: Callable[..., Client], publisher: User) -> None:
        client = client_for(publisher)
        assert "No official text yet" in client.get("/desk/texts/").content.decode()
        row = hand_in(client)
        text = page(client, row)
        assert "Take it in" in text
        assert "art-1" in text
        assert standing("art-1") == []
        take_in(client, row)
        assert standing("art-1") == [("One.", dt.date(2021, 1, 1), None)]
        assert "Take back" in page(client, row)
        assert "Gazette of examples" in page(client, row)
        assert "One." in client_for(None).get("/laws/cn-ecl/art-1/?on=2022-01-01").content.decode()
        back = f"/desk/texts/{row.pk}/take-back/"
        assert client.get(back).status_code == 200
        assert client.post(back, {"because": ""}).status_code == 422
        assert client.post(back, {"because": "The wrong file."}).status_code == 302
        assert "The wrong file." in page(client, row)
        assert standing("art-1") == []

    def test_what_a_second_version_would_do(self, client_for: Callable[..., Client], publisher: User) -> None:
        client = client_for(publisher)
        take_in(client, hand_in(client))
        row = hand_in(client, act(a1="One, changed.", a3="Three."), valid_from="2023-01-01")
        text = page(client, row)
        for words in ["Changed", "Added", "No longer there", "new to the library"]:
            assert words in text
        line = page(client, row, "art-1/")
        assert "One." in line
        assert "One, changed." in line
        take_in(client, row)
        after = page(client, row, "art-1/")
        assert "<p>One.</p>" in after
        assert "art-3" not in page(client, row, "?what=changed")
        assert client.get(f"/desk/texts/{row.pk}/art-99/").status_code == 404

    def test_nothing_to_take_in(self, client_for: Callable[..., Client], publisher: User) -> None:
        client = client_for(publisher)
        take_in(client, hand_in(client))
        text = page(client, hand_in(client))
        assert "there is nothing to take in" in text
        assert "Take it in" not in text

    def test_putting_aside(self, client_for: Callable[..., Client], editor: User) -> None:
        client = client_for(editor)
        row = hand_in(client)
        name, storage = row.file.name, row.file.storage
        assert client.post(f"/desk/texts/{row.pk}/discard/").status_code == 302
        row.refresh_from_db()
        assert (row.state, bool(row.file)) == (IntakeState.REFUSED, False)
        assert storage.exists(name)  # until the transaction of this test would end
        assert "put aside" in page(client, row)

    def test_an_editor_hands_in_and_a_publisher_decides(
        self, client_for: Callable[..., Client], editor: User, publisher: User
    ) -> None:
        row = hand_in(client_for(editor))
        assert "A publisher of your authority decides" in page(client_for(editor), row)
        assert client_for(editor).post(f"/desk/texts/{row.pk}/apply/").status_code == 403
        take_in(client_for(publisher), row)
        row.refresh_from_db()
        assert (row.by_key, row.applied_by_key) == (editor.actor.key, publisher.actor.key)

    def test_the_file_is_given_back_as_a_file(self, client_for: Callable[..., Client], editor: User) -> None:
        client = client_for(editor)
        row = hand_in(client, data("ecfr-1.xml"), "part.xml")
        answer = client.get(f"/desk/texts/{row.pk}/file/")
        assert answer["Content-Disposition"] == 'attachment; filename="part.xml"'
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer.content == data("ecfr-1.xml")

    def test_progress_without_and_with_script(self, client_for: Callable[..., Client], publisher: User) -> None:
        client = client_for(publisher)
        client.post(NEW, {**FORM, "file": upload(act(a1="One."))})
        row = TextIntake.objects.get()
        text = page(client, row)
        assert "Look again" in text
        intake_actions.tell(row.pk, 30, 60)
        part = client.get(f"/desk/texts/{row.pk}/", headers={"HX-Request": "true"})
        assert 'value="50"' in part.content.decode()
        assert "<html" not in part.content.decode()
        actions.plan_intake(row)
        done = client.get(f"/desk/texts/{row.pk}/", headers={"HX-Request": "true"})
        assert done["HX-Refresh"] == "true"

    def test_deciding_twice_and_too_late(self, client_for: Callable[..., Client], publisher: User) -> None:
        client = client_for(publisher)
        row = take_in(client, hand_in(client))
        rows = ProvisionText.objects.count()
        assert client.post(f"/desk/texts/{row.pk}/apply/").status_code == 302
        actions.apply_intake(row)
        assert ProvisionText.objects.count() == rows
        assert client.post(f"/desk/texts/{row.pk}/discard/").status_code == 409

    def test_an_import_on_which_another_rests(self, client_for: Callable[..., Client], publisher: User) -> None:
        client = client_for(publisher)
        row = take_in(client, hand_in(client))
        take_in(client, hand_in(client, act(a1="Two."), valid_from="2023-01-01"))
        answer = client.post(f"/desk/texts/{row.pk}/take-back/", {"because": "Typing error."})
        assert answer.status_code == 422
        assert "rests on this one" in answer.content.decode()
        assert "Typing error." in answer.content.decode()

    @pytest.mark.parametrize("path", ["/desk/texts/", NEW, "text", "line", "take-back"])
    def test_chinese(self, client_for: Callable[..., Client], publisher: User, path: str) -> None:
        client = client_for(publisher)
        row = take_in(client, hand_in(client))
        ends = {"text": "", "line": "art-1/", "take-back": "take-back/"}
        address = f"/desk/texts/{row.pk}/{ends[path]}" if path in ends else path
        answer = client.get(f"/zh-hans{address}")
        assert answer.status_code == 200
        assert '<html lang="zh-hans">' in answer.content.decode()

    def test_queries_do_not_grow(
        self,
        client_for: Callable[..., Client],
        publisher: User,
        django_assert_num_queries,  # type: ignore[no-untyped-def]
    ) -> None:
        client = client_for(publisher)
        one = hand_in(client, act(a1="One."))
        client.get("/desk/texts/")
        with CaptureQueriesContext(connection) as few:
            client.get("/desk/texts/")
        with CaptureQueriesContext(connection) as small:
            client.get(f"/desk/texts/{one.pk}/")
        counts = len(few), len(small)  # the next request forgets what was counted
        for _ in range(29):
            client.post(NEW, {**FORM, "file": upload(act(a1="One."))})
        with django_assert_num_queries(counts[0]):
            client.get("/desk/texts/")
        long = hand_in(client, act(**{f"a{number}": "Words." for number in range(1, 31)}))
        with django_assert_num_queries(counts[1]):
            client.get(f"/desk/texts/{long.pk}/")


# --- What is refused ----------------------------------------------------------------------------------------------

BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><ACT>&y;</ACT>"""


@pytest.mark.usefixtures("library")
class TestRefusals:
    @pytest.mark.parametrize(
        ("words", "name", "sentence"),
        [
            (b"PK\x03\x04and so on", "act.xml", "This is a ZIP archive"),
            (b"%PDF-1.7", "act.xml", "This is a PDF"),
            (b"MZ\x00", "act.exe", "Files with the ending “.exe” are not taken"),
            (b"", "act.xml", "empty"),
        ],
    )
    def test_at_the_form(
        self, client_for: Callable[..., Client], editor: User, words: bytes, name: str, sentence: str
    ) -> None:
        answer = client_for(editor).post(NEW, {**FORM, "file": upload(words, name)})
        assert answer.status_code == 422
        text = answer.content.decode()
        assert sentence in text
        assert 'value="Gazette of examples"' in text
        assert "choose it again" in text
        assert not TextIntake.objects.exists()

    @pytest.mark.parametrize(
        ("words", "name", "sentence"),
        [
            (BOMB, "act.xml", "document type or entities"),
            (b"<ACT><ENACTING.TERMS>", "act.xml", "breaks off"),
            ("第一条　一。\n\n第一条　又一。".encode("gb18030"), "act.md", "not in UTF-8"),
            (act(a1=""), "act.yaml", "art-1 has no text"),
        ],
    )
    def test_by_the_worker(
        self, client_for: Callable[..., Client], editor: User, words: bytes | str, name: str, sentence: str
    ) -> None:
        client = client_for(editor)
        before = ProvisionText.objects.count()
        row = hand_in(client, words, name)
        assert row.state == IntakeState.REFUSED
        assert sentence in page(client, row)
        assert not row.file
        assert ProvisionText.objects.count() == before
        assert AuditEvent.objects.filter(event="text.refused").exists()

    def test_a_file_of_thirty_megabytes(self, client_for: Callable[..., Client], editor: User) -> None:
        answer = client_for(editor).post(NEW, {**FORM, "file": upload(b"<a>" + b"x" * 30_000_000, "act.xml")})
        assert answer.status_code == 422
        assert "The file has 30 MB; at most 20 MB are taken." in answer.content.decode()

    def test_what_a_form_may_not_say(self, client_for: Callable[..., Client], editor: User) -> None:
        client = client_for(editor)
        for changed, sentence in [
            ({"law": "us-ear"}, "Select a valid choice"),
            ({"valid_from": ""}, "required"),
            ({"valid_until": "2020-01-01"}, "must end after it begins"),
            ({"source_title": ""}, "required"),
            ({"format": "ecfr"}, "has another format"),
            ({"source_url": "javascript:alert(1)"}, "valid URL"),
        ]:
            answer = client.post(NEW, {**FORM, **changed, "file": upload(act(a1="One."))})
            assert answer.status_code == 422
            assert sentence in answer.content.decode(), changed

    def test_an_unforeseen_error_is_said(
        self, client_for: Callable[..., Client], editor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*args: object) -> None:
            raise RuntimeError("x")

        monkeypatch.setattr(intake_actions, "plan", broken)
        row = hand_in(client_for(editor))
        assert row.state == IntakeState.REFUSED
        assert "unexpected error" in page(client_for(editor), row)

    def test_fault_in_chinese(self, client_for: Callable[..., Client], editor: User) -> None:
        row = hand_in(client_for(editor), act(a1=""))
        assert client_for(editor).get(f"/zh-hans/desk/texts/{row.pk}/").status_code == 200


# --- Who may ------------------------------------------------------------------------------------------------------

GETS = ["", "art-1/", "file/", "take-back/"]
POSTS = ["apply/", "discard/", "take-back/"]


@pytest.fixture
def planned(client_for: Callable[..., Client], publisher: User, library: object) -> TextIntake:
    return hand_in(client_for(publisher))


def test_visitors_are_sent_to_login(client: Client, planned: TextIntake) -> None:
    paths = ["/desk/texts/", NEW, *(f"/desk/texts/{planned.pk}/{end}" for end in GETS)]
    assert all(client.get(path)["Location"].startswith("/account/login/") for path in paths)
    posts = [NEW, *(f"/desk/texts/{planned.pk}/{end}" for end in POSTS)]
    assert all(client.post(path)["Location"].startswith("/account/login/") for path in posts)


def test_another_authority_knows_nothing(
    client_for: Callable[..., Client], other_publisher: User, planned: TextIntake
) -> None:
    client = client_for(other_publisher)
    assert [client.get(f"/desk/texts/{planned.pk}/{end}").status_code for end in GETS] == [404] * 4
    assert [client.post(f"/desk/texts/{planned.pk}/{end}").status_code for end in POSTS] == [404] * 3
    assert "act.yaml" not in client.get("/desk/texts/").content.decode()
    assert "No law to import" in client.get(NEW).content.decode()  # the little library has none of the US
    assert client.get("/desk/texts/99999/").status_code == 404


def test_firms_have_no_desk(client_for: Callable[..., Client], owner: User, auditor: User, planned: TextIntake) -> None:
    for person in [owner, auditor]:
        client = client_for(person)
        for path in ["/desk/texts/", NEW, f"/desk/texts/{planned.pk}/"]:
            assert client.get(path).status_code == 403
        assert client.post(f"/desk/texts/{planned.pk}/apply/").status_code == 403


ROLES = {
    Role.OWNER: {"list", ""},
    Role.AUDITOR: {"list", ""},
    Role.LEARNER: set(),
    Role.EDITOR: {"list", "", "new", "file/", "discard/"},
    Role.REVIEWER: {"list", ""},
    Role.PUBLISHER: {"list", "", "new", "file/", "take-back/", "apply/", "discard/"},
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_what_it_may(
    client_for: Callable[..., Client], authority: Organisation, planned: TextIntake, role: str
) -> None:
    client = client_for(MembershipFactory(organisation=authority, role=role).user)
    at = f"/desk/texts/{planned.pk}/"
    pages = {"list": "/desk/texts/", "new": NEW, "": at, "file/": f"{at}file/", "take-back/": f"{at}take-back/"}
    may = {name for name, path in pages.items() if client.get(path).status_code != 403}
    may |= {name for name in ["apply/", "discard/"] if client.post(at + name).status_code != 403}
    assert may == ROLES[role]


def test_wrong_methods(client_for: Callable[..., Client], publisher: User, planned: TextIntake) -> None:
    client, at = client_for(publisher), f"/desk/texts/{planned.pk}/"
    assert [client.get(at + end).status_code for end in ["apply/", "discard/"]] == [405, 405]
    assert [client.post(path).status_code for path in ["/desk/texts/", at, f"{at}art-1/", f"{at}file/"]] == [405] * 4


def test_an_operator_may_for_every_law(client_for: Callable[..., Client], planned: TextIntake) -> None:
    operator = User.objects.create_user("operator@example.org", is_staff=True, name="Op")
    client = client_for(operator)
    assert "act.yaml" in client.get("/desk/texts/").content.decode()
    row = hand_in(client, law="cn-old")
    assert row.organisation_key == ""
    take_in(client, row)
    assert standing("art-1", "cn-old") == [("One.", dt.date(2021, 1, 1), None)]


# --- Background work ----------------------------------------------------------------------------------------------


def test_the_sweeper_finds_what_waits(planned: TextIntake, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, int]] = []
    monkeypatch.setattr(intake_actions, "enqueue", lambda name, intake_id: sent.append((name, intake_id)))
    now = timezone.now()
    assert actions.sweep(now) == 0
    TextIntake.objects.update(state=IntakeState.READ, lease_until=now + dt.timedelta(minutes=1))
    assert actions.sweep(now) == 0
    assert actions.sweep(now + dt.timedelta(minutes=2)) == 1
    TextIntake.objects.update(state=IntakeState.APPLYING, lease_until=None)
    assert actions.sweep(now + dt.timedelta(minutes=2)) == 1
    assert sent == [("guidance.plan_text", planned.pk), ("guidance.apply_text", planned.pk)]


def test_one_worker_at_a_time(planned: TextIntake) -> None:
    TextIntake.objects.update(state=IntakeState.APPLYING, lease_until=timezone.now() + dt.timedelta(minutes=1))
    actions.apply_intake(planned)
    assert standing("art-1") == []
    TextIntake.objects.update(lease_until=timezone.now() - dt.timedelta(minutes=1))
    actions.apply_intake(planned)
    assert len(standing("art-1")) == 1


def test_a_changed_file_in_the_storage_is_refused(planned: TextIntake) -> None:
    TextIntake.objects.update(state=IntakeState.APPLYING, sha256="0" * 64)
    actions.apply_intake(planned)
    planned.refresh_from_db()
    assert planned.state == IntakeState.REFUSED
    assert standing("art-1") == []


@pytest.mark.xdist_group("worker")
def test_through_the_real_worker(
    worker: Worker, client_for: Callable[..., Client], library: object, publisher: User
) -> None:
    client = client_for(publisher)
    client.post(NEW, {**FORM, "file": upload(data("ecfr-1.xml"), "part.xml")})

    def state() -> str:
        return TextIntake.objects.values_list("state", flat=True).get()

    worker.wait(lambda: state() == IntakeState.PLANNED)
    row = TextIntake.objects.get()
    assert row.counts["added"] == 7
    assert client.post(f"/desk/texts/{row.pk}/apply/").status_code == 302
    worker.wait(lambda: state() == IntakeState.APPLIED)
    assert len(standing("744.21")) == 1
    row.refresh_from_db()
    assert (row.applied_by, row.scope) == (publisher.name, ["part-744", "part-745"])

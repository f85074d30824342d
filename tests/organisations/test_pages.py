"""The pages: who may open which, and nothing of another organisation."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from portal.accounts.models import User
from portal.core import audit
from portal.core.actors import Actor
from portal.core.models import AuditEvent
from portal.organisations import actions
from portal.organisations.models import ROLES_OF_KIND, Invitation, Membership, Organisation, Role
from portal.organisations.permissions import ALLOWED
from portal.references.models import Address
from tests.factories import PASSWORD, MembershipFactory, UserFactory

PAGES = {
    "organisation": "organisation.read",
    "members": "member.read",
    "invite": "member.invite",
    "settings": "organisation.manage",
    "close": "organisation.manage",
    "leave": "organisation.read",
    "trail": "audit.read",
    "trail_csv": "audit.read",
    "tokens": "token.manage",
}
POSTS = ["change_role", "resend", "revoke", "revoke_token"]


def to(name: str, **arguments: object) -> str:
    with override("en"):
        return reverse(f"organisations:{name}", kwargs=arguments)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ROLES_OF_KIND["firm"])
def test_each_role_opens_what_it_may(client_for, firm: Organisation, name: str, role: str) -> None:
    client = client_for(MembershipFactory(organisation=firm, role=role).user)
    allowed = PAGES[name] in ALLOWED[role]
    assert client.get(to(name)).status_code == (200 if allowed else 403)
    assert AuditEvent.objects.filter(event="permission.refused").exists() is not allowed


@pytest.mark.parametrize("name", [*PAGES, "start"])
def test_visitors_are_sent_to_login(client: Client, db: None, name: str) -> None:
    assert client.get(to(name))["Location"] == f"/account/login/?next={to(name)}"


@pytest.mark.parametrize("name", PAGES)
def test_people_without_an_organisation_are_sent_to_start(client_for, db: None, name: str) -> None:
    assert client_for(UserFactory()).get(to(name))["Location"] == to("start")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_both_languages(client_for, owner: User, name: str, prefix: str) -> None:
    assert client_for(owner).get(prefix + to(name)).status_code == 200


def test_wrong_methods(client_for, owner: User) -> None:
    client = client_for(owner)
    assert [client.get(to(name, pk=1)).status_code for name in POSTS] == [405] * 4
    assert client.get(to("switch")).status_code == 405
    assert client.post(to("organisation")).status_code == 405
    assert client.delete(to("invite")).status_code == 405


@pytest.mark.parametrize("name", [*POSTS, "remove"])
def test_nothing_of_another_firm_can_be_touched(client_for, owner: User, other_firm: Organisation, name: str) -> None:
    theirs = MembershipFactory(organisation=other_firm, role=Role.OWNER)
    invitation = actions.invite(other_firm, email="x@example.org", role=Role.LEARNER, inviter=theirs.user)
    token, _raw = actions.make_token(other_firm, name="copy", maker=theirs.user)
    pk = {"resend": invitation.pk, "revoke": invitation.pk, "revoke_token": token.pk}.get(name, theirs.pk)
    before = AuditEvent.objects.count()
    assert client_for(owner).post(to(name, pk=pk), {"role": "learner"}).status_code == 404
    assert client_for(theirs.user).post(to(name, pk=99_999), {"role": "learner"}).status_code == 404
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("name", ["organisation", "members", "trail", "tokens"])
def test_nothing_of_another_firm_is_shown(client_for, owner: User, outsider: User, name: str) -> None:
    other = Membership.objects.get(user=outsider).organisation
    actions.invite(other, email="secret@example.org", role=Role.LEARNER, inviter=outsider)
    page = client_for(owner).get(to(name)).content.decode()
    assert "secret@example.org" not in page
    assert outsider.name not in page


def test_the_session_cannot_choose_another_firm(client_for, owner: User, firm, other_firm: Organisation) -> None:
    page = client_for(owner, other_firm).get(to("organisation")).content.decode()
    assert firm.name in page
    assert other_firm.name not in page
    assert client_for(owner).post(to("switch"), {"organisation": other_firm.pk}).status_code == 404
    assert client_for(owner).post(to("switch"), {"organisation": "x"}).status_code == 404


def test_switching(client_for, owner: User, other_firm: Organisation) -> None:
    MembershipFactory(organisation=other_firm, user=owner, role=Role.LEARNER)
    client = client_for(owner)
    answer = client.post(to("switch"), {"organisation": other_firm.pk, "next": "//evil.example/"})
    assert answer["Location"] == to("organisation")
    assert client.post(to("switch"), {"organisation": other_firm.pk, "next": "/about/"})["Location"] == "/about/"
    assert other_firm.name in client.get(to("organisation")).content.decode()
    assert client.get(to("tokens")).status_code == 403


def test_founding(client_for, db: None) -> None:
    client = client_for(UserFactory())
    answer = client.post(to("start"), {"name": "Elbe Valves", "kind": "authority"})
    assert answer.status_code == 422
    assert not Organisation.objects.exists()
    client.post(to("start"), {"name": "Elbe Valves", "kind": "firm", "country": "de"})
    page = client.get(to("organisation")).content.decode()
    assert "Elbe Valves" in page
    assert "make and revoke API tokens" in page


def test_inviting_and_joining(client_for, officer: User, firm: Organisation) -> None:
    client = client_for(officer)
    wrong = client.post(to("invite"), {"email": "new@example.org", "role": "owner"})
    assert wrong.status_code == 422
    assert client.post(to("invite"), {"email": "new@example.org", "role": "learner"}).status_code == 302
    assert "new@example.org" in client.get(to("members")).content.decode()
    row = Invitation.objects.get()
    link = to("invitation", token=row.token)
    visitor = client_for(None).get(link).content.decode()
    assert f"/account/signup/?next={link}" in visitor
    assert "Sign out and come back" in client_for(officer).get(link).content.decode()
    assert client_for(officer).post(link).status_code == 403
    user = UserFactory(email="new@example.org")
    joining = client_for(user)
    assert "Look at the invitation" in joining.get(to("start")).content.decode()
    assert joining.post(link)["Location"] == to("organisation")
    assert joining.get(to("organisation")).status_code == 200
    assert client_for(None).get(link).status_code == 410
    assert client_for(None).get(to("invitation", token="nothing")).status_code == 404


def test_an_officer_cannot_renew_the_invitation_of_an_owner(client_for, owner: User, officer: User, firm) -> None:
    row = actions.invite(firm, email="boss@example.org", role=Role.OWNER, inviter=owner)
    assert client_for(officer).post(to("resend", pk=row.pk)).status_code == 403
    assert client_for(officer).post(to("revoke", pk=row.pk)).status_code == 403
    assert client_for(owner).post(to("resend", pk=row.pk)).status_code == 302


def test_roles_and_removal(client_for, owner: User, officer: User) -> None:
    client, row = client_for(owner), Membership.objects.get(user=officer)
    assert client.post(to("change_role", pk=row.pk), {"role": "publisher"}).status_code == 400
    client.post(to("change_role", pk=row.pk), {"role": "auditor"})
    row.refresh_from_db()
    assert row.role == Role.AUDITOR
    assert client_for(officer).post(to("remove", pk=row.pk)).status_code == 403
    assert client.get(to("remove", pk=row.pk)).status_code == 200
    client.post(to("remove", pk=row.pk))
    row.refresh_from_db()
    assert row.ended_at is not None
    assert client_for(officer).get(to("organisation")).status_code == 302


def test_the_last_owner_is_told_why(client_for, owner: User) -> None:
    answer = client_for(owner).post(to("leave"), follow=True)
    assert "last owner" in answer.content.decode()
    assert Membership.objects.filter(user=owner, ended_at=None).exists()


def test_settings_and_closing(client_for, owner: User, firm: Organisation) -> None:
    client = client_for(owner)
    assert client.post(to("settings"), {"name": "", "country": "China"}).status_code == 422
    client.post(to("settings"), {"name": "Lanzhou Fibres", "country": "cn"})
    assert client.post(to("close"), {"name": "Lanzhou Composites"}).status_code == 422
    assert client.post(to("close"), {"name": "Lanzhou Fibres"})["Location"] == to("start")
    firm.refresh_from_db()
    assert firm.closed_at is not None


def test_tokens_are_shown_once(client_for, owner: User) -> None:
    client = client_for(owner)
    made = client.post(to("tokens"), {"name": "nightly copy"}).content.decode()
    assert made.count("ptl_") == 2  # the secret, and the beginning in the list
    assert client.get(to("tokens")).content.decode().count("ptl_") == 1


def test_trail(client_for, owner: User, auditor: User, firm: Organisation) -> None:
    actions.rename(firm, name="Other", country="", by=owner.actor)
    who = Actor("user:0", "=cmd()")
    audit.record("assessment.started", by=who, target="assessment/1", organisation=firm.key)
    client = client_for(auditor)
    page = client.get(to("trail")).content.decode()
    assert "Organisation renamed" in page
    assert "Assessment started" in page
    assert "assessment/1" not in client.get(to("trail") + "?event=organisation.renamed").content.decode()
    answer = client.get(to("trail_csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["event"] for row in rows] == ["assessment.started", "organisation.renamed"]
    assert rows[0]["actor"] == "'=cmd()"


@pytest.mark.parametrize("name", ["organisation", "members", "trail", "tokens"])
def test_queries_do_not_grow(client_for, owner: User, firm: Organisation, name: str, django_assert_num_queries) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            person = MembershipFactory(organisation=firm).user
            actions.make_token(firm, name="copy", maker=person)
            actions.invite(firm, email=f"{person.pk}@new.example", role=Role.LEARNER, inviter=owner)

    fill(1)
    client = client_for(owner)
    client.get(to(name))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(to(name))
    fill(29)
    with django_assert_num_queries(len(few)):
        client.get(to(name))


def test_the_administration_only_looks(client_for, owner: User, firm: Organisation) -> None:
    client = client_for(User.objects.create_superuser("op@example.org", "x"))
    row = Membership.objects.get(user=owner)
    for path in ["accounts/user/", "organisations/organisation/", "organisations/membership/"]:
        assert client.get(f"/administration/{path}").status_code == 200
    assert client.get(f"/administration/organisations/organisation/{firm.pk}/change/").status_code == 200
    assert client.get(f"/administration/organisations/organisation/{firm.pk}/delete/").status_code == 403
    assert client.get(f"/administration/organisations/membership/{row.pk}/change/").status_code == 200
    assert client.get("/administration/accounts/user/add/").status_code == 403
    answer = client.post(
        "/administration/organisations/organisation/add/",
        {"name": "B", "country": "CN", "authority_key": "authority/none", "owner_email": owner.email},
    )
    assert "is not the key" in answer.content.decode()
    Address.objects.create(key="authority/cn-mofcom", kind="authority", title="MOFCOM", route="pages:home")
    client.post(
        "/administration/organisations/organisation/add/",
        {"name": "B", "country": "CN", "authority_key": "authority/cn-mofcom", "owner_email": owner.email},
    )
    assert Membership.objects.get(organisation__kind="authority").user == owner


def test_operators_sign_in_with_everybody_and_their_second_factor(client, owner: User) -> None:
    """The administration's own form would know neither the limits on tries nor the second factor."""
    owner.is_staff = owner.is_superuser = True
    owner.save()
    given = {"username": owner.email, "password": PASSWORD, "next": "/administration/"}
    answer = client.post("/administration/login/", given)
    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")
    assert "_auth_user_id" not in client.session


def test_a_very_long_number_is_no_organisation(client_for, owner: User, firm: Organisation) -> None:
    assert client_for(owner).post("/organisation/switch/", {"organisation": "9" * 5000}).status_code == 404

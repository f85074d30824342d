"""Founding, members, invitations, tokens: the rules."""

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.accounts.models import User
from portal.core.errors import Conflict, NotAllowed, PortalError
from portal.core.models import AuditEvent
from portal.organisations import actions, queries
from portal.organisations.models import ApiToken, Invitation, Kind, Membership, Organisation, Role
from portal.organisations.permissions import ALLOWED, can, grantable
from portal.references.models import Address
from tests.factories import MembershipFactory, UserFactory


def events(organisation: Organisation) -> list[str]:
    rows = AuditEvent.objects.filter(organisation_key=organisation.key).order_by("pk")
    return list(rows.values_list("event", flat=True))


def of(user: User) -> Membership:
    return Membership.objects.get(user=user, ended_at=None)


def test_founding_makes_an_owner(db: None) -> None:
    user = UserFactory()
    row = actions.found(name="兰州材料", kind=Kind.FIRM, country="cn", owner=user, by=user.actor)
    assert (row.country, of(user).role) == ("CN", Role.OWNER)
    assert row.slug.startswith("organisation-")
    assert can(user, "organisation.manage", row)
    assert events(row) == ["organisation.founded"]


def test_names_may_be_alike_and_keys_not(db: None) -> None:
    user = UserFactory()
    one, two = (actions.found(name="Elbe", kind=Kind.FIRM, owner=user, by=user.actor) for _ in range(2))
    assert one.slug == "elbe"
    assert two.slug.startswith("elbe-")


def test_an_authority_needs_the_key_of_one(db: None) -> None:
    user = UserFactory()
    with pytest.raises(PortalError, match="authority/nobody"):
        actions.found(name="A", kind=Kind.AUTHORITY, owner=user, by=user.actor, authority_key="authority/nobody")
    with pytest.raises(PortalError, match="Only an authority"):
        actions.found(name="A", kind=Kind.FIRM, owner=user, by=user.actor, authority_key="authority/x")
    assert not Organisation.objects.exists()


def test_the_command_founds_an_authority(db: None, capsys) -> None:
    Address.objects.create(key="authority/cn-mofcom", kind="authority", title="MOFCOM", route="pages:home")
    with pytest.raises(CommandError, match="Nobody"):
        call_command("found_authority", "Bureau", "authority/cn-mofcom", "who@example.org")
    user = UserFactory()
    call_command("found_authority", "Bureau", "authority/cn-mofcom", user.email, country="cn")
    assert Organisation.objects.get(kind=Kind.AUTHORITY).authority_key == "authority/cn-mofcom"
    with pytest.raises(CommandError, match="not the key"):
        call_command("found_authority", "Bureau", "authority/none", user.email)


def test_the_last_owner_stays(owner: User, officer: User) -> None:
    for action in [actions.leave, actions.remove]:
        with pytest.raises(Conflict, match="last owner"):
            action(of(owner), by=owner.actor)
    with pytest.raises(Conflict, match="last owner"):
        actions.change_role(of(owner), role=Role.OFFICER, by=owner.actor)
    actions.change_role(of(officer), role=Role.OWNER, by=owner.actor)
    actions.leave(of(owner), by=owner.actor)
    assert not Membership.objects.filter(user=owner, ended_at=None).exists()


def test_an_owner_who_cannot_sign_in_does_not_count(owner: User, firm: Organisation) -> None:
    gone = MembershipFactory(organisation=firm, role=Role.OWNER).user
    User.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(Conflict, match="last owner"):
        actions.leave(of(owner), by=owner.actor)


def test_roles_are_those_of_the_kind(officer: User, owner: User, firm: Organisation) -> None:
    with pytest.raises(PortalError, match="kind"):
        actions.change_role(of(officer), role=Role.PUBLISHER, by=owner.actor)
    actions.change_role(of(officer), role=Role.OFFICER, by=owner.actor)
    assert events(firm) == []
    actions.change_role(of(officer), role=Role.AUDITOR, by=owner.actor)
    assert events(firm) == ["member.role_changed"]


def test_ended_memberships_cannot_be_ended_again(officer: User, owner: User) -> None:
    row = of(officer)
    actions.remove(row, by=owner.actor)
    with pytest.raises(Conflict, match="any more"):
        actions.remove(row, by=owner.actor)


@pytest.mark.parametrize("role", ALLOWED)
def test_who_may_give_which_role(role: str, firm: Organisation) -> None:
    user = MembershipFactory(organisation=firm, role=role).user
    given = grantable(user, firm)
    assert bool(given) == ("member.invite" in ALLOWED[role])
    assert (Role.OWNER in given) == ("organisation.manage" in ALLOWED[role])


def test_an_officer_cannot_make_an_owner(officer: User, firm: Organisation) -> None:
    with pytest.raises(NotAllowed):
        actions.invite(firm, email="x@example.org", role=Role.OWNER, inviter=officer)
    assert not Invitation.objects.exists()


def test_accepting(officer: User, firm: Organisation) -> None:
    user = UserFactory(email="new@example.org")
    row = actions.invite(firm, email=" New@Example.org ", role=Role.LEARNER, inviter=officer)
    assert list(queries.invitations_for(user)) == [row]
    first = actions.accept(row, user=user)
    assert actions.accept(row, user=user) == first
    assert (first.role, events(firm)) == (Role.LEARNER, ["member.invited", "member.joined"])
    assert can(user, "course.take", firm)
    with pytest.raises(Conflict, match="belongs"):
        actions.invite(firm, email="new@example.org", role=Role.LEARNER, inviter=officer)


@pytest.mark.parametrize("verified", [True, False])
def test_only_the_invited_address_accepts(officer: User, firm: Organisation, verified: bool) -> None:
    row = actions.invite(firm, email="new@example.org", role=Role.LEARNER, inviter=officer)
    other = UserFactory() if verified else UserFactory(email="new@example.org", verified=False)
    with pytest.raises(NotAllowed, match=r"new@example\.org"):
        actions.accept(row, user=other)
    assert not Membership.objects.filter(user=other).exists()


def test_used_invitations_do_not_bring_back_who_was_removed(officer: User, owner: User, firm: Organisation) -> None:
    user = UserFactory()
    row = actions.invite(firm, email=user.email, role=Role.LEARNER, inviter=officer)
    actions.remove(actions.accept(row, user=user), by=owner.actor)
    with pytest.raises(Conflict, match="used"):
        actions.accept(row, user=user)


def test_expiry_and_resending(officer: User, firm: Organisation) -> None:
    user = UserFactory()
    row = actions.invite(firm, email=user.email, role=Role.LEARNER, inviter=officer)
    with time_machine.travel(timezone.now() + dt.timedelta(days=14, minutes=1)):
        with pytest.raises(Conflict, match="run out"):
            actions.accept(row, user=user)
        actions.resend(row, by=officer.actor)
        again = Invitation.objects.get(pk=row.pk)
        assert again.token != row.token
        actions.accept(again, user=user)


def test_revoking(officer: User, firm: Organisation) -> None:
    user = UserFactory()
    row = actions.invite(firm, email=user.email, role=Role.LEARNER, inviter=officer)
    actions.revoke(row, by=officer.actor)
    with pytest.raises(Conflict, match="taken back"):
        actions.accept(row, user=user)
    with pytest.raises(Conflict, match="taken back"):
        actions.resend(row, by=officer.actor)


def test_inviting_again_replaces(officer: User, firm: Organisation) -> None:
    first = actions.invite(firm, email="a@example.org", role=Role.LEARNER, inviter=officer)
    second = actions.invite(firm, email="A@example.org", role=Role.AUDITOR, inviter=officer)
    assert list(queries.invitations(firm)) == [second]
    first.refresh_from_db()
    assert first.state == "revoked"


def test_closing(owner: User, officer: User, firm: Organisation) -> None:
    row = actions.invite(firm, email="a@example.org", role=Role.LEARNER, inviter=officer)
    _token, raw = actions.make_token(firm, name="copy", maker=owner)
    with pytest.raises(Conflict, match=firm.name):
        actions.close(firm, name="something", by=owner.actor)
    actions.close(firm, name=firm.name, by=owner.actor)
    row.refresh_from_db()
    assert row.state == "revoked"
    assert queries.token_owner(raw) is None
    assert not can(User.objects.get(pk=owner.pk), "organisation.read", firm)


def test_renaming_keeps_the_key(owner: User, firm: Organisation) -> None:
    key = firm.key
    actions.rename(firm, name="New name", country="de", by=owner.actor)
    actions.rename(firm, name="New name", country="DE", by=owner.actor)
    firm.refresh_from_db()
    assert (firm.name, firm.country, firm.key, events(firm)) == ("New name", "DE", key, ["organisation.renamed"])


def test_tokens_are_kept_as_hashes(owner: User, firm: Organisation, django_assert_num_queries) -> None:
    row, raw = actions.make_token(firm, name="copy", maker=owner)
    kept = ApiToken.objects.values().get()
    assert raw not in str(kept)
    found = queries.token_owner(raw)
    assert found is not None
    assert (found.organisation, found.scopes) == (firm, ["read"])
    with django_assert_num_queries(1):
        queries.token_owner(raw)
    assert queries.token_owner(raw + "x") is None
    assert queries.token_owner(row.hash) is None
    actions.revoke_token(row, by=owner.actor)
    actions.revoke_token(row, by=owner.actor)
    assert queries.token_owner(raw) is None
    assert events(firm) == ["token.made", "token.revoked"]


def invited(firm: Organisation, role: str, inviter: User) -> Invitation:
    return actions.invite(firm, email=f"{role}@example.net", role=role, inviter=inviter)


def test_invitations_end_with_whoever_sent_them(owner: User, officer: User, firm: Organisation) -> None:
    """Else who is removed comes back by another address of their own."""
    theirs, others = invited(firm, Role.OFFICER, officer), invited(firm, Role.LEARNER, owner)
    actions.remove(of(officer), by=owner.actor)
    theirs.refresh_from_db()
    others.refresh_from_db()
    assert (theirs.state, others.state) == ("revoked", "open")
    assert events(firm)[-2:] == ["member.invitation_revoked", "member.removed"]
    with pytest.raises(Conflict, match="taken back"):
        actions.accept(theirs, user=UserFactory(email="officer@example.net"))


def test_invitations_end_with_the_right_to_give_the_role(owner: User, firm: Organisation) -> None:
    second = MembershipFactory(organisation=firm, role=Role.OWNER)
    high, low = invited(firm, Role.OWNER, second.user), invited(firm, Role.LEARNER, second.user)
    actions.change_role(second, role=Role.OFFICER, by=owner.actor)
    high.refresh_from_db()
    low.refresh_from_db()
    assert (high.state, low.state) == ("revoked", "open")


def test_nobody_floods_strangers_with_invitations(
    officer: User, firm: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.organisations.actions.invitations.MOST_A_DAY", 2)
    first = invited(firm, Role.LEARNER, officer)
    actions.resend(first, by=officer.actor)
    for again in (
        lambda: actions.resend(first, by=officer.actor),
        lambda: invited(firm, Role.AUDITOR, officer),
    ):
        with pytest.raises(Conflict, match="go on tomorrow"):
            again()
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
        invited(firm, Role.AUDITOR, officer)

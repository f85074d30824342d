"""Invitations by mail, with a real worker and a real mail server; and the way through sign-up."""

import re

from django.core import mail
from django.test import Client

from portal.accounts.models import User
from portal.organisations import actions, tasks
from portal.organisations.models import Invitation, Membership, Organisation, Role
from tests.factories import UserFactory
from tests.services import SmtpSink, Worker


def test_the_worker_sends_it_once_in_both_languages(
    worker: Worker, smtp_sink: SmtpSink, officer: User, firm: Organisation
) -> None:
    row = actions.invite(firm, email="new@example.org", role=Role.LEARNER, inviter=officer)
    worker.wait(lambda: Invitation.objects.get(pk=row.pk).sent_at)
    tasks.send_invitation(invitation_id=row.pk)
    (message,) = smtp_sink.to("new@example.org")
    text = message.get_body(("plain",)).get_content()
    assert f"/invitations/{row.token}/" in text
    assert f"/zh-hans/invitations/{row.token}/" in text
    assert firm.name in message["Subject"]
    assert message.get_body(("html",)) is not None


def test_an_address_that_does_not_exist_is_told(
    worker: Worker, smtp_sink: SmtpSink, officer: User, firm: Organisation, client_for
) -> None:
    smtp_sink.refuse("gone@example.org")
    row = actions.invite(firm, email="gone@example.org", role=Role.LEARNER, inviter=officer)
    worker.wait(lambda: Invitation.objects.get(pk=row.pk).trouble)
    assert "No such mailbox" in client_for(officer).get("/organisation/members/").content.decode()


def test_lost_mails_are_swept_up(worker: Worker, smtp_sink: SmtpSink, officer: User, firm: Organisation) -> None:
    row = Invitation.objects.create(
        organisation=firm, email="late@example.org", role="learner", invited_by=officer, expires_at="2099-01-01T00:00Z"
    )
    tasks.send_waiting()
    assert not smtp_sink.to("late@example.org")  # too young to be lost
    Invitation.objects.filter(pk=row.pk).update(created_at="2026-01-01T00:00Z")
    tasks.send_waiting()
    worker.wait(lambda: smtp_sink.to("late@example.org"))


def test_a_new_person_comes_back_through_sign_up(client: Client, officer: User, firm: Organisation) -> None:
    row = actions.invite(firm, email="new@example.org", role=Role.LEARNER, inviter=officer)
    link = f"/invitations/{row.token}/"
    signup = re.search(r'href="(/account/signup/[^"]+)"', client.get(link).content.decode())[1]
    data = {"email": "new@example.org", "name": "New", "password1": "a-long-phrase-1", "password2": "a-long-phrase-1"}
    client.post(signup, {**data, "next": link})
    confirm = re.search(r"http://\S+?(/account/confirm-email/\S+)", mail.outbox[-1].body)[1]
    answer = client.post(confirm, follow=True)
    assert answer.redirect_chain[-1][0] == link
    assert "Join" in answer.content.decode()
    client.post(link)
    assert Membership.objects.get(user__email="new@example.org", ended_at=None).organisation == firm


def test_an_invitation_to_a_deactivated_account_is_not_mailed(officer: User, firm: Organisation, client_for) -> None:
    UserFactory(email="gone@example.org", is_active=False)
    row = actions.invite(firm, email="Gone@example.org", role=Role.LEARNER, inviter=officer)
    tasks.send_invitation(invitation_id=row.pk)
    assert mail.outbox == []
    assert "No mail can be sent to this address." in client_for(officer).get("/organisation/members/").content.decode()

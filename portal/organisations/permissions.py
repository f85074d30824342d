"""Who may do what: one small vocabulary, asked alike by views, templates, the API and the desk.

    can(user, "assessment.review", organisation)

An action is `noun.verb`; a role holds a set of actions; a person has, in an organisation, the actions of
their role there.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.errors import NotAllowed
from portal.organisations.models import ROLES_OF_KIND, Membership, Organisation, Role

READS = {"organisation.read", "member.read", "assessment.read", "training.read", "reading.read", "audit.read"}
LEARNS = {"organisation.read", "course.take"}
MANAGES = {"organisation.manage", "member.invite", "member.remove", "token.manage"}

ALLOWED: dict[str, frozenset[str]] = {
    Role.OWNER: frozenset(
        READS
        | LEARNS
        | MANAGES
        | {
            "assessment.start",
            "assessment.answer",
            "assessment.delegate",
            "assessment.submit",
            "assessment.review",
        }
        | {"notice.read", "text.read", "training.assign", "training.teach", "reading.ask"}
    ),
    Role.OFFICER: frozenset(
        READS
        | LEARNS
        | {"member.invite", "training.assign", "assessment.start", "assessment.answer"}
        | {"assessment.delegate", "assessment.submit", "assessment.review", "reading.ask"}
    ),
    Role.CONTRIBUTOR: frozenset(LEARNS | {"member.read", "assessment.contribute"}),
    Role.LEARNER: frozenset(LEARNS),
    Role.AUDITOR: frozenset(READS | {"notice.read", "text.read"}),
    Role.EDITOR: frozenset(LEARNS | {"member.read", "notice.read", "notice.draft", "text.read", "text.import"}),
    Role.REVIEWER: frozenset(LEARNS | {"member.read", "notice.read", "notice.review", "text.read"}),
    Role.PUBLISHER: frozenset(
        LEARNS
        | {
            "member.read",
            "audit.read",
            "notice.read",
            "notice.draft",
            "notice.review",
            "notice.publish",
            "notice.withdraw",
            "text.read",
            "text.import",
            "text.publish",
        }
    ),
    Role.TRAINER: frozenset(LEARNS | {"member.read", "training.read", "training.teach", "training.assign"}),
}


def can(user: User | AnonymousUser, action: str, organisation: Organisation | None) -> bool:
    """Whether this person may do this in this organisation. Memberships are read once a request."""
    if organisation is None or not isinstance(user, User) or not user.is_active:
        return False
    membership = memberships(user).get(organisation.pk)
    return membership is not None and action in ALLOWED[membership.role]


def must(user: User | AnonymousUser, action: str, organisation: Organisation | None) -> None:
    """NotAllowed with a sentence unless `can`."""
    if not can(user, action, organisation):
        raise NotAllowed(_("Your role does not allow this. Ask an owner of the organisation."))


def memberships(user: User) -> dict[int, Membership]:
    """A person's current memberships by organisation id; one query, kept on the user object for the request."""
    kept: dict[int, Membership] | None = getattr(user, "_memberships", None)
    if kept is None:
        rows = Membership.objects.filter(user=user, ended_at=None, organisation__closed_at=None)
        kept = {row.organisation_id: row for row in rows.select_related("organisation")}
        user._memberships = kept  # type: ignore[attr-defined]
    return kept


def forget(user: User) -> None:
    """Read memberships anew the next time; called by the actions that change them."""
    if hasattr(user, "_memberships"):
        del user._memberships


def organisations_where(user: User | AnonymousUser, action: str) -> list[Organisation]:
    """The organisations in which this person may do this."""
    if not isinstance(user, User):
        return []
    return [row.organisation for row in memberships(user).values() if action in ALLOWED[row.role]]


def grantable(user: User | AnonymousUser, organisation: Organisation) -> list[Role]:
    """The roles that this person may give to others there: only who manages an organisation makes an owner."""
    if not can(user, "member.invite", organisation):
        return []
    managing = can(user, "organisation.manage", organisation)
    return [role for role in ROLES_OF_KIND[organisation.kind] if managing or role != Role.OWNER]


def roles_that_can(action: str) -> Iterable[str]:
    """The roles that hold an action."""
    return [role for role, actions in ALLOWED.items() if action in actions]

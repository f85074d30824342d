"""Everything that can happen to an organisation, its members, its invitations and its tokens."""

from portal.organisations.actions.invitations import accept, invite, resend, revoke, send_invitation
from portal.organisations.actions.members import change_role, leave, leave_all, remove
from portal.organisations.actions.organisations import close, found, rename
from portal.organisations.actions.tokens import make_token, revoke_token

__all__ = [
    "accept",
    "change_role",
    "close",
    "found",
    "invite",
    "leave",
    "leave_all",
    "make_token",
    "remove",
    "rename",
    "resend",
    "revoke",
    "revoke_token",
    "send_invitation",
]

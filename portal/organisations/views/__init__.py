"""The pages of an organisation, one module for each noun."""

from portal.organisations.views.members import (
    change_role,
    invitation,
    invite,
    leave,
    members,
    remove,
    resend,
    revoke,
)
from portal.organisations.views.organisations import close, organisation, settings, start, switch
from portal.organisations.views.records import revoke_token, tokens, trail, trail_csv

__all__ = [
    "change_role",
    "close",
    "invitation",
    "invite",
    "leave",
    "members",
    "organisation",
    "remove",
    "resend",
    "revoke",
    "revoke_token",
    "settings",
    "start",
    "switch",
    "tokens",
    "trail",
    "trail_csv",
]

"""Everything that can happen to changes, subscriptions and mails."""

from portal.updates.actions.following import (
    ask,
    change_frequency,
    confirm,
    end,
    follow,
    forget_unconfirmed,
    read_confirmation,
    sign_up,
    stop_all,
)
from portal.updates.actions.ledger import bounced, resolve, settle, suppress, take_back
from portal.updates.actions.matching import match_events
from portal.updates.actions.recording import hear_published, hear_withdrawn, record_changes
from portal.updates.actions.running import claim, run_at_once, run_what_is_due, sweep
from portal.updates.actions.sending import send_batch

__all__ = [
    "ask",
    "bounced",
    "change_frequency",
    "claim",
    "confirm",
    "end",
    "follow",
    "forget_unconfirmed",
    "hear_published",
    "hear_withdrawn",
    "match_events",
    "read_confirmation",
    "record_changes",
    "resolve",
    "run_at_once",
    "run_what_is_due",
    "send_batch",
    "settle",
    "sign_up",
    "stop_all",
    "suppress",
    "sweep",
    "take_back",
]

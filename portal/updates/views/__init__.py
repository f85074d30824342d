from portal.updates.views.following import (
    check_mail,
    confirm,
    follow,
    manage,
    subscription,
    subscriptions,
    unsubscribe,
)
from portal.updates.views.ledger import delivery, run, runs
from portal.updates.views.reading import changes, feeds

__all__ = [
    "changes",
    "check_mail",
    "confirm",
    "delivery",
    "feeds",
    "follow",
    "manage",
    "run",
    "runs",
    "subscription",
    "subscriptions",
    "unsubscribe",
]

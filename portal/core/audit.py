"""Writing the audit trail."""

from typing import Any

from portal.core.actors import Actor
from portal.core.models import AuditEvent


def record(
    event: str, *, by: Actor, target: str, label: object = "", organisation: str = "", **details: Any
) -> AuditEvent:
    """Add one event, last in the action that it tells of and in the same transaction.

    `event` is `noun.verb-in-past` (`notice.published`); `target` a permanent key; `details` JSON-ready.
    """
    return AuditEvent.objects.create(
        event=event,
        actor_key=by.key,
        actor_label=by.label[:200],
        target_key=target,
        target_label=str(label)[:300],
        organisation_key=organisation,
        details=details,
    )

"""Who asked for what changed: one INSERT … SELECT for each event, whatever the number of subscriptions."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from portal.updates.models import ChangeEvent, Facet

WANTS = """EXISTS (SELECT 1 FROM updates_subscriptionfilter f
    WHERE f.subscription_id = s.id AND f.facet = %s AND f.value IN ({places}))"""
MATCH = """INSERT INTO updates_changematch (event_id, subscription_id)
SELECT %s, s.id FROM updates_subscription s
WHERE s.ended_at IS NULL AND s.confirmed_at IS NOT NULL AND s.created_at <= %s AND {wants}
ON CONFLICT DO NOTHING"""


def match_events(limit: int = 500) -> int:
    """Compare events that nobody has compared with the subscriptions; the number of matches made.

    Each event is a transaction of its own, so that web and worker can write in between. Changes without
    substance stand in lists and feeds, but are not mailed.
    """
    ids = ChangeEvent.objects.filter(matched_at=None).order_by("pk").values_list("pk", flat=True)[:limit]
    return sum(_match(pk) for pk in list(ids))


@transaction.atomic
def _match(pk: int) -> int:
    event = ChangeEvent.objects.select_for_update().get(pk=pk)
    if event.matched_at is not None:
        return 0
    event.matched_at = timezone.now()
    event.save(update_fields=["matched_at"])
    if not event.substantive:
        return 0
    facets = [(Facet.TOPIC, event.topics), (Facet.JURISDICTION, event.jurisdictions), (Facet.KIND, [event.kind])]
    created = ChangeEvent._meta.get_field("created_at").get_db_prep_value(event.created_at, connection)
    parameters: list[Any] = [pk, created]
    wants = []
    for facet, values in facets:
        wanted = ["", *values]
        wants.append(WANTS.format(places=", ".join(["%s"] * len(wanted))))
        parameters += [facet.value, *wanted]
    with connection.cursor() as cursor:
        cursor.execute(MATCH.format(wants=" AND ".join(wants)), parameters)
        return max(int(cursor.rowcount), 0)

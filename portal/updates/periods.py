"""When digests are due. Pure arithmetic; all times are in UTC."""

from datetime import datetime, timedelta

HOUR = 7  # digests leave at 07:00: mid-afternoon in Beijing, early morning in Europe


def last_due(frequency: str, now: datetime) -> datetime:
    """The latest time, not after `now`, at which a digest of this frequency was due.

    Daily at 07:00, weekly on Monday, monthly on the first day. Since a run claims whatever nobody has claimed,
    the latest period makes up for all that were missed before it.
    """
    due = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if due > now:
        due -= timedelta(days=1)
    if frequency == "weekly":
        return due - timedelta(days=due.weekday())
    if frequency == "monthly":
        return due.replace(day=1)
    return due

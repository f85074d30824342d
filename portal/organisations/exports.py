"""The audit trail as a table for spreadsheets."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from portal.core.models import AuditEvent

HEAD = ["at", "event", "actor_key", "actor", "target_key", "target", "details"]


def trail_rows(events: Iterable[AuditEvent]) -> Iterator[str]:
    """Lines of CSV, the head first. Begins with a byte-order mark, without which Excel garbles Chinese."""
    yield "\ufeff" + _line(HEAD)
    for event in events:
        details = json.dumps(event.details, ensure_ascii=False) if event.details else ""
        who, what = [event.actor_key, event.actor_label], [event.target_key, event.target_label]
        yield _line([event.at.isoformat(timespec="seconds"), event.event, *who, *what, details])


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([_tame(cell) for cell in cells])
    return out.getvalue()


def _tame(cell: str) -> str:
    """A spreadsheet must not take words of a person for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell

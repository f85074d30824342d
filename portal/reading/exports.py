"""What people take away: bookmarks, notes, and who has read what."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from portal.core.texts import as_dict, pick, printable
from portal.organisations.models import Role
from portal.reading.models import Note, ReadingRequest
from portal.reading.presenting import version_words
from portal.reading.queries import Line, Saved
from portal.references.models import Address

FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOOKMARKS = ["key", "kind", "title", "page", "saved_at", "version", "changed", "withdrawn_on"]


def table(rows: Iterable[Iterable[object]]) -> str:
    """CSV with a byte-order mark, without which Excel garbles Chinese; no cell is taken for a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    for row in rows:
        cells = ["" if cell is None else str(cell) for cell in row]
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return out.getvalue()


def page_of(key: str) -> str:
    """The permanent address, which outlives any other."""
    return f"{settings.SITE_URL}/r/{key}"


def bookmark_rows(rows: Iterable[Saved]) -> list[dict[str, Any]]:
    """One row for each bookmark."""
    return [
        {
            "key": row.bookmark.key,
            "kind": row.kind,
            "title": row.title,
            "page": page_of(row.bookmark.key),
            "saved_at": row.bookmark.saved_at.isoformat(timespec="seconds"),
            "version": row.bookmark.version,
            "changed": row.changed,
            "withdrawn_on": row.address.withdrawn_on.isoformat() if row.address and row.address.withdrawn_on else None,
        }
        for row in rows
    ]


def bookmarks_csv(rows: Iterable[Saved]) -> str:
    found = bookmark_rows(rows)
    return table([BOOKMARKS, *([row[name] for name in BOOKMARKS] for row in found)])


def as_json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def note_rows(notes: Iterable[Note], book: dict[str, Address]) -> list[dict[str, Any]]:
    """One row for each note."""
    return [
        {
            "key": note.key,
            "fragment": note.fragment,
            "title": as_dict(book[note.key].title) if note.key in book else {},
            "page": page_of(note.key) + (f"#{note.fragment}" if note.fragment else ""),
            "body": note.body,
            "created_at": note.created_at.isoformat(timespec="seconds"),
            "updated_at": note.updated_at.isoformat(timespec="seconds"),
        }
        for note in notes
    ]


def notes_markdown(notes: Iterable[Note], book: dict[str, Address]) -> str:
    """All notes as one Markdown text, a heading for each thing."""
    parts = [f"# {_('My notes')}"]
    last = ""
    for note in notes:
        if note.key != last:
            title = pick(book[note.key].title)[0] if note.key in book else note.key
            parts.append(f"## {title}\n\n<{page_of(note.key)}>")
            last = note.key
        place = f" · #{note.fragment}" if note.fragment else ""
        parts.append(f"*{timezone.localtime(note.updated_at):%Y-%m-%d %H:%M}{place}*\n\n{note.body}")
    return "\n\n".join(parts) + "\n"


def states() -> dict[str, str]:
    """Where a person stands in a request, in words."""
    return {
        "acknowledged": _("acknowledged"),
        "open": _("not yet"),
        "late": _("late"),
        "left": _("left the organisation"),
        "again": _("asked again since"),
        "withdrawn": _("request withdrawn"),
    }


def people_rows(request: ReadingRequest, lines: Iterable[Line], roles: dict[int, str]) -> list[list[object]]:
    """Who was asked and who has acknowledged what, the heads first."""
    heads = [_("Cycle"), _("Person"), _("Role"), _("Asked on"), _("Due"), _("State"), _("Acknowledged at")]
    rows: list[list[object]] = [[*heads, _("Version"), _("Language"), _("Digest of the words shown")]]
    words = states()
    for line in lines:
        row, done = line.asked, line.acknowledgement
        role = roles.get(row.person_id)
        cells: list[object] = [
            row.cycle.number,
            row.person_name,
            Role(role).label if role else "",
            timezone.localtime(row.asked_at).date().isoformat(),
            row.due_on.isoformat(),
            words[line.state],
        ]
        if done:
            version = version_words(request.kind, done.version)
            cells += [timezone.localtime(done.at).isoformat(timespec="seconds"), version, done.language, done.digest]
        rows.append(cells)
    return rows


def workbook(title: str, rows: list[list[object]]) -> bytes:
    """The rows as XLSX. Words are always text, never formulas."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - narrows the type
    sheet.title = "".join(" " if letter in "[]:*?/\\" else letter for letter in printable(title))[:31] or "1"
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            _put(sheet.cell(number, column), value)
    for column, width in enumerate([8, 28, 20, 12, 12, 22, 28, 26, 10, 40], 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _put(cell: Any, value: object) -> None:
    assert isinstance(cell, Cell)  # noqa: S101 - narrows the type
    cell.value = printable(str(value)) if not isinstance(value, int) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)

"""Pages of reading: a person's own, and an organisation's."""

from portal.reading.views.bookmarks import (
    bookmarks,
    bookmarks_csv,
    bookmarks_json,
    put_back_bookmark,
    remove,
    save,
    seen,
)
from portal.reading.views.notes import delete, note, notes, notes_json, notes_markdown, put_back_note, write
from portal.reading.views.reading import acknowledge, reading
from portal.reading.views.requests import ask, people_csv, people_xlsx, reading_request, requests, withdraw

__all__ = [
    "acknowledge",
    "ask",
    "bookmarks",
    "bookmarks_csv",
    "bookmarks_json",
    "delete",
    "note",
    "notes",
    "notes_json",
    "notes_markdown",
    "people_csv",
    "people_xlsx",
    "put_back_bookmark",
    "put_back_note",
    "reading",
    "reading_request",
    "remove",
    "requests",
    "save",
    "seen",
    "withdraw",
    "write",
]

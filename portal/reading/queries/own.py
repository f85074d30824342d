"""Reads of one person's own things. Nothing here reads another's."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.errors import NotFound
from portal.core.texts import contains, pick
from portal.reading.models import Bookmark, Note
from portal.reading.queries.standing import standings
from portal.references.models import Address
from portal.references.queries import addresses

KEPT_FOR = dt.timedelta(days=7)
"""How long removing can be undone."""


@dataclass(slots=True)
class Saved:
    """A bookmark with what stands at its key; `address` is None where nothing stands any more."""

    bookmark: Bookmark
    address: Address | None
    changed: bool = False
    version: str = ""  # the one that stands now

    @property
    def title(self) -> str:
        return pick(self.address.title)[0] if self.address else self.bookmark.key

    @property
    def kind(self) -> str:
        return self.address.kind if self.address else ""


def bookmarks(user: User) -> QuerySet[Bookmark]:
    """A person's bookmarks, newest first."""
    return Bookmark.objects.filter(user=user, removed_at=None)


def bookmark(user: User, key: str) -> Bookmark | None:
    """Whether this person has bookmarked a key."""
    return bookmarks(user).filter(key=key).first()


def saved(user: User) -> list[Saved]:
    """All bookmarks of a person with what stands there, newest first. Two queries."""
    rows = list(bookmarks(user))
    book = addresses(row.key for row in rows)
    return [Saved(row, book.get(row.key)) for row in rows]


def ordered(rows: list[Saved], *, kind: str = "", order: str = "") -> list[Saved]:
    """Those of a kind, newest first, or by title in the reader's language."""
    chosen = [row for row in rows if not kind or row.kind == kind]
    return sorted(chosen, key=lambda row: row.title.casefold()) if order == "title" else chosen


def kinds(rows: list[Saved]) -> list[tuple[str, int]]:
    """(kind, how many), most first."""
    return Counter(row.kind for row in rows if row.kind).most_common()


def compared(rows: list[Saved]) -> list[Saved]:
    """The same rows with `changed` filled in. At most two queries for each kind of thing among them."""
    now = standings(row.address for row in rows if row.address)
    for row in rows:
        stands = now.get(row.address.key) if row.address else None
        row.version = stands.version if stands else ""
        row.changed = stands is not None and stands.differs_from(row.bookmark.version, row.bookmark.marks)
    return rows


def notes(user: User) -> QuerySet[Note]:
    """A person's notes, those changed last first."""
    return Note.objects.filter(user=user, removed_at=None)


def notes_at(user: User, key: str) -> QuerySet[Note]:
    """A person's notes on one thing, in the order of writing."""
    return notes(user).filter(key=key).order_by("created_at", "pk")


def notes_with(user: User, words: str) -> QuerySet[Note]:
    """Those of a person's notes in which these words stand, or that are on something with them in its title."""
    rows = notes(user)
    if not words:
        return rows
    titled = Address.objects.filter(contains("title", words), key__in=rows.order_by().values("key"))
    return rows.filter(body__icontains=words) | rows.filter(key__in=titled.values("key"))


def note(user: User, pk: int, *, removed: bool = False) -> Note:
    """One of a person's notes. NotFound for another's, and for removed ones unless asked for."""
    rows = Note.objects.filter(user=user) if removed else notes(user)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such note."))
    return found


def removed_lately(user: User, pk: str, model: type[Bookmark] | type[Note]) -> Bookmark | Note | None:
    """What was just removed and can be put back, by the number in an address."""
    if not (pk.isascii() and pk.isdigit()):
        return None
    rows = model._default_manager.filter(user=user, removed_at__gte=timezone.now() - KEPT_FOR)
    return rows.filter(pk=int(pk[:18])).first()

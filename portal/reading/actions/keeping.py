"""Bookmarks and private notes. They are nobody else's business, so the audit trail does not tell of them."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.errors import Conflict, NotFound, PortalError
from portal.reading import queries
from portal.reading.models import Bookmark, Note
from portal.references.queries import address

MOST_BOOKMARKS = 2000
MOST_NOTES = 5000
LONGEST_NOTE = 20_000
FRAGMENT = re.compile(r"[\w.:-]{1,120}")


@transaction.atomic
def save_bookmark(user: User, *, key: str) -> Bookmark:
    """Bookmark what stands at a key, with how it stands. Saving it again changes nothing.

    A bookmark that was just removed comes back as it was.
    """
    there = address(key)
    User.objects.select_for_update().get(pk=user.pk)
    found = Bookmark.objects.filter(user=user, key=there.key).first()
    if found is not None and found.removed_at is None:
        return found
    if queries.bookmarks(user).count() >= MOST_BOOKMARKS:
        raise Conflict(
            _("You have %(most)d bookmarks, which is the most there can be. Remove some first.")
            % {"most": MOST_BOOKMARKS}
        )
    if found is not None:
        return _back(found)
    stands = queries.standing(there)
    return Bookmark.objects.create(user=user, key=there.key, version=stands.version, marks=dict(stands.marks))


def _back(row: Bookmark) -> Bookmark:
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    return row


@transaction.atomic
def refresh_bookmark(user: User, *, key: str) -> Bookmark:
    """Take how the thing stands now as seen, so that only the next change is told."""
    row = queries.bookmarks(user).select_for_update().filter(key=key).first()
    if row is None:
        raise NotFound(_("There is no such bookmark."))
    stands = queries.standing(address(row.key))
    row.version, row.marks, row.saved_at = stands.version, dict(stands.marks), timezone.now()
    row.save(update_fields=["version", "marks", "saved_at"])
    return row


@transaction.atomic
def remove_bookmark(user: User, *, key: str) -> Bookmark | None:
    """Remove a bookmark; for some days it can be put back. None when there was none."""
    found = queries.bookmarks(user).select_for_update().filter(key=key).first()
    if found is not None:
        found.removed_at = timezone.now()
        found.save(update_fields=["removed_at"])
    return found


@transaction.atomic
def put_back(row: Bookmark | Note) -> None:
    """Undo a removal."""
    row.removed_at = None
    row.save(update_fields=["removed_at"])


@transaction.atomic
def write_note(
    user: User, *, key: str, body: str, fragment: str = "", note: Note | None = None, revision: int = 0
) -> Note:
    """A new note, or new words for one whose `revision` the writer saw.

    Conflict (`note-changed`) when it was saved elsewhere in between; nothing is written then.
    """
    body, fragment = body.strip(), fragment.strip().removeprefix("#")
    if not body:
        raise PortalError(_("Write something, or delete the note."))
    if len(body) > LONGEST_NOTE:
        raise PortalError(_("A note holds %(most)d characters at most.") % {"most": LONGEST_NOTE})
    if fragment and FRAGMENT.fullmatch(fragment) is None:
        raise PortalError(_("Write the place as the link beside a paragraph shows it, such as p-3."))
    if note is None:
        return _new_note(user, key, body, fragment)
    row = Note.objects.select_for_update().filter(pk=note.pk, user=user, removed_at=None).first()
    if row is None:
        raise NotFound(_("There is no such note."))
    if (row.body, row.fragment) == (body, fragment):
        return row
    if row.revision != revision:
        raise Conflict(_("This note was saved elsewhere in the meantime."), code="note-changed")
    row.body, row.fragment, row.revision, row.updated_at = body, fragment, revision + 1, timezone.now()
    row.save(update_fields=["body", "fragment", "revision", "updated_at"])
    return row


def _new_note(user: User, key: str, body: str, fragment: str) -> Note:
    there = address(key)
    User.objects.select_for_update().get(pk=user.pk)
    same = queries.notes_at(user, there.key).filter(body=body, fragment=fragment).first()
    if same is not None:
        return same
    if queries.notes(user).count() >= MOST_NOTES:
        raise Conflict(
            _("You have %(most)d notes, which is the most there can be. Delete some first.") % {"most": MOST_NOTES}
        )
    return Note.objects.create(user=user, key=there.key, body=body, fragment=fragment)


@transaction.atomic
def delete_note(note: Note) -> None:
    """Delete a note; for some days it can be put back."""
    if note.removed_at is None:
        note.removed_at = timezone.now()
        note.save(update_fields=["removed_at"])


def sweep_removed() -> int:
    """Delete for good what was removed some days ago; how many rows."""
    before = timezone.now() - queries.KEPT_FOR
    bookmarks, _by_model = Bookmark.objects.filter(removed_at__lt=before).delete()
    notes, _by_model = Note.objects.filter(removed_at__lt=before).delete()
    return bookmarks + notes


@transaction.atomic
def forget(user: User) -> None:
    """Delete everything that a person kept for themselves. What they acknowledged is their organisation's record."""
    Bookmark.objects.filter(user=user).delete()
    Note.objects.filter(user=user).delete()

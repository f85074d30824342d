"""Searches that a person keeps. What is looked for is theirs alone: the audit trail has no words of it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core import audit
from portal.core.errors import Conflict, PortalError
from portal.search.models import Frequency, SavedSearch
from portal.search.requests import Query

MOST_SAVED = 200
RESTORED_WITHIN = dt.timedelta(days=1)


@transaction.atomic
def save(query: Query, *, name: str, by: User) -> SavedSearch:
    """Keep a search under a name. The same question once more gets the new name, and stays one."""
    if not query:
        raise PortalError(_("There is nothing to save: type words or choose a filter first."))
    purge(by)
    same = SavedSearch.objects.filter(user=by, digest=SavedSearch.digest_of(query), removed_at=None).first()
    if same is not None:
        same.name = name
        same.save(update_fields=["name"])
        return same
    _must_have_room(by)
    saved = SavedSearch.of(query, user=by, name=name)
    saved.save()
    audit.record("search.saved", by=by.actor, target=f"saved-search/{saved.pk}")
    return saved


def _must_have_room(person: User) -> None:
    person = User.objects.select_for_update().get(pk=person.pk)
    if SavedSearch.objects.filter(user=person, removed_at=None).count() >= MOST_SAVED:
        raise Conflict(
            _("You keep %(most)d searches, which is as many as there may be. Remove one first.") % {"most": MOST_SAVED}
        )


@transaction.atomic
def change(saved: SavedSearch, *, name: str, frequency: str, by: User) -> None:
    """Another name, another frequency."""
    saved.name, saved.frequency = name, Frequency(frequency)
    saved.save(update_fields=["name", "frequency"])
    audit.record("search.changed", by=by.actor, target=f"saved-search/{saved.pk}")


def look_at(saved: SavedSearch) -> None:
    """Its results are opened: what comes later is new."""
    SavedSearch.objects.filter(pk=saved.pk).update(looked_at=timezone.now())


@transaction.atomic
def remove(saved: SavedSearch, *, by: User) -> None:
    """Off the list; for a day it can be brought back."""
    if saved.removed_at is None:
        SavedSearch.objects.filter(pk=saved.pk).update(removed_at=timezone.now())
        audit.record("search.removed", by=by.actor, target=f"saved-search/{saved.pk}")


@transaction.atomic
def restore(saved: SavedSearch, *, by: User) -> None:
    """On the list again; nothing where the same search was saved anew meanwhile."""
    _must_have_room(by)
    if SavedSearch.objects.filter(user=by, digest=saved.digest, removed_at=None).exists():
        raise Conflict(_("This search is on your list already."))
    SavedSearch.objects.filter(pk=saved.pk).update(removed_at=None)
    audit.record("search.restored", by=by.actor, target=f"saved-search/{saved.pk}")


def purge(person: User | None = None) -> None:
    """Forget for good what was removed more than a day ago."""
    rows = SavedSearch.objects.filter(removed_at__lt=timezone.now() - RESTORED_WITHIN)
    (rows if person is None else rows.filter(user=person)).delete()


def forget(person: User) -> None:
    """The account is closed: nothing of what was looked for stays."""
    SavedSearch.objects.filter(user=person).delete()

"""What stands beside a text for somebody who is signed in, and standings in words."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.dates import today
from portal.organisations.models import Organisation
from portal.organisations.permissions import can
from portal.reading import queries
from portal.reading.models import Asked, Bookmark, Note
from portal.references import rendering
from portal.references.models import Address
from portal.references.queries import addresses

MOVED = ("on", "shown")
"""Parameters that put a page on another day than today."""


@dataclass(slots=True)
class Bar:
    """That the reader is asked to read this page, and how far that is."""

    asked: Asked
    state: str
    digest: str = ""
    language: str = ""
    elsewhere: str = ""  # where the words are that should be read, when this page shows others

    @property
    def organisation(self) -> Organisation:
        return self.asked.cycle.request.organisation

    @property
    def version(self) -> str:
        """What was acknowledged, in words."""
        return version_words(self.asked.cycle.request.kind, self.asked.acknowledgement.version)


@dataclass(slots=True)
class Beside:
    """A reader's own things at a key."""

    key: str
    back: str
    bookmark: Bookmark | None
    notes: list[tuple[Note, SafeString]]
    bar: Bar | None = None
    may_ask: bool = False
    removed: Note | None = None
    trouble: str = ""
    typed: dict[str, str] = field(default_factory=dict)


def beside(request: HttpRequest, key: str, version: str = "", *, back: str = "", bar: bool = True) -> Beside | None:
    """For a person who is signed in; None for visitors. Three queries; more only where something is asked or cited."""
    user: Any = request.user
    if not user.is_authenticated:
        return None
    organisation: Organisation | None = getattr(request, "organisation", None)
    return Beside(
        key=key,
        back=back or request.get_full_path(),
        bookmark=queries.bookmark(user, key),
        notes=rendered(list(queries.notes_at(user, key))),
        bar=_bar(request, user, key, version) if bar else None,
        may_ask=can(user, "reading.ask", organisation),
    )


def rendered(notes: list[Note]) -> list[tuple[Note, SafeString]]:
    """Notes with their Markdown as HTML; one query for what they cite, if they do."""
    return list(zip(notes, rendering.render_many([note.body for note in notes]), strict=True)) if notes else []


def _bar(request: HttpRequest, user: User, key: str, version: str) -> Bar | None:
    row = queries.asked_here(user, key)
    if row is None:
        return None
    bar = Bar(row, queries.line(row, on=today()).state)
    there = addresses([key]).get(key) if bar.state in {"open", "late"} else None
    if there is not None:
        stands = queries.standing(there)
        bar.language, bar.digest = stands.shown(get_language() or "en")
        if _moved(request) or (version and version != stands.version):
            bar.elsewhere = there.get_absolute_url()
    return bar


def _moved(request: HttpRequest) -> bool:
    return any(request.GET.get(name, "") not in {"", today().isoformat()} for name in MOVED)


def version_words(kind: str, version: str) -> str:
    """`edition 2`, `the text of 1 December 2024`; "" for things without versions."""
    if not version:
        return ""
    if kind == "guideline":
        return _("edition %(number)s") % {"number": version}
    try:
        day = formats.date_format(dt.date.fromisoformat(version), "DATE_FORMAT")
    except ValueError:
        return _("version %(number)s") % {"number": version}
    return _("the text of %(day)s") % {"day": day}


def comparison(address: Address, was: str, saved: dt.date, now: str) -> str:
    """Where the words of then and of now are compared; "" where nothing compares them."""
    days = f"?from={saved.isoformat()}&to={today().isoformat()}"
    try:
        match address.kind:
            case "instrument":
                return reverse("guidance:comparison", kwargs=address.arguments) + days
            case "provision":
                return reverse("guidance:provision_comparison", kwargs=address.arguments) + days
            case "guideline" if was and was != now:
                return reverse("guidance:guideline_comparison", kwargs=address.arguments) + f"?from={was}&to={now}"
    except NoReverseMatch:
        pass
    return ""

"""Where a notice stands, in words for readers."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.notices.models import Notice, State


@dataclass(frozen=True, slots=True)
class Standing:
    """A word, the kind of state that templates colour it by, and a day where the word needs one."""

    word: str
    kind: str


def standings(row: Notice, on: date) -> list[Standing]:
    """What a reader should know first: withdrawn, in effect or not yet, open for comment or closed."""
    if row.state == State.WITHDRAWN:
        return [Standing(_("Withdrawn"), "over")]
    found = []
    if row.effective_on:
        if row.effective_on > on:
            words = _("Takes effect on %(day)s") % {"day": date_format(row.effective_on)}
            found.append(Standing(words, "pending"))
        else:
            found.append(Standing(_("In effect"), "good"))
    if row.comment_until:
        if row.open_for_comment(on):
            words = _("Open for comment until %(day)s") % {"day": date_format(row.comment_until)}
            found.append(Standing(words, "attention"))
        else:
            found.append(Standing(_("Comments closed"), "over"))
    return found or [Standing(_("Published"), "neutral")]

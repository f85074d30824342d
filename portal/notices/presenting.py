"""Where a notice stands, in words for readers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.controls.models import Jurisdiction
from portal.core import texts
from portal.core.dates import today
from portal.notices import queries
from portal.notices.models import Notice, State
from portal.references import rendering
from portal.references.models import Address
from portal.references.queries import addresses, labels
from portal.references.standing import Standing as CardStanding


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


def card_standing(address: Address, on: date) -> CardStanding | None:
    """Where a notice stands, for the card of a citation."""
    row = queries.published().filter(slug=address.key.partition("/")[2]).first()
    if row is None:
        return None
    first = standings(row, on)[0]
    return CardStanding(first.word, first.kind)


def page_of(row: Notice) -> dict[str, Any]:
    """What the page of a notice shows; the desk shows the same before publishing. Few queries, whatever its length."""
    changes, corrections = list(row.changes.all()), list(row.corrections.all())
    shown = [row.body, row.withdrawn_because, *(c.words for c in changes), *(c.words for c in corrections)]
    html = rendering.render_many([texts.pick(text)[0] for text in shown], anchors=["p"])
    end = 2 + len(changes)
    book = addresses([row.authority_key, row.supersedes, *(change.target_key for change in changes)])
    return {
        "notice": row,
        "authority": book.get(row.authority_key),
        "standings": standings(row, today()),
        "open_for_comment": row.open_for_comment(today()),
        "body": html[0],
        "body_language": texts.pick(row.body)[1],
        "because": html[1],
        "changes": [
            {"change": change, "address": book.get(change.target_key), "html": words}
            for change, words in zip(changes, html[2:end], strict=True)
        ],
        "corrections": list(zip(corrections, html[end:], strict=True)),
        "supersedes": book.get(row.supersedes),
        "superseded_by": queries.superseded_by(row) if row.published else None,
        "jurisdictions": Jurisdiction.objects.filter(code__in=row.jurisdictions),
        "topics": [(value, words) for value, words in labels("topics")["topics"].items() if value in row.topics],
    }

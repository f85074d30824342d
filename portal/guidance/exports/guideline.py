"""An edition of a guideline as PDF, in the reader's language."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core import pdf, texts
from portal.core.dates import today
from portal.guidance import presenting, queries
from portal.guidance.exports.prose import Prose, date, facts, labels, sources
from portal.guidance.models import GuidelineEdition
from portal.references import citation
from portal.references.queries import address


def guideline_pdf(found: queries.Editions, edition: GuidelineEdition) -> bytes:
    """Title, state in words, contents, the words of the edition with foot notes, sources."""
    return pdf.kept("guideline.typ", _data(found, edition), get_language() or "en")


def _data(found: queries.Editions, edition: GuidelineEdition) -> dict[str, Any]:
    text, on = queries.text_of(edition), today()
    state = found.state(edition, on)
    cited_on = on if state == queries.EditionState.CURRENT else edition.effective_on
    own = citation.permanent(address(found.guideline.key), cited_on)
    number = _("Edition %(number)s, effective %(date)s") % {
        "number": edition.number,
        "date": date(edition.effective_on),
    }
    return {
        "title": text.title,
        "language": text.language,
        "eyebrow": f"{_('Guideline')} · {number}",
        "summary": text.summary,
        "footer": f"{text.title} · {number}",
        "facts": facts(
            [
                (_("State"), presenting.edition_word(state)),
                (_("Published"), date(edition.published_at.date())),
                (_("Effective"), date(edition.effective_on)),
                (_("Good as of"), date(edition.as_of)),
                (_("What changed and why"), text.changes),
                (_("Permanent address"), own),
            ]
        ),
        "warnings": _warnings(found, edition),
        "to_check": [texts.pick(sentence)[0] for sentence in text.to_check],
        "body": Prose([text.body], cited_on).set(text.body),
        "sources": sources(edition.sources),
        "labels": labels() | {"made": labels()["made"] % {"day": date(on), "address": own}},
    }


def _warnings(found: queries.Editions, edition: GuidelineEdition) -> list[str]:
    """What a reader of the paper has to know before anything else."""
    on, current = today(), found.in_effect(today())
    words = []
    if found.withdrawn_on:
        when = {"date": date(found.withdrawn_on)}
        gone = found.withdrawn_on <= on
        words.append(
            _("This guideline was withdrawn on %(date)s.") % when
            if gone
            else _("This guideline will be withdrawn on %(date)s.") % when
        )
        words.append(texts.pick(found.withdrawn_because)[0])
    if edition.effective_on > on:
        words.append(_("This edition takes effect on %(date)s.") % {"date": date(edition.effective_on)})
    elif current != edition:
        numbers = {"number": edition.number, "current": current.number}
        words.append(_("You are reading edition %(number)s. Edition %(current)s is the one in effect.") % numbers)
    return [sentence for sentence in words if sentence]

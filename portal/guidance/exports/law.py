"""An instrument, or one of its provisions, on a date, as PDF in the reader's language."""

import datetime as dt
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core import pdf, texts
from portal.core.dates import today
from portal.guidance import presenting, queries
from portal.guidance.exports.prose import Prose, date, facts, labels, sources
from portal.guidance.models import Instrument, Provision
from portal.references import citation
from portal.references.queries import address


def law_pdf(instrument: Instrument, on: dt.date) -> bytes:
    """The whole instrument: state in words, contents, each provision with the text that is good on the date."""
    title = texts.pick(instrument.title)[0]
    lines = queries.lines(instrument.provisions.filter(withdrawn_on=None), on)
    return pdf.kept("law.typ", _data(instrument, instrument.key, title, lines, on), get_language() or "en")


def provision_pdf(provision: Provision, on: dt.date) -> bytes:
    """One provision with what stands below it."""
    lines = queries.lines([provision, *provision.children.filter(withdrawn_on=None)], on)
    title = texts.pick(address(provision.key).title)[0]
    return pdf.kept("law.typ", _data(provision.instrument, provision.key, title, lines, on), get_language() or "en")


def _data(instrument: Instrument, key: str, title: str, lines: list[queries.Line], on: dt.date) -> dict[str, Any]:
    whole = key == instrument.key
    summary = texts.pick(instrument.summary)[0] if whole else ""
    prose = Prose([summary, *(line.text.body for line in lines if line.text)], on)
    own = citation.permanent(address(key), on)
    top = min((line.provision.depth for line in lines), default=0)
    return {
        "title": title,
        "eyebrow": _("As on %(on)s.") % {"on": date(on)},
        "summary": prose.set(summary),
        "footer": f"{title} · {date(on)}",
        "facts": facts(
            [
                (_("State"), presenting.state_sentence(instrument, on)),
                (_("Instrument"), "" if whole else texts.pick(instrument.title)[0]),
                (_("Citation"), instrument.citation),
                (_("Good as of"), date(instrument.as_of)),
                (_("Permanent address"), own),
            ]
        ),
        "warnings": [],
        "to_check": [texts.pick(sentence)[0] for sentence in instrument.to_check],
        "provisions": [_provision(line, prose, top, named=whole or line is not lines[0]) for line in lines],
        "sources": sources(instrument.sources),
        "labels": labels() | {"made": labels()["made"] % {"day": date(today()), "address": own}},
    }


def _provision(line: queries.Line, prose: Prose, top: int, *, named: bool) -> dict[str, Any]:
    row = line.provision
    return {
        "level": 2 + row.depth - top,
        "number": texts.pick(row.number)[0] if named else "",
        "heading": texts.pick(row.heading)[0] if named else "",
        "text": prose.set(line.text.body) if line.text else [],
        "language": line.text.language if line.text else "",
        "to_check": bool(line.text and line.text.to_check),
    }

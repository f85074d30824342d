"""An instrument, or one of its provisions, on a date, as PDF in the reader's language."""

import datetime as dt
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core import pdf, texts
from portal.core.dates import today
from portal.guidance import presenting, queries
from portal.guidance.exports.prose import Prose, date, facts, labels, sources
from portal.guidance.models import Instrument, Provision, TextKind
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
    shown = [cell.text.body for line in lines for passage in line.passages for cell in passage.cells if cell.text]
    prose = Prose([summary, *shown], on)
    kinds = {passage.kind for line in lines for passage in line.passages}
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
        "provisions": [
            _provision(line, prose, top, named=whole or line is not lines[0], say=len(kinds) > 1) for line in lines
        ],
        "sources": sources(instrument.sources),
        "labels": labels() | {"made": labels()["made"] % {"day": date(today()), "address": own}},
    }


def _provision(line: queries.Line, prose: Prose, top: int, *, named: bool, say: bool) -> dict[str, Any]:
    """`say` names the kind of each text, where there are summaries and official texts."""
    row = line.provision
    return {
        "level": 2 + row.depth - top,
        "number": texts.pick(row.number)[0] if named else "",
        "heading": texts.pick(row.heading)[0] if named else "",
        "passages": [
            {
                "kind": _kind(passage.kind) if say or passage.kind == TextKind.OFFICIAL else "",
                "text": prose.set(cell.text.body),
                "language": cell.language,
                "to_check": cell.text.to_check,
            }
            for passage in line.passages
            for cell in passage.cells
            if cell.text
        ],
    }


def _kind(kind: str) -> str:
    return _("Official text") if kind == TextKind.OFFICIAL else _("Our summary")

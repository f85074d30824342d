"""Jurisdictions, authorities, regimes, lists and their entries."""

from collections.abc import Iterator

from portal.controls import queries as controls
from portal.controls.models import ControlEntry, Jurisdiction, RegimeSection
from portal.core import texts
from portal.search.sources.pieces import Keys, Piece, colon, record


def jurisdictions(keys: Keys) -> Iterator[Piece]:
    for row in Jurisdiction.objects.filter(withdrawn_on=None):
        yield from record(row.key, "jurisdiction", row.name, jurisdictions=(row.code,), weight=1.2)


def authorities(keys: Keys) -> Iterator[Piece]:
    for row in controls.authorities():
        yield from record(
            row.key, "authority", row.name, row.short, jurisdictions=(row.jurisdiction.code,), authority=row.slug
        )


def regimes(keys: Keys) -> Iterator[Piece]:
    """A regime, and each section of its page."""
    for row in controls.regimes():
        abbreviation = dict.fromkeys(texts.LANGUAGE_CODES, row.abbreviation)
        yield from record(row.key, "regime", row.name, abbreviation, row.summary, regime=row.slug, weight=1.4)
    sections = RegimeSection.objects.filter(regime__withdrawn_on=None).select_related("regime")
    for section in sections:
        regime = section.regime
        name = {code: regime.abbreviation or texts.pick(regime.name, code)[0] for code in texts.LANGUAGE_CODES}
        title = {code: f"{name[code]}{colon(code)}{words}" for code, words in texts.as_dict(section.heading).items()}
        facts = {"part": section.slug, "fragment": section.slug, "regime": regime.slug, "weight": 1.1}
        yield from record(regime.key, "regime", title, section.body, **facts)


def lists(keys: Keys) -> Iterator[Piece]:
    for row in controls.lists().select_related("authority"):
        yield from record(
            row.key,
            "list",
            row.name,
            row.summary,
            jurisdictions=(row.jurisdiction.code,) if row.jurisdiction else (),
            authority=row.authority.slug if row.authority else "",
            regime=row.regime.slug if row.regime else "",
            weight=1.2,
        )


def entries(keys: Keys) -> Iterator[Piece]:
    """The entries of control lists, each with the titles of those above it."""
    rows = ControlEntry.objects.filter(withdrawn_on=None, control_list__withdrawn_on=None)
    rows = rows.select_related("control_list__jurisdiction", "control_list__authority", "control_list__regime")
    book = {row.pk: row for row in rows}
    for row in book.values():
        home = row.control_list
        title = {code: f"{row.code} {words}" for code, words in texts.as_dict(row.title).items()}
        yield from record(
            row.key,
            "entry",
            title,
            row.note,
            home.name,
            jurisdictions=(home.jurisdiction.code,) if home.jurisdiction else (),
            authority=home.authority.slug if home.authority else "",
            regime=home.regime.slug if home.regime else "",
        )

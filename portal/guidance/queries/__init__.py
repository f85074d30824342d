"""Reads of laws, guidelines, terms and events; every read about law takes the date."""

from portal.guidance.queries.comparisons import Comparison, Name, Row, Side, comparison, sensible_dates
from portal.guidance.queries.guidelines import current_editions, edition, guidelines, text_of
from portal.guidance.queries.laws import (
    Place,
    dates_of,
    in_state,
    instruments,
    neighbours,
    place,
    provision,
)
from portal.guidance.queries.records import Entry, Law, NotShown, entries, instrument, law, provision_of, since
from portal.guidance.queries.texts import (
    Absence,
    Cell,
    Line,
    Passage,
    Texts,
    end_of,
    good_on,
    kinds_of,
    lines,
    shown_on,
    texts_on,
)
from portal.guidance.queries.words import events, terms

__all__ = [
    "Absence",
    "Cell",
    "Comparison",
    "Entry",
    "Law",
    "Line",
    "Name",
    "NotShown",
    "Passage",
    "Place",
    "Row",
    "Side",
    "Texts",
    "comparison",
    "current_editions",
    "dates_of",
    "edition",
    "end_of",
    "entries",
    "events",
    "good_on",
    "guidelines",
    "in_state",
    "instrument",
    "instruments",
    "kinds_of",
    "law",
    "lines",
    "neighbours",
    "place",
    "provision",
    "provision_of",
    "sensible_dates",
    "shown_on",
    "since",
    "terms",
    "text_of",
    "texts_on",
]

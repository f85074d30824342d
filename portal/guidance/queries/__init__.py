"""Reads of laws, guidelines, terms and events; every read about law takes the date."""

from portal.guidance.queries.guidelines import (
    Editions,
    EditionState,
    current_editions,
    edition,
    editions,
    guidelines,
    text_of,
)
from portal.guidance.queries.laws import (
    Line,
    dates_of,
    in_state,
    instruments,
    lines,
    neighbours,
    provision,
    texts_on,
)
from portal.guidance.queries.words import compilation, events, red_flags, terms

__all__ = [
    "EditionState",
    "Editions",
    "Line",
    "compilation",
    "current_editions",
    "dates_of",
    "edition",
    "editions",
    "events",
    "guidelines",
    "in_state",
    "instruments",
    "lines",
    "neighbours",
    "provision",
    "red_flags",
    "terms",
    "text_of",
    "texts_on",
]

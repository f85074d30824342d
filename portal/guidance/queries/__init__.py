"""Reads of laws, guidelines, terms and events; every read about law takes the date."""

from portal.guidance.queries.guidelines import current_editions, edition, guidelines, text_of
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
    "Line",
    "compilation",
    "current_editions",
    "dates_of",
    "edition",
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

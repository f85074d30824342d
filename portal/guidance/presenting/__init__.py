"""States, dates and changes of laws, and editions of guidelines, in words."""

from portal.guidance.presenting.changes import change_sentence, change_word, changed_words, since_sentence
from portal.guidance.presenting.editions import EDITION_KINDS, edition_word, section_sentence
from portal.guidance.presenting.names import names
from portal.guidance.presenting.states import (
    INTAKES,
    KINDS,
    absence_sentence,
    fault_sentence,
    state_sentence,
    state_word,
)

__all__ = [
    "EDITION_KINDS",
    "INTAKES",
    "KINDS",
    "absence_sentence",
    "change_sentence",
    "change_word",
    "changed_words",
    "edition_word",
    "fault_sentence",
    "names",
    "section_sentence",
    "since_sentence",
    "state_sentence",
    "state_word",
]

"""States, dates and changes of law in words."""

from portal.guidance.presenting.changes import change_sentence, change_word, changed_words, since_sentence
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
    "INTAKES",
    "KINDS",
    "absence_sentence",
    "change_sentence",
    "change_word",
    "changed_words",
    "fault_sentence",
    "names",
    "since_sentence",
    "state_sentence",
    "state_word",
]

"""Laws and their provisions on a date, guidelines in editions, the glossary, the timeline and red flags."""

from portal.guidance.models.flags import FlagCategory, RedFlag
from portal.guidance.models.guidelines import Guideline, GuidelineEdition, GuidelineStanding, GuidelineText
from portal.guidance.models.intakes import IntakeLine, IntakeState, LineKind, TextIntake
from portal.guidance.models.laws import Instrument, InstrumentState, Provision, ProvisionText, TextKind
from portal.guidance.models.records import InstrumentRecord
from portal.guidance.models.words import Compilation, Event, Term

__all__ = [
    "Compilation",
    "Event",
    "FlagCategory",
    "Guideline",
    "GuidelineEdition",
    "GuidelineStanding",
    "GuidelineText",
    "Instrument",
    "InstrumentRecord",
    "InstrumentState",
    "IntakeLine",
    "IntakeState",
    "LineKind",
    "Provision",
    "ProvisionText",
    "RedFlag",
    "Term",
    "TextIntake",
    "TextKind",
]

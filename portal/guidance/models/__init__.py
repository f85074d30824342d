"""Laws and their provisions on a date, guidelines in editions, the glossary and the timeline."""

from portal.guidance.models.guidelines import Guideline, GuidelineEdition, GuidelineText
from portal.guidance.models.intakes import IntakeLine, IntakeState, LineKind, TextIntake
from portal.guidance.models.laws import Instrument, InstrumentState, Provision, ProvisionText, TextKind
from portal.guidance.models.words import Event, Term

__all__ = [
    "Event",
    "Guideline",
    "GuidelineEdition",
    "GuidelineText",
    "Instrument",
    "InstrumentState",
    "IntakeLine",
    "IntakeState",
    "LineKind",
    "Provision",
    "ProvisionText",
    "Term",
    "TextIntake",
    "TextKind",
]

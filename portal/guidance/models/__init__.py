"""Laws and their provisions on a date, guidelines in editions, the glossary and the timeline."""

from portal.guidance.models.guidelines import Guideline, GuidelineEdition, GuidelineStanding, GuidelineText
from portal.guidance.models.laws import Instrument, InstrumentState, Provision, ProvisionText, TextKind
from portal.guidance.models.words import Event, Term

__all__ = [
    "Event",
    "Guideline",
    "GuidelineEdition",
    "GuidelineStanding",
    "GuidelineText",
    "Instrument",
    "InstrumentState",
    "Provision",
    "ProvisionText",
    "Term",
    "TextKind",
]

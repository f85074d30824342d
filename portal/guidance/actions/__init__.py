"""What can happen to official texts: received, planned, taken in, put aside, taken back. And the record of laws."""

from portal.guidance.actions.intakes import (
    Outcome,
    Received,
    Source,
    apply_intake,
    decide,
    discard,
    plan_intake,
    progress,
    receive,
    sweep,
    take_file,
    too_large,
)
from portal.guidance.actions.planning import Plan, Terms, plan
from portal.guidance.actions.records import record
from portal.guidance.actions.texts import take_back, take_text

__all__ = [
    "Outcome",
    "Plan",
    "Received",
    "Source",
    "Terms",
    "apply_intake",
    "decide",
    "discard",
    "plan",
    "plan_intake",
    "progress",
    "receive",
    "record",
    "sweep",
    "take_back",
    "take_file",
    "take_text",
    "too_large",
]

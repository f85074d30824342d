"""States and dates of law in words."""

import datetime as dt
from collections.abc import Mapping

from django.utils import formats
from django.utils.translation import gettext as _

from portal.guidance.models import Instrument, InstrumentState, IntakeState
from portal.guidance.queries import Absence

KINDS = {
    InstrumentState.IN_FORCE: "good",
    InstrumentState.FUTURE: "pending",
    InstrumentState.SUSPENDED: "attention",
    InstrumentState.REPEALED: "over",
    InstrumentState.UNDATED: "neutral",
}

INTAKES = {
    IntakeState.READ: "pending",
    IntakeState.PLANNED: "attention",
    IntakeState.APPLYING: "pending",
    IntakeState.APPLIED: "good",
    IntakeState.REFUSED: "over",
    IntakeState.WITHDRAWN: "over",
}


def fault_sentence(message: str, values: Mapping[str, object] | None = None) -> str:
    """What is wrong with a file of official texts, in the reader's language."""
    words = _(message)
    return words % values if values else words


def state_word(state: InstrumentState) -> str:
    """One or two words for a state."""
    return {
        InstrumentState.IN_FORCE: _("In force"),
        InstrumentState.FUTURE: _("Not yet in force"),
        InstrumentState.SUSPENDED: _("Suspended"),
        InstrumentState.REPEALED: _("Repealed"),
        InstrumentState.UNDATED: _("No date of entry into force"),
    }[state]


def state_sentence(instrument: Instrument, on: dt.date) -> str:
    """Where an instrument stands on a date, in a sentence."""

    def words(day: dt.date | None) -> str:
        return formats.date_format(day, "DATE_FORMAT") if day else ""

    state = instrument.state(on)
    dates = {"from": words(instrument.in_force), "until": words(instrument.suspended_until)}
    dates["repealed"] = words(instrument.repealed)
    if state == InstrumentState.IN_FORCE and instrument.repealed:
        return _("In force since %(from)s; repealed from %(repealed)s on.") % dates
    return {
        InstrumentState.IN_FORCE: _("In force since %(from)s."),
        InstrumentState.FUTURE: _("Not yet in force on this date; in force from %(from)s."),
        InstrumentState.SUSPENDED: _("Suspended until %(until)s."),
        InstrumentState.REPEALED: _("Repealed since %(repealed)s."),
        InstrumentState.UNDATED: _("Guidance or policy without a date of entry into force."),
    }[state] % dates


def absence_sentence(absence: Absence, on: dt.date, instrument: Instrument) -> str:
    """Why nothing of a provision is good on a date."""

    def words(day: dt.date | None) -> str:
        return formats.date_format(day, "DATE_FORMAT") if day else ""

    dates = {"begins": words(absence.begins), "ended": words(absence.ended)}
    if absence.begins and absence.ended:
        return _("Not good on this date: the text before ended on %(ended)s, the next begins on %(begins)s.") % dates
    if absence.ended:
        return _("No longer good on this date: its last text ended on %(ended)s.") % dates
    if instrument.state(on) == InstrumentState.IN_FORCE:
        return _("Not yet in force on this date, although the law is: its first text begins on %(begins)s.") % dates
    return _("Not yet in force on this date: its first text begins on %(begins)s.") % dates

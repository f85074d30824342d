"""Where a thing stands on a date, in words, for those who only know its address: the apps above tell it by kind."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from portal.references.models import Address


@dataclass(frozen=True, slots=True)
class Standing:
    """A word with the kind of its shape (good, pending, attention, over, neutral), and a sentence with the date."""

    word: str
    kind: str
    sentence: str = ""


Teller = Callable[[Address, dt.date], Standing | None]
_tellers: dict[str, Teller] = {}


def tell(kind: str, teller: Teller) -> None:
    """Let this function say where the things of a kind stand. Called in ready(); a few queries at most."""
    _tellers[kind] = teller


def of(address: Address, on: dt.date) -> Standing | None:
    """Where a thing stands on a date; None when nobody can tell."""
    teller = _tellers.get(address.kind)
    return teller(address, on) if teller else None

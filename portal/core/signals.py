"""What lower apps announce and upper apps hear. Sent by actions, inside the transaction; connected in ready().

`published` and `withdrawn` carry `keys`, a list of permanent keys, and `changes`,
a list of `Change`: what a reader is told.
"""

from dataclasses import dataclass, field
from datetime import date

from django.dispatch import Signal


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a follower may want to hear of. Texts are `{language: words}`."""

    key: str
    kind: str  # notice, guideline, instrument, case, course, …
    what: str  # published, changed, withdrawn
    version: str = "1"
    title: dict[str, str] = field(default_factory=dict)
    summary: dict[str, str] = field(default_factory=dict)
    jurisdictions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    effective_on: date | None = None
    substantive: bool = True


published = Signal()
withdrawn = Signal()

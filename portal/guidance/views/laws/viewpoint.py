"""From where a reader looks at a law: on which date, as shown when, in which languages, whose words."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from portal.core.dates import parse_on, parse_shown, today
from portal.core.texts import LANGUAGE_CODES
from portal.guidance.models import TextKind

KINDS = {
    "": list(TextKind.values),
    "both": list(TextKind.values),
    "summary": [TextKind.GIST.value],
    "official": [TextKind.OFFICIAL.value],
}


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """`shown` is None for what the site shows now. Without `?on=` a past showing is read on its own day."""

    on: dt.date
    shown: dt.date | None = None
    side_by_side: bool = False
    text: str = ""

    @property
    def languages(self) -> list[str]:
        """The columns; none for the reader's language alone."""
        return LANGUAGE_CODES if self.side_by_side else []

    @property
    def kinds(self) -> list[str]:
        return KINDS[self.text]

    @property
    def values(self) -> list[tuple[str, str]]:
        """What an address must say to stand here, without the date."""
        said = [
            ("shown", self.shown.isoformat() if self.shown else ""),
            ("view", "both" if self.side_by_side else ""),
            ("text", self.text),
        ]
        return [(name, value) for name, value in said if value]

    @property
    def query(self) -> str:
        """This viewpoint as the query of an address: "?on=2024-12-01&view=both", or "" for the usual one."""
        on = [] if self.on == (self.shown or today()) else [("on", self.on.isoformat())]
        said = urlencode(on + self.values)
        return f"?{said}" if said else ""

    def but(self, **changes: Any) -> str:
        """The query of this viewpoint with something changed; never empty, so that it works as a link alone."""
        there = replace(self, **changes)
        if "on" in changes:
            return "?" + urlencode([("on", there.on.isoformat()), *there.values])
        return there.query or "?"


def viewpoint(request: HttpRequest) -> Viewpoint:
    """The viewpoint that an address asks for. PortalError with a sentence for a date that is none or has not come."""
    shown = parse_shown(request.GET.get("shown"))
    text = request.GET.get("text", "")
    return Viewpoint(
        on=parse_on(request.GET.get("on")) or shown or today(),
        shown=shown,
        side_by_side=request.GET.get("view") == "both",
        text=text if text in KINDS else "",
    )

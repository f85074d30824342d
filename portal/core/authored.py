"""The words in which authored files are described: strict records, bilingual texts, partial dates, sources.

Pure: no database. `library` reads files into these records; each app's `importing` turns records into rows.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from portal.core.dates import first_day

Loc = tuple[str | int, ...]
"""Where in a file: field names and positions, from the top."""


class Record(BaseModel):
    """A piece of an authored file. A field that nobody knows is a fault, so that a typing error is never lost."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, str_strip_whitespace=True)


def _text(value: object) -> object:
    if value is None:
        return {}
    if not isinstance(value, dict):
        return {"en": str(value)} if str(value).strip() else {}
    unknown = set(value) - {"en", "zh-hans"}
    if unknown:
        raise ValueError(f"a text has the languages en and zh-hans, not {', '.join(map(str, sorted(unknown)))}")
    return {code: str(words).strip() for code, words in value.items() if words}


def _partial(value: object) -> object:
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    first_day(text)
    return text


Text = Annotated[dict[str, str], BeforeValidator(_text)]
"""`{language: words}`; a plain string in the file is English."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$", max_length=120)]
KeyText = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9./-]*(#[\w-]+)?$", max_length=200)]
PartialDate = Annotated[str, BeforeValidator(_partial)]
"""`2024`, `2024-10` or `2024-10-19`."""


class Source(Record):
    title: Text
    publisher: str | None = None
    date: PartialDate | None = None
    url: str | None = None


class CiteRecord(Record):
    key: KeyText
    role: str | None = None


def _cite(value: object) -> object:
    return {"key": value} if isinstance(value, str) else value


Cite = Annotated[CiteRecord, BeforeValidator(_cite)]


class SourcedRecord(Record):
    """The fields behind `core.models.Sourced`."""

    url: str | None = None
    as_of: dt.date | None = None
    sources: list[Source] = []
    to_check: list[Text] = []

    def sourced(self) -> dict[str, Any]:
        """The values of the columns of `Sourced`."""
        return {
            "url": self.url or "",
            "as_of": self.as_of,
            "sources": [source.model_dump(mode="json") for source in self.sources],
            "to_check": self.to_check,
            "withdrawn_on": None,
        }


@dataclass(slots=True)
class Citing:
    """One citing thing inside a file: its key, its texts (searched for `[[key]]`) and the keys that it names.

    `path` is given where the thing stands in a member of a folder, so that faults name the right file.
    """

    key: str
    version: str = "1"
    role: str = "basis"
    path: str = ""
    texts: list[tuple[Loc, dict[str, str] | str]] = field(default_factory=list)
    keys: list[tuple[Loc, str, str]] = field(default_factory=list)  # where, key, role ("" for the default)

    def also(self, loc: Loc, keys: list[str], role: str = "") -> "Citing":
        """Name more keys, found under `loc` in the file."""
        self.keys += [((*loc, position), key, role) for position, key in enumerate(keys)]
        return self

    def cites(self, loc: Loc, cites: list[CiteRecord]) -> "Citing":
        """Name the keys of a `cites:` list."""
        self.keys += [((*loc, position), cite.key, cite.role or "") for position, cite in enumerate(cites)]
        return self


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file that passed: where it lies, what it says, the sum of its bytes (and of its translation's)."""

    path: str
    record: Any
    checksum: str
    translations: dict[str, Any] = field(default_factory=dict)  # language -> record, for Markdown twins
    parts: dict[str, Any] = field(default_factory=dict)  # name -> Loaded or list, for folders such as a course


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file that reads well may not be applied, with where it says so."""

    path: str
    loc: Loc
    message: str

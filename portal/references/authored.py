"""What library asks of each app that takes authored files: a shelf."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.core.authored import Citing, Loaded, Loc, Refusal
from portal.core.signals import Change
from portal.references.models import Address


def nothing_refused(loaded: list[Loaded]) -> list[Refusal]:
    """The `refusals` of a shelf whose rows hold nothing that a person relied on."""
    return []


def no_values(loaded: Loaded) -> Iterable[tuple[Loc, str, str]]:
    """The `values` of a shelf without vocabulary values."""
    return []


def nothing_kept(keys: set[str]) -> set[str]:
    """The `kept` of a shelf whose things are in files only."""
    return set()


def no_faults(loaded: Loaded) -> list[Refusal]:
    """The `faults` of a shelf whose files are judged one by one."""
    return []


def no_changes(loaded: list[Loaded]) -> list[Change]:
    """The `changes` of a shelf of which nobody is told."""
    return []


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of authored file and what becomes of it.

    `pattern` is a glob below content/; a Markdown file is read with its .zh-hans.md twin as `translation`, a file with
    `members` with the files beside it. `apply` writes rows for the files given (new or changed ones only),
    `withdraw` marks keys whose file or place in a file vanished. Both run in one transaction with all shelves.
    """

    name: str
    pattern: str
    record: type[Any]
    addresses: Callable[[Loaded], Iterable[Address]]
    citing: Callable[[Loaded], Iterable[Citing]]
    apply: Callable[[list[Loaded]], None]
    withdraw: Callable[[set[str], date], None]
    kept: Callable[[set[str]], set[str]] = nothing_kept  # of keys that left the files, those that something else holds
    refusals: Callable[[list[Loaded]], list[Refusal]] = nothing_refused
    faults: Callable[[Loaded], list[Refusal]] = no_faults  # between a file and its members; needs no database
    changes: Callable[[list[Loaded]], list[Change]] = no_changes
    values: Callable[[Loaded], Iterable[tuple[Loc, str, str]]] = no_values  # where, vocabulary group, value
    translation: type[Any] | None = None
    members: tuple["Members", ...] = ()


@dataclass(frozen=True, slots=True)
class Members:
    """Files that belong to a file in the same folder: found in `Loaded.parts[name]`, in order of their names."""

    name: str
    pattern: str
    record: type[Any]
    translation: type[Any] | None = None

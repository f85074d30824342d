"""How a thing stands: its version, and marks of its words by which a later change is seen. Pure logic."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


def mark(parts: Iterable[str]) -> str:
    """SHA-256 over these words, in their order."""
    told = hashlib.sha256()
    for part in parts:
        told.update(part.encode())
        told.update(b"\x00")
    return told.hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """`version` is an edition's number or the ISO date from which a law reads so; "" for things without versions.

    `marks` has one digest for each set of words: `en`, `zh-hans`; for laws `en/gist`, `zh-hans/official`, …
    """

    version: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)

    def differs_from(self, version: str, marks: Mapping[str, str]) -> bool:
        """Whether the words are others than those. A translation or an official text that was added is no change."""
        if version and self.version and version != self.version:
            return True
        return any(self.marks[name] != was for name, was in marks.items() if name in self.marks)

    def is_later_than(self, version: str, marks: Mapping[str, str]) -> bool:
        """Whether people should read it again: a new version; of things without versions, other words."""
        return version != self.version if version and self.version else self.differs_from(version, marks)

    def shown(self, language: str) -> tuple[str, str]:
        """(language, digest) of the words that a reader of this language is shown: in it, else in the other."""
        there = {name.partition("/")[0] for name in self.marks}
        chosen = language if language in there or not there else min(there)
        words = [f"{name}:{self.marks[name]}" for name in sorted(self.marks) if name.partition("/")[0] == chosen]
        return chosen, mark([self.version, *words])

"""What every reader of official texts returns, and how it says what is wrong with a file.

Pure: no Django. Sentences are English with `%(name)s` for values, so that the desk can show them in the reader's
language (guidance.presenting.sentence).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


def gettext_noop(words: str) -> str:
    """Marks a sentence for translation; the words stay as they are."""
    return words


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file, and in which line (from 1; 0 where no line can be named)."""

    line: int
    message: str
    values: dict[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message

    def at(self, name: str) -> str:
        """As editors and compilers show it: `file:line: sentence`."""
        return f"{name}:{self.line}: {self}" if self.line else f"{name}: {self}"


class Unreadable(Exception):
    """A file of which nothing is taken, with every fault that was found."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = list(faults)


@dataclass(slots=True)
class Node:
    """A part, chapter, article or section as the file has it.

    `text` is Markdown in which every character of the official text that Markdown would take for markup is escaped;
    "" where the file has no words of its own for it, such as for a chapter.
    """

    label: str
    number: str
    heading: str = ""
    text: str = ""
    line: int = 0
    children: list[Node] = field(default_factory=list)
    reserved: bool = False  # the number is kept free: no text is no fault


@dataclass(slots=True)
class Statute:
    """An act, or some of its parts, as one file has it.

    `scope` are the labels whose whole contents the file has; None when it is the whole act. What stands in the scope
    and not in the file is no longer law on the day of the file; what is outside of it is left alone.
    """

    title: str
    language: str  # "" where the file does not say
    nodes: list[Node]
    scope: frozenset[str] | None = None
    warnings: list[Fault] = field(default_factory=list)

    def walk(self) -> Iterator[tuple[Node, Node | None]]:
        """(node, the one above it) in the order of reading."""
        stack: list[tuple[Node, Node | None]] = [(node, None) for node in reversed(self.nodes)]
        while stack:
            node, parent = stack.pop()
            yield node, parent
            stack += [(child, node) for child in reversed(node.children)]

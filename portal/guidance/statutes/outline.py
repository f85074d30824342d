"""Two outlines of one act into one: what the library has, and what comes in. Pure.

Each knows provisions that the other does not. The one that comes in leads: its order holds, and what only the other has
stays behind what it stood behind before. Where a provision stands is said by the authored library; imports may
only put finer steps in between, such as the subparts between a part and its sections.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Parents = Mapping[str, str | None]  # label -> the label above it


@dataclass(frozen=True, slots=True)
class Place:
    """Where a provision stands, in the order of reading."""

    label: str
    parent: str | None
    depth: int


def with_content(authored: Parents, standing: Parents, fine: Collection[str]) -> list[Place]:
    """All provisions when the authored library comes in. `fine` are the labels that only imports know."""
    parents = dict(standing)
    for label, wanted in authored.items():
        mine = standing.get(label)
        keeps = mine is not None and mine in fine and _above(mine, wanted, standing)
        parents[label] = mine if keeps else wanted
    return _read(_woven(list(authored), list(standing)), parents)


def with_file(filed: Parents, standing: Parents, fine: Collection[str]) -> list[Place]:
    """All provisions when a file of official texts comes in. `fine` as above; what is new is fine as well."""
    imported = {*fine, *(label for label in filed if label not in standing)}
    after = {**standing, **filed}
    parents = {**after, **standing}
    for label, wanted in filed.items():
        mine = standing.get(label)
        free = label in imported or (mine is not None and mine in imported)
        finer = wanted in imported and _above(wanted, mine, after)
        if wanted is not None and (free or finer):
            parents[label] = wanted
    return _read(_woven(list(filed), list(standing)), parents)


def _woven(lead: list[str], stand: list[str]) -> list[str]:
    """The labels of `lead` in their order, each followed by those that only `stand` has after it."""
    leading = set(lead)
    behind: dict[str | None, list[str]] = {}
    last: str | None = None
    for label in stand:
        if label in leading:
            last = label
        else:
            behind.setdefault(last, []).append(label)
    found = list(behind.get(None, []))
    for label in lead:
        found.append(label)
        found += behind.get(label, [])
    return found


def _read(order: list[str], parents: Parents) -> list[Place]:
    """The tree from top to bottom, each level in this order. A ring of parents hangs on nothing: it goes to the top."""
    below: dict[str | None, list[str]] = {}
    for label in order:
        below.setdefault(parents.get(label), []).append(label)
    found: list[Place] = []
    seen: set[str] = set()

    def walk(label: str, parent: str | None) -> None:
        stack: list[tuple[str, str | None, int]] = [(label, parent, 0)]
        while stack:
            here, above, depth = stack.pop()
            if here in seen:
                continue
            seen.add(here)
            found.append(Place(here, above, depth))
            stack += [(child, here, depth + 1) for child in reversed(below.get(here, []))]

    for label in below.get(None, []):
        walk(label, None)
    for label in order:
        walk(label, None)
    return found


def _above(label: str | None, wanted: str | None, parents: Parents) -> bool:
    """Whether `wanted` (None: the top) stands above a label."""
    seen: set[str] = set()
    while label is not None and label not in seen:
        seen.add(label)
        label = parents.get(label)
        if label == wanted:
            return True
    return False

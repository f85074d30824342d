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
    parents = {**standing, **authored}
    for label, wanted in authored.items():
        mine = standing.get(label)
        finer = mine is not None and mine in fine and _above(mine, wanted, standing)
        if finer and not _above(mine, label, parents):
            parents[label] = mine
    return _read(list(authored), list(standing), parents)


def with_file(filed: Parents, standing: Parents, fine: Collection[str]) -> list[Place]:
    """All provisions when a file of official texts comes in. `fine` as above; what is new is fine as well."""
    imported = {*fine, *(label for label in filed if label not in standing)}
    after = {**standing, **filed}
    parents = {**after, **standing}
    for label, wanted in filed.items():
        mine = standing.get(label)
        free = label in imported or (mine is not None and mine in imported)
        finer = wanted in imported and _above(wanted, mine, after)
        if wanted is not None and (free or finer) and not _above(wanted, label, parents):
            parents[label] = wanted
    return _read(list(filed), list(standing), parents)


def _read(lead: list[str], stand: list[str], parents: Parents) -> list[Place]:
    """The tree from top to bottom. On each level `lead` says the order, also of those whose contents only it has."""
    leading, standing = _levels(lead, parents), _levels(stand, parents)
    below = {
        parent: _woven(leading.get(parent, []), standing.get(parent, [])) for parent in {*leading, *standing, None}
    }
    found: list[Place] = []
    seen: set[str] = set()
    stack: list[tuple[str, str | None, int]] = [(label, None, 0) for label in reversed(below[None])]
    while stack:
        label, above, depth = stack.pop()
        if label not in seen:
            seen.add(label)
            found.append(Place(label, above, depth))
            stack += [(child, label, depth + 1) for child in reversed(below.get(label, []))]
    return found


def _levels(order: list[str], parents: Parents) -> dict[str | None, list[str]]:
    """Under each parent its children, in the order in which they, or anything below them, come first."""
    found: dict[str | None, dict[str, None]] = {}
    for label in order:
        here: str | None = label
        while here is not None:
            above = parents.get(here)
            level = found.setdefault(above, {})
            if here in level:
                break
            level[here] = None
            here = above
    return {parent: list(children) for parent, children in found.items()}


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


def _above(label: str | None, wanted: str | None, parents: Parents) -> bool:
    """Whether `wanted` (None: the top) stands above a label."""
    seen: set[str] = set()
    while label is not None and label not in seen:
        seen.add(label)
        label = parents.get(label)
        if label == wanted:
            return True
    return False

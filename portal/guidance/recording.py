"""What this site keeps of an instrument beside its texts, facts and an outline: their digest, what differs. No Django.

`facts` is a dictionary of plain values. `outline` is a list of `{label, parent, depth, number, heading}` in the order
of reading, `number` and `heading` by language.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

Facts = Mapping[str, Any]
Outline = Sequence[Mapping[str, Any]]


def digest(facts: Facts, outline: Outline) -> str:
    """The same for the same facts and outline, whatever the order of keys."""
    words = json.dumps([facts, outline], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


def differences(old_facts: Facts, old_outline: Outline, facts: Facts, outline: Outline) -> dict[str, list[str]]:
    """What differs: names of facts, and labels of provisions that were added, removed, renamed or moved.

    Only what there is is named; {} means that nothing differs.
    """
    before = {row["label"]: row for row in old_outline}
    after = {row["label"]: row for row in outline}
    common = [label for label in after if label in before]
    order = {label: place for place, label in enumerate(label for label in before if label in after)}
    found = {
        "facts": sorted(name for name in {*old_facts, *facts} if old_facts.get(name) != facts.get(name)),
        "added": [label for label in after if label not in before],
        "removed": [label for label in before if label not in after],
        "renamed": [label for label in common if _name(before[label]) != _name(after[label])],
        "moved": [
            label
            for place, label in enumerate(common)
            if order[label] != place or _place(before[label]) != _place(after[label])
        ],
    }
    return {name: listed for name, listed in found.items() if listed}


def _name(row: Mapping[str, Any]) -> tuple[Any, Any]:
    return row["number"], row["heading"]


def _place(row: Mapping[str, Any]) -> tuple[Any, Any]:
    return row["parent"], row["depth"]

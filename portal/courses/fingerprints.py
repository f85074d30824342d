"""Digests of what was published or certified. Pure."""

import hashlib
import json
from typing import Any


def digest(data: Any) -> str:
    """SHA-256 of JSON-ready data in its one canonical form."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def flat(data: Any, place: str = "") -> dict[str, str]:
    """place -> fingerprint of every leaf; places of translated words end in their language."""
    if isinstance(data, dict):
        pairs = [(str(name), value) for name, value in data.items()]
    elif isinstance(data, list):
        pairs = [(str(number), value) for number, value in enumerate(data)]
    else:
        return {place: digest(data)[:16]}
    found: dict[str, str] = {}
    for name, value in pairs:
        found |= flat(value, f"{place}/{name}" if place else name)
    return found


def differences(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """The places where published words would change. A translation that was missing may be added."""
    changed = [place for place, mark in old.items() if new.get(place) != mark]
    added = [place for place in new if place not in old and "zh-hans" not in place.split("/")]
    return sorted(changed + added)

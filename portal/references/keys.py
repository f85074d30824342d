"""How a key looks, and how it is read when a person types it."""

import re

KEY = re.compile(r"^[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[a-z0-9]+(?:[.-][a-z0-9]+)*)*$")


def valid(key: str) -> bool:
    """Lower-case ASCII letters and digits in segments joined by / with . and - between them."""
    return len(key) <= 200 and KEY.fullmatch(key) is not None


def from_code(code: str) -> str:
    """The last segment of a list entry's key: `IV(a)(1)` -> `iv.a.1`, `9A004.a` -> `9a004.a`, `ML 4` -> `ml-4`."""
    text = re.sub(r"[()\s]+", lambda found: "-" if found[0].isspace() else ".", code.strip().lower())
    return re.sub(r"\.{2,}", ".", text).strip(".-")


def ancestors(key: str) -> list[str]:
    """The keys above this one, nearest first: `us-ear/744.21` -> [`us-ear`]."""
    parts = key.split("/")
    return ["/".join(parts[:length]) for length in range(len(parts) - 1, 0, -1)]

"""The chain of an answer's digests, pure: each row's digest covers its content and the digest before it."""

import datetime as dt
import hashlib
import json
from typing import Any


def digest(previous: str, *, at: dt.datetime, **content: Any) -> str:
    """SHA-256 over the canonical JSON of the content, the time in UTC and the digest before it ("" for the first)."""
    moment = at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    told = json.dumps({**content, "at": moment, "previous": previous}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()

"""What frameworks and questionnaires share: digests of what is said, and the refusal to change a version in use."""

import hashlib

from pydantic import BaseModel

from portal.core.authored import Loaded, Refusal


def digest(record: BaseModel) -> str:
    """The sum of what a record says; comments, order of fields and spacing of the file do not count."""
    return hashlib.sha256(record.model_dump_json().encode()).hexdigest()


def refuse(file: Loaded, newest: int | None, used: dict[tuple[str, int], str]) -> Refusal | None:
    """Why this version may not be written: it is older than the newest, or it is in use and says something else.

    `used` is (slug, number) -> digest of the versions on which assessments rest.
    """
    slug, number = file.record.slug, file.record.version
    if newest is not None and number < newest:
        words = f"version {number} is older than version {newest}, which is loaded; a version is never taken back"
        return Refusal(file.path, ("version",), words)
    known = used.get((slug, number))
    if known is not None and known != digest(file.record):
        words = f"assessments rest on version {number}; what changed needs version {number + 1}"
        return Refusal(file.path, ("version",), words)
    return None

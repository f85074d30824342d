"""What a person keeps for themselves, and what an organisation asks its people to read."""

from portal.reading.models.own import Bookmark, Note
from portal.reading.models.requests import Acknowledgement, Asked, Audience, Cycle, ReadingRequest

__all__ = ["Acknowledgement", "Asked", "Audience", "Bookmark", "Cycle", "Note", "ReadingRequest"]

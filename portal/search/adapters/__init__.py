"""One port, two databases: which pages answer a question, how many there are of each facet, what a word begins."""

from django.db import connection

from portal.search.adapters.base import Adapter, Counts, Match
from portal.search.adapters.postgresql import PostgreSQL
from portal.search.adapters.sqlite import SQLite

__all__ = ["Adapter", "Counts", "Match", "adapter"]

ADAPTERS: dict[str, Adapter] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def adapter() -> Adapter:
    """The one for the database of this process."""
    return ADAPTERS[connection.vendor]

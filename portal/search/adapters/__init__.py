"""One port, two databases: which entries answer a question."""

from django.db import connection

from portal.search.adapters.base import Adapter, Found, Wanted, When
from portal.search.adapters.postgresql import PostgreSQL
from portal.search.adapters.sqlite import SQLite

__all__ = ["Adapter", "Found", "Wanted", "When", "adapter"]

ADAPTERS: dict[str, Adapter] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def adapter() -> Adapter:
    """The one for the database of this process."""
    return ADAPTERS[connection.vendor]

"""Writes: the index, and searches that people keep."""

from portal.search.actions.indexing import add, fold_of, profile, refresh, reindex, reindex_all, row, rows
from portal.search.actions.saving import MOST_SAVED, change, forget, look_at, purge, remove, restore, save

__all__ = [
    "MOST_SAVED", "add", "change", "fold_of", "forget", "look_at", "profile", "purge", "refresh", "reindex",
    "reindex_all", "remove", "restore", "row", "rows", "save",
]  # fmt: skip

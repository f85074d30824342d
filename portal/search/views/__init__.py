"""The one box, what it offers while somebody types, and saved searches."""

from portal.search.views.saved import remove, restore, save, saved, saved_search
from portal.search.views.searching import search, suggestions

__all__ = ["remove", "restore", "save", "saved", "saved_search", "search", "suggestions"]

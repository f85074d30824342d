from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "portal.search"

    def ready(self) -> None:
        from portal.search import receivers  # noqa: F401 - connects them

        post_migrate.connect(fill, sender=self, dispatch_uid="search.fill")


def fill(using: str, **others: Any) -> None:
    """A migration that empties the index leaves it to be filled: what is published must be found again."""
    from portal.references.models import Address
    from portal.search import actions
    from portal.search.models import SearchEntry

    if not SearchEntry.objects.using(using).exists() and Address.objects.using(using).exists():
        actions.reindex_all()

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "portal.core"

    def ready(self) -> None:
        from portal.core import (
            caching,
            checks,  # noqa: F401  (registers the system checks)
            signals,
        )

        signals.published.connect(caching.clear_after_commit, dispatch_uid="core.published")
        signals.withdrawn.connect(caching.clear_after_commit, dispatch_uid="core.withdrawn")
        # A new release migrates before it starts, and its pages may look different.
        post_migrate.connect(caching.clear_after_commit, sender=self, dispatch_uid="core.migrated")

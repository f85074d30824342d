from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "portal.search"

    def ready(self) -> None:
        from portal.search import receivers  # noqa: F401 - connects them

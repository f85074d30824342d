from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "portal.desk"

    def ready(self) -> None:
        from portal.desk import listening  # noqa: F401  (hears of notices that could not be published)

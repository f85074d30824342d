from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "portal.reading"

    def ready(self) -> None:
        from portal.reading import listening, mails  # noqa: F401 - hears of closed accounts; registers who composes what

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "portal.notices"

    def ready(self) -> None:
        from portal.notices.presenting import card_standing
        from portal.references.standing import tell

        tell("notice", card_standing)

from django.apps import AppConfig


class UpdatesConfig(AppConfig):
    name = "portal.updates"

    def ready(self) -> None:
        from portal.core import signals
        from portal.updates import actions

        signals.published.connect(actions.hear_published, dispatch_uid="updates.published")
        signals.withdrawn.connect(actions.hear_withdrawn, dispatch_uid="updates.withdrawn")

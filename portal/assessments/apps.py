from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "portal.assessments"

    def ready(self) -> None:
        from portal.assessments import mails  # noqa: F401 - registers who composes what

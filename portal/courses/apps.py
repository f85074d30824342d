from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "portal.courses"

    def ready(self) -> None:
        from portal.courses import mails  # noqa: F401 - registers who composes what

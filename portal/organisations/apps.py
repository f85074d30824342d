from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "portal.organisations"

    def ready(self) -> None:
        from portal.organisations import listening  # noqa: F401  (hears when an account is closed)

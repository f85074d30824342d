from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "portal.guidance"

    def ready(self) -> None:
        from portal.guidance import standing
        from portal.references.standing import tell

        tell("instrument", standing.of_instrument)
        tell("provision", standing.of_instrument)
        tell("guideline", standing.of_guideline)

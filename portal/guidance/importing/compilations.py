"""What a file of short entries says of itself: sources, the day for which it is good, doubts."""

from portal.core.authored import Loaded
from portal.guidance.models import Compilation


def say_where_from(name: str, loaded: list[Loaded]) -> None:
    """Keep what the file of a collection says of the whole of it."""
    for file in loaded:
        steps = getattr(file.record, "steps", [])
        Compilation.objects.update_or_create(name=name, defaults={**file.record.sourced(), "steps": steps})

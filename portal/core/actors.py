"""Who did something, as text. Published content and the audit trail know actors, never users."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """`key` is permanent (`user:12`, `system`); `label` is what was shown at the time."""

    key: str
    label: str


SYSTEM = Actor("system", "System")
LIBRARY = Actor("library", "Content library")

"""What notices announce beside core.signals: things that only the desk wants to hear."""

from django.dispatch import Signal

failed = Signal()
"""A scheduled notice could not be published: `notice`. Sent inside the transaction."""

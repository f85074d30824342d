"""What organisations announce to the apps above."""

from django.dispatch import Signal

closed = Signal()
"""An organisation was closed: `organisation`, and `by`, the actor. Sent inside the transaction."""

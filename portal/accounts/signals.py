"""What accounts announce to the apps above."""

from django.dispatch import Signal

closing = Signal()
"""An account is about to be closed: `user`. Sent inside the transaction; a PortalError from a receiver refuses it."""

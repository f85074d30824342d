"""The one shape of an error that a person may read.

HTML shows the sentence, the API maps it to a problem document, a command prints it and exits with 1.
"""

from django.utils.functional import Promise


class PortalError(Exception):
    """Something that a person asked for cannot be done; `message` says why in a sentence for that person."""

    status = 400
    code = "refused"

    def __init__(self, message: str | Promise, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(PortalError):
    """The person may see that the thing exists, but may not do this to it."""

    status = 403
    code = "not-allowed"


class NotFound(PortalError):
    """The thing does not exist, or this person may not know that it does."""

    status = 404
    code = "not-found"


class Conflict(PortalError):
    """The thing changed since the person last saw it, or is in a state that does not allow this."""

    status = 409
    code = "conflict"

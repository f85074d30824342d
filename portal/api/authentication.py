"""Who asks: a program with an organisation's token, or a person who is signed in."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from portal.core.actors import Actor
from portal.organisations.models import ApiToken
from portal.organisations.queries import token_owner

KEYWORD = "bearer"


class Program(AnonymousUser):
    """The user of a request with a token: no person, but known, and with a name for the audit trail."""

    def __init__(self, token: ApiToken) -> None:
        super().__init__()
        self.token = token

    @property
    def is_authenticated(self) -> bool:  # type: ignore[override]
        return True

    @property
    def is_anonymous(self) -> bool:  # type: ignore[override]
        return False

    @property
    def actor(self) -> Actor:
        return Actor(f"token/{self.token.pk}", str(self.token))


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`; `request.auth` is then the token, `request.auth.organisation` its owner."""

    def authenticate(self, request: Request) -> tuple[Program, ApiToken] | None:
        keyword, _space, raw = get_authorization_header(request).decode("latin-1").strip().partition(" ")
        if keyword.lower() != KEYWORD:
            return None
        token = token_owner(raw.strip())
        if token is None:
            raise AuthenticationFailed(
                _("This token is unknown or was revoked. An owner of the organisation can make a new one."),
                code="invalid_token",
            )
        return Program(token), token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'

"""Where allauth asks how this site does things."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from portal.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """A new person starts with the language of the page on which they signed up."""

    def save_user(self, request: HttpRequest, user: User, form: object, commit: bool = True) -> User:
        user.language = get_language() or "en"
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

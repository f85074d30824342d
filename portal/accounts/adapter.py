"""Where allauth asks how this site does things."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_from_path

from portal.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """A new person starts with the language of the page on which they signed up."""

    def save_user(self, request: HttpRequest, user: User, form: object, commit: bool = True) -> User:
        user.language = get_language() or "en"
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Whoever signs in on a page without a language in its address goes on in the language of their profile.

        Asked only where no page is given to return to.
        """
        url: str = super().get_login_redirect_url(request)
        if get_language_from_path(request.path_info) is None and isinstance(request.user, User):
            return translate_url(url, request.user.language)
        return url

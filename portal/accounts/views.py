"""A person's own account: the profile, and closing it. Addresses, password and second factors are allauth's pages."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts import actions
from portal.accounts.forms import CloseForm, ProfileForm
from portal.accounts.models import User
from portal.core.errors import PortalError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, language and time zone."""
    user = cast(User, request.user)
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect(translate_url(reverse("accounts:profile"), saved.language))
    return render(request, "accounts/profile.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """What closing the account means, and doing it."""
    user = cast(User, request.user)
    form = CloseForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(user)
        except PortalError as error:
            form.add_error(None, str(error))
        else:
            logout(request)
            messages.success(request, _("Your account is closed."))
            return redirect("pages:home")
    return render(request, "accounts/close.html", {"form": form}, status=422 if form.errors else 200)

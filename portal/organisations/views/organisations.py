"""Found or join, overview, switching, settings, closing."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.errors import NotFound, PortalError
from portal.organisations import actions, queries, words
from portal.organisations.forms import CloseForm, FoundForm, SettingsForm
from portal.organisations.middleware import SESSION_KEY
from portal.organisations.permissions import memberships
from portal.organisations.requests import MemberRequest, SignedInRequest, member_required


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Found an organisation, or join one that invited you."""
    request = cast(SignedInRequest, request)
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation = actions.found(**form.cleaned_data, owner=request.user, by=request.user.actor)
        request.session[SESSION_KEY] = organisation.pk
        messages.success(request, _("%(name)s is set up. Invite your colleagues next.") % {"name": organisation})
        return redirect("organisations:organisation")
    context = {
        "form": form,
        "invitations": queries.invitations_for(request.user),
        "mine": memberships(request.user).values(),
    }
    return render(request, "organisations/start.html", context, status=422 if form.errors else 200)


@require_safe
@member_required("organisation.read")
def organisation(request: MemberRequest) -> HttpResponse:
    """Who is here, and what each role may do."""
    row = request.organisation
    context = {
        "organisation": row,
        "members": queries.members(row),
        "roles": words.roles(row.kind),
        "mine": memberships(request.user)[row.pk],
    }
    return render(request, "organisations/organisation.html", context)


@login_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Work for another of one's organisations from now on."""
    request = cast(SignedInRequest, request)
    chosen = request.POST.get("organisation", "")
    mine = {str(pk): pk for pk in memberships(request.user)}
    if chosen not in mine:
        raise NotFound(_("You do not belong to this organisation."))
    request.session[SESSION_KEY] = mine[chosen]
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect("organisations:organisation")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required("organisation.manage")
def settings(request: MemberRequest) -> HttpResponse:
    """Name and country; the way to closing."""
    row = request.organisation
    form = SettingsForm(request.POST or None, initial={"name": row.name, "country": row.country})
    if request.method == "POST" and form.is_valid():
        actions.rename(row, **form.cleaned_data, by=request.user.actor)
        messages.success(request, _("Saved."))
        return redirect("organisations:settings")
    context = {"form": form, "organisation": row}
    return render(request, "organisations/settings.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required("organisation.manage")
def close(request: MemberRequest) -> HttpResponse:
    """What closing means, and doing it."""
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(request.organisation, name=form.cleaned_data["name"], by=request.user.actor)
        except PortalError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("%(name)s is closed.") % {"name": request.organisation})
            return redirect("organisations:start")
    context = {"form": form, "organisation": request.organisation}
    return render(request, "organisations/close.html", context, status=422 if form.errors else 200)

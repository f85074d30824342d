"""Members and invitations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import User
from portal.core.errors import NotAllowed, PortalError
from portal.organisations import actions, queries
from portal.organisations.forms import InviteForm, RoleForm
from portal.organisations.middleware import SESSION_KEY
from portal.organisations.models import ROLES_OF_KIND
from portal.organisations.permissions import can, grantable, memberships
from portal.organisations.requests import MemberRequest, member_required


@require_safe
@member_required("member.read")
def members(request: MemberRequest) -> HttpResponse:
    """Everybody with their role; invitations that wait."""
    row = request.organisation
    inviting = can(request.user, "member.invite", row)
    context = {
        "organisation": row,
        "members": queries.members(row),
        "invitations": queries.invitations(row) if inviting else [],
        "roles": [(role.value, role.label) for role in ROLES_OF_KIND[row.kind]],
    }
    return render(request, "organisations/members.html", context)


@require_POST
@member_required("organisation.manage")
def change_role(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a member another role."""
    row = queries.member(request.organisation, pk)
    form = RoleForm(request.POST, organisation=request.organisation)
    if not form.is_valid():
        raise PortalError(_("This role does not exist in an organisation of this kind."))
    try:
        actions.change_role(row, role=form.cleaned_data["role"], by=request.user.actor)
    except PortalError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The role of %(person)s is changed.") % {"person": row.user})
    return redirect("organisations:members")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required("member.remove")
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once more, then end a membership."""
    row = queries.member(request.organisation, pk)
    if request.method == "POST":
        try:
            actions.remove(row, by=request.user.actor)
        except PortalError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("%(person)s does not belong to the organisation any more.") % {"person": row.user}
            )
        return redirect("organisations:members")
    return render(request, "organisations/remove.html", {"membership": row})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required("organisation.read")
def leave(request: MemberRequest) -> HttpResponse:
    """Ask once more, then end one's own membership."""
    row = memberships(request.user)[request.organisation.pk]
    if request.method == "POST":
        try:
            actions.leave(row, by=request.user.actor)
        except PortalError as error:
            messages.error(request, str(error))
            return redirect("organisations:organisation")
        request.session.pop(SESSION_KEY, None)
        messages.success(request, _("You have left %(organisation)s.") % {"organisation": request.organisation})
        return redirect("organisations:start")
    return render(request, "organisations/leave.html", {"membership": row})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required("member.invite")
def invite(request: MemberRequest) -> HttpResponse:
    """Ask somebody in by mail."""
    form = InviteForm(request.POST or None, inviter=request.user, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(request.organisation, **form.cleaned_data, inviter=request.user)
        except PortalError as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("The invitation to %(email)s is on its way.") % form.cleaned_data)
            return redirect("organisations:members")
    context = {"form": form, "organisation": request.organisation}
    return render(request, "organisations/invite.html", context, status=422 if form.errors else 200)


@require_POST
@member_required("member.invite")
def resend(request: MemberRequest, pk: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    row = queries.invitation(request.organisation, pk)
    _must_be_mine_to_give(request, row.role)
    actions.resend(row, by=request.user.actor)
    messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": row.email})
    return redirect("organisations:members")


@require_POST
@member_required("member.invite")
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    row = queries.invitation(request.organisation, pk)
    _must_be_mine_to_give(request, row.role)
    actions.revoke(row, by=request.user.actor)
    messages.success(request, _("The invitation to %(email)s is taken back.") % {"email": row.email})
    return redirect("organisations:members")


def _must_be_mine_to_give(request: MemberRequest, role: str) -> None:
    if role not in grantable(request.user, request.organisation):
        raise NotAllowed(_("You may not give this role."))


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of an invitation shows: a visitor the way to sign in or up, the right person a button."""
    row = queries.invitation_with(token)
    user = request.user if isinstance(request.user, User) else None
    if request.method == "POST" and user is not None:
        membership = actions.accept(row, user=user)
        request.session[SESSION_KEY] = membership.organisation_id
        messages.success(request, _("Welcome to %(organisation)s.") % {"organisation": row.organisation})
        return redirect("organisations:organisation")
    context = {
        "invitation": row,
        "for_me": user is not None and row.email.lower() in queries.addresses(user),
        "belongs": user is not None and row.organisation_id in memberships(user),
    }
    response = render(request, "organisations/invitation.html", context, status=200 if row.state == "open" else 410)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response

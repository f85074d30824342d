"""Support: operators look, and set up authorities. Everything else goes through the organisation's own pages."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.core.actors import SYSTEM
from portal.core.errors import PortalError
from portal.organisations import actions
from portal.organisations.models import Kind, Membership, Organisation
from portal.references.queries import addresses


class AuthorityForm(forms.ModelForm[Organisation]):
    """A new authority with its first owner, who must have signed up before."""

    owner_email = forms.EmailField(label=_("E-mail address of the first owner"))

    class Meta:
        model = Organisation
        fields = ("name", "country", "authority_key")

    def clean_owner_email(self) -> User:
        owner = User.objects.filter(email__iexact=self.cleaned_data["owner_email"], is_active=True).first()
        if owner is None:
            raise forms.ValidationError(_("Nobody has signed up with this address."))
        return owner

    def clean_authority_key(self) -> str:
        key = str(self.cleaned_data["authority_key"])
        address = addresses([key]).get(key)
        if address is None or address.kind != "authority":
            raise forms.ValidationError(
                _("“%(key)s” is not the key of an authority in the library."), params={"key": key}
            )
        return key


class LooksOnly:
    """Nothing is deleted here."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(LooksOnly, admin.ModelAdmin[Organisation]):
    """Adding makes an authority; firms and providers found themselves."""

    list_display = ("name", "kind", "country", "authority_key", "created_at", "closed_at")
    list_filter = ("kind",)
    search_fields = ("name", "slug")
    readonly_fields = ("slug", "name", "kind", "country", "authority_key", "created_at", "closed_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Organisation | None = None) -> Any:
        return self.readonly_fields if obj else ()

    def get_form(
        self, request: HttpRequest, obj: Organisation | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return super().get_form(request, obj, change, **kwargs) if obj else AuthorityForm

    def get_fields(self, request: HttpRequest, obj: Organisation | None = None) -> Any:
        return self.readonly_fields if obj else ("name", "country", "authority_key", "owner_email")

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        if change:
            return
        data = form.cleaned_data
        made = actions.found(
            name=data["name"],
            kind=Kind.AUTHORITY,
            country=data["country"],
            authority_key=data["authority_key"],
            owner=data["owner_email"],
            by=request.user.actor if isinstance(request.user, User) else SYSTEM,
        )
        obj.pk, obj.slug, obj.kind, obj.created_at = made.pk, made.slug, made.kind, made.created_at


@admin.register(Membership)
class MembershipAdmin(LooksOnly, admin.ModelAdmin[Membership]):
    """Who belongs where; ending a membership for somebody who cannot."""

    list_display = ("user", "organisation", "role", "since", "ended_at")
    list_filter = ("role",)
    search_fields = ("user__email", "organisation__name")
    list_select_related = ("user", "organisation")
    readonly_fields = ("user", "organisation", "role", "since", "ended_at")
    actions = ("end",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("End these memberships"))
    def end(self, request: HttpRequest, rows: Any) -> None:
        for row in rows:
            try:
                actions.remove(row, by=request.user.actor if isinstance(request.user, User) else SYSTEM)
            except PortalError as error:
                self.message_user(request, str(error), "error")

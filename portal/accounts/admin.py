"""Support: operators look, and unlock or lock. People change their own data themselves."""

from django.contrib import admin
from django.http import HttpRequest

from portal.accounts.models import PersonalMail, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """A person; only whether they may sign in, and whether they are an operator, can be changed."""

    list_display = ("email", "name", "language", "time_zone", "is_active", "is_staff", "joined_at")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("email", "name")
    fields = ("email", "name", "language", "time_zone", "joined_at", "last_login", "is_active", "is_staff")
    readonly_fields = ("email", "name", "language", "time_zone", "joined_at", "last_login")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(PersonalMail)
class PersonalMailAdmin(admin.ModelAdmin[PersonalMail]):
    """Who was told of what, and how far the mail came. To look at only."""

    list_display = ("created_at", "person", "kind", "occasion", "state", "attempts", "answer", "sent_at")
    list_filter = ("state", "kind")
    search_fields = ("person__email", "occasion", "message_id")
    list_select_related = ("person",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: PersonalMail | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PersonalMail | None = None) -> bool:
        return False

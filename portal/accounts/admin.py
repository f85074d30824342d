"""Support: operators look, and unlock or lock. People change their own data themselves."""

from django.contrib import admin
from django.http import HttpRequest

from portal.accounts.models import User


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

"""What operators may look at; runs and deliveries have pages of their own."""

from django.contrib import admin
from django.http import HttpRequest

from portal.updates.models import ChangeEvent, Suppression


@admin.register(ChangeEvent)
class ChangeEventAdmin(admin.ModelAdmin[ChangeEvent]):
    list_display = ["created_at", "what", "kind", "key", "version", "substantive"]
    list_filter = ["what", "kind"]
    search_fields = ["key"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ChangeEvent | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ChangeEvent | None = None) -> bool:
        return False


@admin.register(Suppression)
class SuppressionAdmin(admin.ModelAdmin[Suppression]):
    """Removing a row lets mail go to the address again."""

    list_display = ["created_at", "kind", "hash", "reason"]
    list_filter = ["kind"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Suppression | None = None) -> bool:
        return False

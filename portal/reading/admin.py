"""What an operator may look at: that something was asked. Bookmarks and notes are nobody's business."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.reading.models import ReadingRequest


@admin.register(ReadingRequest)
class ReadingRequestAdmin(admin.ModelAdmin[Any]):
    """Rows to read, none to change."""

    list_display = ["key", "organisation", "asked_by_name", "asked_at", "rounds", "withdrawn_at"]
    list_select_related = ["organisation"]
    fields = ["ref", "organisation", "key", "kind", "audience", "again", "rounds", "asked_by_name", "asked_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

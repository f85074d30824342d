"""What an operator may look at; everything is written by the library and by actions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.assessments.models import Assessment, Framework, Questionnaire


class ReadOnly(admin.ModelAdmin[Any]):
    """Rows to read, none to change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Framework, Questionnaire)
class PublishedAdmin(ReadOnly):
    list_display = ["slug", "current", "withdrawn_on"]
    list_select_related = ["current"]


@admin.register(Assessment)
class AssessmentAdmin(ReadOnly):
    """Titles and states only: what a firm answered is the firm's."""

    list_display = ["title", "organisation", "state", "started_at"]
    list_select_related = ["organisation"]
    fields = ["ref", "title", "organisation", "questionnaire_version", "state", "started_at", "submitted_at"]

"""For the operator to look: nothing of this is ever edited by hand."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from portal.courses.models import Attempt, Certificate, Course, Enrolment


class LookingOnly(admin.ModelAdmin[Model]):
    """A list and its details, without any change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


for model in (Course, Enrolment, Attempt, Certificate):
    admin.site.register(model, LookingOnly)

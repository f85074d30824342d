"""Numbered pages."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class Pages(PageNumberPagination):
    """Numbered pages of 50; `?page_size=` up to 200, and anything else there is refused."""

    page_size_query_param = "page_size"
    max_page_size = 200

    def get_page_size(self, request: Request) -> int | None:
        wanted = request.query_params.get("page_size")
        if wanted is None:
            return self.page_size
        if not (wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:6]) <= self.max_page_size):
            words = _("The size of a page is a number from 1 to %(most)d.") % {"most": self.max_page_size}
            raise ValidationError({"page_size": [words]})
        return int(wanted)

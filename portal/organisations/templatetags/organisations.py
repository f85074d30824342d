"""What the head of every page asks about the reader's organisations. No query beyond the request's own."""

from typing import Any

from django import template
from django.http import HttpRequest

from portal.organisations.models import Organisation
from portal.organisations.permissions import can, memberships

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], action: str) -> bool:
    """Whether the reader may do this in their current organisation."""
    request: HttpRequest | None = context.get("request")
    user = getattr(request, "user", None)
    return user is not None and can(user, action, getattr(request, "organisation", None))


@register.simple_tag(takes_context=True)
def my_organisations(context: dict[str, Any]) -> list[Organisation]:
    """The organisations to which the reader belongs."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return []
    return [row.organisation for row in memberships(user).values()]

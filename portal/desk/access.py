"""Who stands at which desk: a member of an authority that publishes under a key."""

from collections.abc import Callable
from functools import wraps

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from portal.core.errors import NotAllowed
from portal.notices import queries
from portal.notices.models import Notice
from portal.organisations.models import Kind
from portal.organisations.permissions import can
from portal.organisations.requests import MemberRequest, member_required

View = Callable[..., HttpResponseBase]


def desk_required(action: str) -> Callable[[View], View]:
    """As `member_required`, and the current organisation must be an authority with a key to publish under."""

    def decorate(view: View) -> View:
        @member_required(action)
        @wraps(view)
        def guarded(request: MemberRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            organisation = request.organisation
            if organisation.kind != Kind.AUTHORITY or not organisation.authority_key:
                raise NotAllowed(_("The desk is for authorities. Work for one to open it."))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def notice_here(request: MemberRequest, pk: int) -> Notice:
    """A notice of the authority for which the person works. NotFound for those of others."""
    return queries.at_desk(request.organisation.authority_key, pk)


def powers(request: MemberRequest) -> dict[str, bool]:
    """What this person may do at this desk, for templates."""
    return {
        verb: can(request.user, f"notice.{verb}", request.organisation)
        for verb in ["draft", "review", "publish", "withdraw"]
    }

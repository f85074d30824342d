"""The audit trail and the API tokens."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.organisations import actions, queries, words
from portal.organisations.exports import trail_rows
from portal.organisations.forms import TokenForm
from portal.organisations.requests import MemberRequest, member_required

PER_PAGE = 50


@require_safe
@member_required("audit.read")
def trail(request: MemberRequest) -> HttpResponse:
    """What happened in the organisation, newest first."""
    event = request.GET.get("event", "")
    page = Paginator(queries.trail(request.organisation, event=event), PER_PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.words = words.event(row.event)  # type: ignore[attr-defined]
    context = {
        "organisation": request.organisation,
        "page_obj": page,
        "events": [(name, words.event(name)) for name in queries.events_in(request.organisation)],
        "event": event,
    }
    return render(request, "organisations/trail.html", context)


@require_safe
@member_required("audit.read")
def trail_csv(request: MemberRequest) -> HttpResponseBase:
    """The same as a table."""
    rows = queries.trail(request.organisation, event=request.GET.get("event", ""))
    response = StreamingHttpResponse(trail_rows(rows.iterator(500)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-trail-{request.organisation.slug}.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required("token.manage")
def tokens(request: MemberRequest) -> HttpResponse:
    """The tokens, and making one: its secret is on the answer of the POST and nowhere else."""
    form, raw = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        _row, raw = actions.make_token(request.organisation, **form.cleaned_data, maker=request.user)
        form = TokenForm()
    context = {
        "organisation": request.organisation,
        "tokens": queries.tokens(request.organisation),
        "form": form,
        "raw": raw,
    }
    return render(request, "organisations/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@member_required("token.manage")
def revoke_token(request: MemberRequest, pk: int) -> HttpResponse:
    """End a token."""
    row = queries.token(request.organisation, pk)
    actions.revoke_token(row, by=request.user.actor)
    messages.success(request, _("The token “%(name)s” is revoked.") % {"name": row.name})
    return redirect("organisations:tokens")

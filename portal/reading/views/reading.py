"""What a person is asked to read, and saying that they have."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.dates import today
from portal.core.errors import Conflict
from portal.organisations.requests import SignedInRequest
from portal.reading import actions, queries
from portal.reading.views.going import back, safe
from portal.references.queries import addresses

PER_PAGE = 30


@require_safe
@login_required
def reading(request: SignedInRequest) -> HttpResponse:
    """What waits, and what was acknowledged."""
    waiting = [queries.line(row, on=today()) for row in queries.to_read(request.user)]
    page = Paginator(queries.acknowledged_by(request.user), PER_PAGE).get_page(request.GET.get("page"))
    keys = {line.asked.cycle.request.key for line in waiting} | {row.key for row in page}
    book = addresses(keys)
    context = {
        "waiting": [(line, book.get(line.asked.cycle.request.key)) for line in waiting],
        "page_obj": page,
        "done": [(row, book.get(row.key)) for row in page],
    }
    return render(request, "reading/reading.html", context)


@require_POST
@login_required
def acknowledge(request: SignedInRequest, pk: int) -> HttpResponse:
    """“I have read and understood this.”"""
    row = queries.own_asked(request.user, pk)
    digest, language = request.POST.get("digest", ""), request.POST.get("language", "")
    try:
        actions.acknowledge(row, digest=digest, language=language, by=request.user)
    except Conflict as error:
        if not safe(request):
            raise
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you. It is on record that you have read this."))
    return back(request, "reading:reading")

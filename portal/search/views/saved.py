"""Searches that a person keeps: theirs alone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.models import User
from portal.core.errors import PortalError
from portal.search import actions, queries
from portal.search.forms import SaveForm
from portal.search.models import SavedSearch
from portal.search.requests import Query

PER_PAGE = 20


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before
    return request.user


def _mine(request: HttpRequest, pk: int) -> SavedSearch:
    """One of the reader's own; of others nobody learns that they are there."""
    found = queries.saved(_person(request).pk).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_GET
def saved(request: HttpRequest) -> HttpResponse:
    """The list, newest first, with what is new in each."""
    person = _person(request)
    page = Paginator(queries.saved(person.pk), PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    fresh = queries.news(rows)
    context = {
        "page_obj": page,
        "rows": [(row, fresh[row.pk]) for row in rows],
        "removed": list(queries.removed(person.pk)[:5]),
        "most": actions.MOST_SAVED,
    }
    return render(request, "search/saved.html", context)


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search whose parameters are sent, under a name; then back to it."""
    query = Query.read(request.POST.getlist)
    form = SaveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the search a name."))
        return redirect(f"{reverse('search:search')}{query.href}")
    try:
        actions.save(query, name=form.cleaned_data["name"], by=_person(request))
    except PortalError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('search:search')}{query.href}")
    messages.success(request, _("Saved. Your list of searches says what is new."))
    return redirect("search:saved")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """GET opens it: its results, and what is new counts from now. POST gives it another name or frequency."""
    row = _mine(request, pk)
    if request.method != "POST":
        actions.look_at(row)
        return redirect(f"{reverse('search:search')}{row.query.href}")
    form = SaveForm(request.POST)
    if form.is_valid():
        actions.change(
            row, name=form.cleaned_data["name"], frequency=form.cleaned_data["frequency"], by=_person(request)
        )
        messages.success(request, _("Changed."))
    else:
        messages.error(request, _("Give the search a name."))
    return redirect("search:saved")


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off the list; it can be brought back for a day."""
    actions.remove(_mine(request, pk), by=_person(request))
    return redirect("search:saved")


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back what was removed."""
    row = queries.removed(_person(request).pk).filter(pk=pk).first()
    if row is None:
        raise Http404
    try:
        actions.restore(row, by=_person(request))
    except PortalError as error:
        messages.error(request, str(error))
    return redirect("search:saved")

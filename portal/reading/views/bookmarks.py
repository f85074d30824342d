"""Bookmarks: the list, saving and removing, taking them away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.core.errors import NotFound
from portal.organisations.requests import SignedInRequest
from portal.reading import actions, exports, queries
from portal.reading.models import Bookmark
from portal.reading.presenting import comparison, version_words
from portal.reading.views.going import back, download

PER_PAGE = 30


@require_safe
@login_required
def bookmarks(request: SignedInRequest) -> HttpResponse:
    """A person's bookmarks, with what has changed since."""
    rows = queries.saved(request.user)
    kind, order = request.GET.get("kind", ""), request.GET.get("order", "")
    page = Paginator(queries.ordered(rows, kind=kind, order=order), PER_PAGE).get_page(request.GET.get("page"))
    shown = [(row, _comparison(row), _version(row)) for row in queries.compared(list(page))]
    context = {
        "page_obj": page,
        "rows": shown,
        "kinds": queries.kinds(rows),
        "kind": kind,
        "order": order,
        "count": len(rows),
        "removed": queries.removed_lately(request.user, request.GET.get("removed", ""), Bookmark),
    }
    return render(request, "reading/bookmarks.html", context)


def _comparison(row: queries.Saved) -> str:
    if not (row.changed and row.address):
        return ""
    saved = timezone.localtime(row.bookmark.saved_at).date()
    return comparison(row.address, row.bookmark.version, saved, row.version)


def _version(row: queries.Saved) -> str:
    return version_words(row.kind, row.bookmark.version)


@require_safe
@login_required
def bookmarks_csv(request: SignedInRequest) -> HttpResponse:
    """All bookmarks as a table."""
    rows = queries.compared(queries.saved(request.user))
    return download(exports.bookmarks_csv(rows), "text/csv; charset=utf-8", "bookmarks.csv")


@require_safe
@login_required
def bookmarks_json(request: SignedInRequest) -> HttpResponse:
    """All bookmarks for programs."""
    rows = queries.compared(queries.saved(request.user))
    return download(exports.as_json(exports.bookmark_rows(rows)), "application/json", "bookmarks.json")


@require_POST
@login_required
def save(request: SignedInRequest) -> HttpResponse:
    """Bookmark a key."""
    row = actions.save_bookmark(request.user, key=request.POST.get("key", ""))
    return back(request, "reading:bookmarks", row.key)


@require_POST
@login_required
def remove(request: SignedInRequest) -> HttpResponse:
    """Remove a bookmark. From the list, the way back leads to where it can be put back."""
    key = request.POST.get("key", "")
    row = actions.remove_bookmark(request.user, key=key)
    if request.POST.get("next") or row is None:
        return back(request, "reading:bookmarks", key)
    response = redirect("reading:bookmarks")
    response["Location"] += f"?removed={row.pk}"
    return response


@require_POST
@login_required
def seen(request: SignedInRequest) -> HttpResponse:
    """Say that one has seen how a thing changed."""
    actions.refresh_bookmark(request.user, key=request.POST.get("key", ""))
    messages.success(request, _("Noted: you will be told of the next change."))
    return back(request, "reading:bookmarks")


@require_POST
@login_required
def put_back_bookmark(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo a removal."""
    row = queries.removed_lately(request.user, str(pk), Bookmark)
    if row is None:
        raise NotFound(_("There is nothing to put back."))
    actions.put_back(row)
    messages.success(request, _("The bookmark is back."))
    return redirect("reading:bookmarks")

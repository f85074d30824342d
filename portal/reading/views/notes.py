"""Private notes: the list, writing, editing, deleting, taking them away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.errors import NotFound, PortalError
from portal.organisations.requests import SignedInRequest
from portal.reading import actions, exports, presenting, queries
from portal.reading.forms import NoteForm
from portal.reading.models import Note
from portal.reading.views.going import back, box, download, safe
from portal.references.models import Address
from portal.references.queries import address, addresses

PER_PAGE = 20


@require_safe
@login_required
def notes(request: SignedInRequest) -> HttpResponse:
    """All of a person's notes, with search."""
    words = request.GET.get("q", "").strip()[:200]
    page = Paginator(queries.notes_with(request.user, words), PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    book = addresses(row.key for row in shown)
    context = {
        "page_obj": page,
        "rows": [(row, html, book.get(row.key)) for row, html in presenting.rendered(shown)],
        "q": words,
        "removed": queries.removed_lately(request.user, request.GET.get("removed", ""), Note),
    }
    return render(request, "reading/notes.html", context)


def _everything(request: SignedInRequest) -> tuple[list[Note], dict[str, Address]]:
    rows = list(queries.notes(request.user).order_by("key", "created_at", "pk"))
    return rows, addresses(row.key for row in rows)


@require_safe
@login_required
def notes_markdown(request: SignedInRequest) -> HttpResponse:
    """All notes as one text."""
    content = exports.notes_markdown(*_everything(request))
    return download(content, "text/markdown; charset=utf-8", "notes.md")


@require_safe
@login_required
def notes_json(request: SignedInRequest) -> HttpResponse:
    """All notes for programs."""
    content = exports.as_json(exports.note_rows(*_everything(request)))
    return download(content, "application/json", "notes.json")


@require_POST
@login_required
def write(request: SignedInRequest) -> HttpResponse:
    """A new note on a key."""
    there, form = address(request.POST.get("key", "")), NoteForm(request.POST)
    form.is_valid()
    try:
        row = actions.write_note(request.user, key=there.key, **_typed(form))
    except PortalError as error:
        if request.htmx:  # type: ignore[attr-defined]
            return box(request, there.key, trouble=str(error), status=422)
        form.add_error(None, str(error))
        return _form(request, form, there.key, there, status=422)
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, _("Your note is saved."))
    return back(request, row.get_absolute_url(), there.key)


def _typed(form: NoteForm) -> dict[str, Any]:
    return {name: str(form.cleaned_data.get(name) or "") for name in ("body", "fragment")}


def _form(
    request: SignedInRequest,
    form: NoteForm,
    key: str,
    there: Address | None,
    *,
    row: Note | None = None,
    other: Note | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "key": key, "address": there, "note": row, "other": other, "next": safe(request)}
    return render(request, "reading/note.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a note. What was saved elsewhere in the meantime is shown beside what was typed."""
    row = queries.note(request.user, pk)
    there = addresses([row.key]).get(row.key)
    seen = {"body": row.body, "fragment": row.fragment, "revision": row.revision}
    if request.method != "POST":
        return _form(request, NoteForm(initial=seen), row.key, there, row=row)
    form = NoteForm(request.POST)
    form.is_valid()
    revision = form.cleaned_data.get("revision") or 0
    try:
        actions.write_note(request.user, key=row.key, note=row, revision=revision, **_typed(form))
    except PortalError as error:
        other = row if error.code == "note-changed" else None
        again = NoteForm({**_typed(form), "revision": row.revision if other else revision})
        again.is_valid()
        again.add_error(None, str(error))
        return _form(request, again, row.key, there, row=row, other=other, status=409 if other else 422)
    messages.success(request, _("Your note is saved."))
    return back(request, "reading:notes")


@require_POST
@login_required
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Delete a note; the list offers to put it back."""
    row = queries.note(request.user, pk, removed=True)
    actions.delete_note(row)
    if request.htmx and request.POST.get("beside"):  # type: ignore[attr-defined]
        return box(request, row.key, removed=row)
    return redirect(f"{reverse('reading:notes')}?removed={row.pk}")


@require_POST
@login_required
def put_back_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo a deletion."""
    row = queries.removed_lately(request.user, str(pk), Note)
    if row is None:
        raise NotFound(_("There is nothing to put back."))
    actions.put_back(row)
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, _("The note is back."))
    return back(request, "reading:notes", row.key)

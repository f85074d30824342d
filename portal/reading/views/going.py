"""Going back to where a form was sent from, and handing out files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from portal.reading import presenting
from portal.reading.models import Note


def safe(request: HttpRequest, fallback: str = "") -> str:
    """The page that the form names, if it is one of this site; else the fallback."""
    there = request.POST.get("next") or request.GET.get("next", "")
    hosts = {request.get_host()}
    good = url_has_allowed_host_and_scheme(there, allowed_hosts=hosts, require_https=request.is_secure())
    return there if good else fallback


def back(request: HttpRequest, fallback: str, key: str = "") -> HttpResponse:
    """Back to the page; htmx, which sent from beside a text, gets the box there in its place."""
    if request.htmx and request.POST.get("beside") and key:  # type: ignore[attr-defined]
        return box(request, key)
    return redirect(safe(request) or fallback)


def box(
    request: HttpRequest, key: str, *, trouble: str = "", removed: Note | None = None, status: int = 200
) -> HttpResponse:
    """The box beside a text as it is now; with what is wrong and what was typed, where something is."""
    found = presenting.beside(request, key, back=safe(request, "/"), bar=False)
    if found is not None:
        found.removed = removed
    if found is not None and trouble:
        found.trouble, found.typed = trouble, {name: request.POST.get(name, "") for name in ("body", "fragment")}
    return render(request, "reading/tools.html", {"beside": found}, status=status)


def download(content: str | bytes, content_type: str, filename: str) -> HttpResponse:
    """A file for this person only."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    return response

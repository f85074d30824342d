"""Official texts at the desk: handing in, what a file would do, taking in, taking back."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.errors import NotFound, PortalError
from portal.desk.libraries import intake_here, laws_here, library_required, organisation_key, powers
from portal.desk.text_forms import TakeBackForm, TextForm
from portal.guidance import actions, queries, statutes
from portal.guidance.models import IntakeLine, IntakeState, LineKind, TextIntake
from portal.guidance.presenting import INTAKES, fault_sentence
from portal.organisations.requests import SignedInRequest
from portal.references import rendering

PER_PAGE = 100
UNDER_WAY = {IntakeState.READ, IntakeState.APPLYING}
LINE_KINDS = {
    LineKind.ADDED: "good",
    LineKind.CHANGED: "pending",
    LineKind.ENDED: "attention",
    LineKind.OUTLINE: "neutral",
    LineKind.UNCHANGED: "neutral",
}


@require_safe
@library_required("text.read")
def texts(request: SignedInRequest) -> HttpResponse:
    """The imports, newest first."""
    page = Paginator(queries.intakes(organisation_key(request)), 30).get_page(request.GET.get("page"))
    rows = [(row, INTAKES[IntakeState(row.state)]) for row in page]
    return render(request, "desk/texts.html", {"page_obj": page, "rows": rows, **powers(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@library_required("text.import")
def new_text(request: SignedInRequest) -> HttpResponse:
    """Hand in a file; the worker reads it."""
    laws = laws_here(request)
    first = {"law": request.GET.get("law", ""), "language": "en", "format": "auto"}
    form = TextForm(request.POST or None, request.FILES or None, initial=first, laws=laws)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.receive(
                form.terms(),
                form.received(),
                form.source(),
                by=request.user.actor,
                organisation_key=request.organisation.key if request.organisation else "",
            )
        except PortalError as error:
            form.add_error(None, str(error))
        else:
            return redirect("desk:text", pk=row.pk)
    wrong = request.method == "POST"
    context = {"form": form, "any_law": bool(form.fields["law"].choices[1:]), "again": wrong}  # type: ignore[attr-defined]
    return render(request, "desk/new_text.html", context, status=422 if wrong else 200)


@require_safe
@library_required("text.read")
def text(request: SignedInRequest, pk: int) -> HttpResponse:
    """One import: how far it is, what it would do or did, what is wrong with it."""
    row = intake_here(request, pk)
    if request.htmx and row.state not in UNDER_WAY:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    template = "desk/text.html#progress" if request.htmx else "desk/text.html"  # type: ignore[attr-defined]
    return render(request, template, _page(request, row))


def _page(request: SignedInRequest, row: TextIntake) -> dict[str, Any]:
    done, total = actions.progress(row) if row.state in UNDER_WAY else (0, 0)
    what = request.GET.get("what", "")
    what = what if what in LineKind.values else ""
    page = Paginator(queries.lines_of(row, what), PER_PAGE).get_page(request.GET.get("page"))
    counts = [(LineKind(name), number) for name, number in row.counts.items() if number]
    return {
        "intake": row,
        "law": row.instrument,
        "state_kind": INTAKES[IntakeState(row.state)],
        "under_way": row.state in UNDER_WAY,
        "percent": round(100 * done / total) if total else None,
        "format": statutes.FORMATS.get(row.format, ""),
        "faults": [(fault["line"], fault_sentence(fault["message"], fault["values"])) for fault in row.faults],
        "warnings": [(fault["line"], fault_sentence(fault["message"], fault["values"])) for fault in row.warnings],
        "counts": counts,
        "all": sum(number for _kind, number in counts),
        "nothing": not any(row.counts.get(kind.value) for kind in LineKind if kind != LineKind.UNCHANGED),
        "what": what,
        "page_obj": page,
        "lines": [(line, LINE_KINDS[LineKind(line.what)]) for line in page],
        "day_before": row.valid_from - dt.timedelta(days=1),
        **powers(request),
    }


@require_safe
@library_required("text.read")
def text_line(request: SignedInRequest, pk: int, label: str) -> HttpResponse:
    """One provision of an import: the words before, and those of the file."""
    row = intake_here(request, pk)
    line = IntakeLine.objects.filter(intake=row, label=label).first()
    if line is None:
        raise NotFound(_("There is no such provision in this import."))
    before = queries.text_before(row, label) if line.what != LineKind.ADDED else None
    after = line.body or (before.body if before and line.what == LineKind.UNCHANGED else "")
    html = rendering.render_many([before.body if before else "", after])
    context = {"intake": row, "law": row.instrument, "line": line, "kind": LINE_KINDS[LineKind(line.what)]}
    return render(request, "desk/text_line.html", {**context, "before": html[0], "after": html[1]})


@require_safe
@library_required("text.import")
def text_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file as it was handed in, to keep; never shown in the browser."""
    row = intake_here(request, pk)
    if not row.file:
        raise NotFound(_("The file of this import is not kept."))
    with row.file.open("rb") as file:
        answer = HttpResponse(file.read(), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=row.file_name) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
@library_required("text.publish")
def apply_text(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have a planned import taken in."""
    row = intake_here(request, pk)
    actions.decide(row, by=request.user.actor)
    return redirect("desk:text", pk=row.pk)


@require_POST
@library_required("text.import")
def discard_text(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a planned import aside."""
    row = intake_here(request, pk)
    actions.discard(row, by=request.user.actor)
    messages.success(request, _("It is put aside. Nothing was written."))
    return redirect("desk:texts")


@require_http_methods(["GET", "HEAD", "POST"])
@library_required("text.publish")
def take_back_text(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo an import, with a reason."""
    row = intake_here(request, pk)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_back(row, because=form.cleaned_data["because"], by=request.user.actor)
        except PortalError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The import is taken back."))
            return redirect("desk:text", pk=row.pk)
    context = {"form": form, "intake": row, "law": row.instrument}
    return render(request, "desk/take_back_text.html", context, status=422 if request.method == "POST" else 200)

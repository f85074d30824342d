"""Drafting: the form, its preview, and the search for keys."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core import markdown
from portal.core.errors import Conflict, PortalError
from portal.desk import queries
from portal.desk.access import desk_required, notice_here
from portal.desk.forms import ChangeFormSet, NoticeForm, content, initial
from portal.notices import actions
from portal.notices.models import Notice, State
from portal.organisations.requests import MemberRequest
from portal.references import rendering
from portal.references.queries import addresses


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required("notice.draft")
def draft(request: MemberRequest) -> HttpResponse:
    """Begin a notice."""
    return _writing(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required("notice.draft")
def revise(request: MemberRequest, pk: int) -> HttpResponse:
    """Go on with a draft."""
    row = notice_here(request, pk)
    if row.state not in {State.DRAFT, State.FAILED}:
        raise Conflict(_("Only drafts can be changed. Have it returned first."))
    return _writing(request, row)


def _writing(request: MemberRequest, row: Notice | None) -> HttpResponse:
    first, rows = initial(row) if row else ({}, [])
    form = NoticeForm(request.POST or None, initial=first)
    changes = ChangeFormSet(request.POST or None, initial=None if request.POST else rows, prefix="changes")
    looking = "preview" in request.POST
    if request.method == "POST" and not looking and form.is_valid() and changes.is_valid():
        try:
            saved = _save(request, row, form, changes)
        except Conflict as error:
            form = _with_newest_revision(request, row)
            form.add_error(None, str(error))
        except PortalError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The draft is saved."))
            return redirect("desk:notice", pk=saved.pk)
    wrong = request.method == "POST" and not looking
    context = {"form": form, "changes": changes, "notice": row, **(shown(request) if looking else {})}
    return render(request, "desk/write.html", context, status=422 if wrong else 200)


def _save(request: MemberRequest, row: Notice | None, form: NoticeForm, changes: Any) -> Notice:
    words, by = content(form, changes), request.user.actor
    if row is not None:
        return actions.revise(row, words, revision=form.cleaned_data["revision"] or 0, by=by)
    organisation = request.organisation
    return actions.draft(words, authority_key=organisation.authority_key, organisation_key=organisation.key, by=by)


def _with_newest_revision(request: MemberRequest, row: Notice | None) -> NoticeForm:
    """The form as typed, on the revision that now stands: saving once more is a decision to overwrite."""
    data = request.POST.copy()
    if row is not None:
        data["revision"] = str(Notice.objects.values_list("revision", flat=True).get(pk=row.pk))
    form = NoticeForm(data)
    form.is_valid()
    return form


@require_POST
@desk_required("notice.draft")
def preview(request: MemberRequest) -> HttpResponse:
    """What the words typed so far look like; nothing is saved."""
    return render(request, "desk/preview.html", shown(request))


def shown(request: MemberRequest) -> dict[str, Any]:
    """The typed words as HTML in both languages, and the keys at which nothing stands. One query."""
    post = request.POST
    named = [("en", _("English")), ("zh-hans", _("Chinese"))]
    typed = [(code, name, _typed(request, "title", code), _typed(request, "body", code)) for code, name in named]
    html = rendering.render_many([body for _code, _name, _title, body in typed])
    keys = [key for _c, _n, _t, body in typed for key, _line in markdown.citations(body)]
    changed = [key for name, value in post.items() if name.endswith("-key") and (key := str(value).strip())]
    book = addresses([*keys, *changed])
    return {
        "previews": [
            {"code": code, "name": name, "title": title, "html": words}
            for (code, name, title, body), words in zip(typed, html, strict=True)
            if title or body
        ],
        "changed": [book[key] for key in changed if key in book],
        "dead": [key for key in dict.fromkeys([*keys, *changed]) if key not in book],
        "previewed": True,
    }


def _typed(request: MemberRequest, name: str, code: str) -> str:
    return str(request.POST.get(f"{name}_{code.replace('-', '_')}", ""))[:200_000]


@require_safe
@desk_required("notice.draft")
def keys(request: MemberRequest) -> HttpResponse:
    """Keys like what is typed: a list to read and copy, or options for the field of a change."""
    of_field = next((str(value) for name, value in request.GET.items() if name.endswith("-key")), None)
    typed = request.GET.get("q", "") if of_field is None else of_field
    template = "desk/keys.html" if of_field is None else "desk/options.html"
    context = {"found": queries.keys_like(typed), "q": typed}
    if request.htmx and template == "desk/keys.html":  # type: ignore[attr-defined]
        template = "desk/keys.html#found"
    return render(request, template, context)

"""What everybody may see: the way in, the quick check, frameworks and questionnaires."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from portal.assessments import queries
from portal.assessments.forms import given_by, packed
from portal.assessments.presenting import blocks
from portal.assessments.views.scoreboard import scoreboard
from portal.core.caching import cached_for_visitors
from portal.core.texts import pick
from portal.references.rendering import render_many


@require_safe
@cached_for_visitors
def start(request: HttpRequest) -> HttpResponse:
    """What can be assessed here, and how."""
    versions = list(queries.questionnaires())
    return render(
        request,
        "assessments/start.html",
        {
            "check": next((version for version in versions if version.public), None),
            "versions": [version for version in versions if not version.public],
            "frameworks": queries.frameworks(),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def quick_check(request: HttpRequest) -> HttpResponse:
    """The public questionnaire. Nothing of what is sent is stored; the result is made from the form alone."""
    version = queries.public_check()
    sheet = queries.sheet(version)
    given, errors = given_by(sheet, request.POST)
    sheet = queries.sheet(version, given=given) if given else sheet
    if request.method == "POST" and "again" not in request.POST and given and not errors:
        return _check_result(request, sheet, packed(given))
    sections = [(below.section, blocks(below.lines, errors=errors)) for below in sheet.sections]
    nothing = request.method == "POST" and "again" not in request.POST and not given
    context = {"version": version, "sections": sections, "errors": errors, "nothing": nothing}
    return render(request, "assessments/quick_check.html", context, status=422 if errors or nothing else 200)


def _check_result(request: HttpRequest, sheet: queries.Sheet, answers: str) -> HttpResponse:
    result = queries.result(sheet)
    context = scoreboard(result) | {
        "version": sheet.version,
        "sent": [(name, value) for name, values in request.POST.lists() for value in values if "." in name],
        "answers": answers,
        "ref": uuid.uuid4(),
    }
    return render(request, "assessments/check_result.html", context)


@require_safe
@cached_for_visitors
def framework(request: HttpRequest, slug: str) -> HttpResponse:
    """One framework with its elements and requirements."""
    version = queries.framework(slug)
    elements = list(version.elements.all())
    texts = [pick(version.legal_status)[0], *(pick(element.aim)[0] for element in elements)]
    status, *aims = render_many(texts)
    return render(
        request,
        "assessments/framework.html",
        {
            "version": version,
            "framework": version.framework,
            "legal_status": status,
            "elements": list(zip(elements, aims, strict=True)),
            "questionnaires": queries.questionnaires().filter(frameworks=version),
        },
    )


@require_safe
@cached_for_visitors
def questionnaire(request: HttpRequest, slug: str) -> HttpResponse:
    """One questionnaire to read: what is asked, why, and on what it rests."""
    version = queries.questionnaire(slug)
    sheet = queries.sheet(version)
    shown = {block.question.pk: block for block in blocks(sheet.lines, readonly=True)}
    sections = [(below.section, [shown[line.question.pk] for line in below.lines]) for below in sheet.sections]
    return render(
        request,
        "assessments/questionnaire.html",
        {
            "version": version,
            "questionnaire": version.questionnaire,
            "sections": sections,
            "frameworks": version.frameworks.select_related("framework"),
        },
    )

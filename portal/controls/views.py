"""Regimes, lists and entries; jurisdictions and authorities."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.controls import queries
from portal.controls.models import Authority, ControlEntry, ControlList, Jurisdiction, Regime
from portal.core import texts
from portal.core.caching import cached_for_visitors
from portal.references import rendering
from portal.references.queries import labels


@require_safe
@cached_for_visitors
def regimes(request: HttpRequest) -> HttpResponse:
    """All regimes and all lists: the way into the control lists."""
    context = {"regimes": queries.regimes(), "lists": queries.lists()}
    return render(request, "controls/regimes.html", context)


@require_safe
@cached_for_visitors
def regime(request: HttpRequest, slug: str) -> HttpResponse:
    """What a regime is for, its nature, members, lists, decisions, and how national law follows."""
    row = get_object_or_404(Regime, slug=slug)
    sections = list(row.sections.all())
    notes = rendering.Notes()
    bodies = [texts.pick(section.body)[0] for section in sections]
    html = rendering.render_many(bodies, anchors=[f"{section.slug}-p" for section in sections], notes=notes)
    context = {
        "regime": row,
        "notes": notes.listed,
        "headings": [(2, section.slug, texts.pick(section.heading)[0]) for section in sections],
        "sections": list(zip(sections, html, strict=True)),
        "lists": queries.lists().filter(regime=row),
    }
    return render(request, "controls/regime.html", context)


@require_safe
@cached_for_visitors
def control_list(request: HttpRequest, key: str) -> HttpResponse:
    """A list as a tree."""
    row = get_object_or_404(ControlList.objects.select_related("jurisdiction", "regime", "authority"), key=key)
    entries = list(queries.entries(row))
    context = {
        "list": row,
        "summary": rendering.render(texts.pick(row.summary)[0]),
        "entries": entries,
        "with_reasons": any(entry.reasons for entry in entries),
    }
    return render(request, "controls/control_list.html", context)


@require_safe
@cached_for_visitors
def entry(request: HttpRequest, key: str, label: str) -> HttpResponse:
    """One entry: where it stands in its list, its thresholds, what cites it."""
    row = get_object_or_404(
        ControlEntry.objects.select_related("control_list__regime", "control_list__jurisdiction"), key=f"{key}/{label}"
    )
    context = {
        "entry": row,
        "list": row.control_list,
        "above": queries.above(row),
        "below": row.children.filter(withdrawn_on=None),
        "note": rendering.render(texts.pick(row.note)[0]),
        "reasons": _reasons(row),
        "thresholds": [_threshold(item) for item in row.thresholds.get("items", [])],
        "logic": row.thresholds.get("logic", "all"),
    }
    return render(request, "controls/entry.html", context)


def _reasons(row: ControlEntry) -> list[tuple[str, object]]:
    words = labels("reasons")["reasons"] if row.reasons else {}
    lowered = {value.lower(): label for value, label in words.items()}
    return [(reason, lowered.get(reason.lower(), "")) for reason in row.reasons]


def _threshold(item: dict[str, object]) -> dict[str, str]:
    """One threshold in words: the quantity, and the comparison with its unit."""
    unit = str(item.get("unit") or "")
    item = {name: f"{value:g}" if isinstance(value, float) else value for name, value in item.items()}
    signs = {">=": "≥", "<=": "≤"}
    sign = str(item["op"])
    if sign == "between":
        bounds = {"low": item.get("min"), "high": item.get("max"), "unit": unit}
        comparison = _("%(low)s to %(high)s %(unit)s") % bounds
    elif sign == "covers":
        comparison = _("covers %(value)s %(unit)s") % {"value": item.get("value", ""), "unit": unit}
    else:
        comparison = f"{signs.get(sign, sign)} {item.get('value', '')} {unit}"
    return {"quantity": str(item["parameter"]).replace("_", " "), "comparison": comparison.strip()}


@require_safe
@cached_for_visitors
def jurisdiction(request: HttpRequest, code: str) -> HttpResponse:
    """A jurisdiction's authorities, laws and lists."""
    row = get_object_or_404(Jurisdiction, code=code)
    context = {
        "jurisdiction": row,
        "authorities": row.authorities.filter(withdrawn_on=None),
        "lists": queries.lists().filter(jurisdiction=row),
    }
    return render(request, "controls/jurisdiction.html", context)


@require_safe
@cached_for_visitors
def authority(request: HttpRequest, slug: str) -> HttpResponse:
    """An authority and what it stands behind."""
    row = get_object_or_404(Authority.objects.select_related("jurisdiction"), slug=slug)
    return render(request, "controls/authority.html", {"authority": row})

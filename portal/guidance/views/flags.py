"""Red flags: a check list to filter and tick, one flag, and what to do about those that were seen."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.core import texts
from portal.core.caching import cached_for_visitors
from portal.guidance import queries
from portal.guidance.models import RedFlag
from portal.references import rendering
from portal.references.queries import addresses, labels

PARTS = ("text", "why", "next")


@require_safe
@cached_for_visitors
def red_flags(request: HttpRequest) -> HttpResponse:
    """The check list, by category; ticks (`seen`) stay while it is filtered."""
    chosen = {name: request.GET.get(name, "").strip() for name in ("category", "framework", "context", "q")}
    seen = set(request.GET.getlist("seen"))
    rows = list(queries.red_flags())
    shown = [row for row in rows if _fits(row, chosen)]
    frameworks = Counter(key for row in rows for key in row.frameworks)
    contexts = Counter(value for row in rows for value in row.contexts)
    context = {
        "rows": rendered(shown),
        "chosen": chosen,
        "filtered": any(chosen.values()),
        "seen": seen,
        "kept": sorted(seen & {row.slug for row in rows} - {row.slug for row in shown}),
        "categories": [(row.slug, row.name, n) for row, n in Counter(flag.category for flag in rows).items() if n],
        "frameworks": [(key, book.title, frameworks[key]) for key, book in sorted(addresses(frameworks).items())],
        "contexts": [
            (value, label, contexts[value])
            for value, label in labels("flag_contexts")["flag_contexts"].items()
            if contexts[value]
        ],
        "compilation": queries.compilation("red-flags"),
    }
    return render(request, "guidance/red_flags.html", context)


def _fits(row: RedFlag, chosen: dict[str, str]) -> bool:
    """A flag without contexts holds for every transaction, so it fits every context."""
    wanted = chosen["q"].casefold()
    words = [words for name in PARTS for words in texts.as_dict(getattr(row, name)).values()]
    return (
        chosen["category"] in ("", row.category.slug)
        and (not chosen["framework"] or chosen["framework"] in row.frameworks)
        and (not chosen["context"] or not row.contexts or chosen["context"] in row.contexts)
        and (not wanted or any(wanted in text.casefold() for text in words))
    )


def rendered(rows: list[RedFlag]) -> list[dict[str, Any]]:
    """The flags with their three texts as HTML and the titles of their frameworks. Two queries."""
    html = iter(rendering.render_many([texts.pick(getattr(row, name))[0] for row in rows for name in PARTS]))
    book = addresses({key for row in rows for key in row.frameworks})
    return [
        {
            "flag": row,
            **{name: next(html) for name in PARTS},
            "frameworks": [book[key] for key in row.frameworks if key in book],
        }
        for row in rows
    ]


@require_safe
@cached_for_visitors
def red_flag(request: HttpRequest, slug: str) -> HttpResponse:
    """One flag at its own address."""
    row = get_object_or_404(RedFlag.objects.select_related("category"), slug=slug)
    words = labels("flag_contexts")["flag_contexts"]
    context = {
        **rendered([row])[0],
        "contexts": [words.get(value, value) for value in row.contexts],
        "compilation": queries.compilation("red-flags"),
    }
    return render(request, "guidance/red_flag.html", context)


@require_safe
@cached_for_visitors
def red_flags_seen(request: HttpRequest) -> HttpResponse:
    """What to do about the flags that were ticked; the address holds them, nothing is stored."""
    rows = list(queries.red_flags().filter(slug__in=request.GET.getlist("seen")[:200]))
    compilation = queries.compilation("red-flags")
    context = {
        "rows": rendered(rows),
        "compilation": compilation,
        "steps": rendering.render_many(texts.pick(step)[0] for step in compilation.steps),
        "query": request.GET.urlencode(),
    }
    return render(request, "guidance/red_flags_seen.html", context)

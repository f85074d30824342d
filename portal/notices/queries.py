"""Reads of notices: `published()` for everybody, `of_authority()` for the desk."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from portal.core import markdown, texts
from portal.core.dates import today
from portal.core.errors import NotFound
from portal.notices.models import Facet, Notice, NoticeLabel, State
from portal.references.queries import addresses

READABLE = [State.PUBLISHED, State.WITHDRAWN]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrows the notices by; "" is everything."""

    authority: str = ""
    jurisdiction: str = ""
    topic: str = ""
    kind: str = ""
    year: str = ""
    open: str = ""


def published() -> QuerySet[Notice]:
    """Notices that readers can see, newest first, withdrawn ones too."""
    return Notice.objects.filter(state__in=READABLE).prefetch_related("labels")


def notice(slug: str) -> Notice:
    """A published notice. NotFound otherwise."""
    found = published().prefetch_related("changes", "corrections").filter(slug=slug).first()
    if found is None:
        raise NotFound(f"There is no notice “{slug}”.")
    return found


def matching(filters: Filters, *, on: date | None = None) -> QuerySet[Notice]:
    """The published notices that fit; `on` is the day for “open for comment”, today unless given."""
    rows = published()
    if filters.authority:
        rows = rows.filter(authority_key=filters.authority)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.year.isdecimal():
        rows = rows.filter(year=int(filters.year))
    if filters.open:
        rows = rows.filter(state=State.PUBLISHED, comment_until__gte=on or today())
    for facet in [Facet.JURISDICTION, Facet.TOPIC]:
        value = getattr(filters, facet)
        if value:
            rows = rows.filter(pk__in=NoticeLabel.objects.filter(facet=facet, value=value).values("notice"))
    return rows


def values() -> dict[str, list[tuple[str, int]]]:
    """What published notices can be filtered by, with counts. Two queries."""
    found: dict[str, list[tuple[str, int]]] = {"authority": [], "year": [], "jurisdiction": [], "topic": []}
    authorities: dict[str, int] = {}
    years: dict[str, int] = {}
    for key, year in published().order_by().values_list("authority_key", "year"):
        authorities[key] = authorities.get(key, 0) + 1
        years[str(year)] = years.get(str(year), 0) + 1
    found["authority"] = sorted(authorities.items())
    found["year"] = sorted(years.items(), reverse=True)
    labels = NoticeLabel.objects.filter(notice__state__in=READABLE).values("facet", "value")
    for row in labels.annotate(n=Count("pk")).order_by("value"):
        found[row["facet"]].append((row["value"], row["n"]))
    return found


def superseded_by(row: Notice) -> Notice | None:
    """The newest published notice that replaces this one."""
    return published().filter(supersedes=row.key, state=State.PUBLISHED).first()


def of_authority(authority_key: str) -> QuerySet[Notice]:
    """All notices of one authority, whatever their state. An empty key has none."""
    rows = Notice.objects.filter(authority_key=authority_key) if authority_key else Notice.objects.none()
    return rows.prefetch_related("labels").order_by("-updated_at")


def at_desk(authority_key: str, pk: int) -> Notice:
    """One notice of this authority. NotFound for those of others."""
    found = of_authority(authority_key).prefetch_related("changes", "corrections").filter(pk=pk).first()
    if found is None:
        raise NotFound(f"There is no notice {pk} at this desk.")
    return found


def due(*, before: datetime) -> QuerySet[Notice]:
    """Scheduled notices whose time has come."""
    return Notice.objects.filter(state=State.SCHEDULED, publish_at__lte=before).order_by("publish_at", "pk")


def cited_in(row: Notice) -> list[str]:
    """The keys that its text cites, in either language, in order."""
    found = [
        key
        for text in [row.summary, row.body]
        for words in texts.as_dict(text).values()
        for key, _line in markdown.citations(words)
    ]
    return list(dict.fromkeys(found))


def dead_keys(row: Notice) -> list[str]:
    """The keys in its text, its changes and what it supersedes at which nothing stands. One or two queries."""
    wanted = [*cited_in(row), *(change.target_key for change in row.changes.all())]
    if row.supersedes:
        wanted.append(row.supersedes)
    book = addresses(wanted)
    return [key for key in dict.fromkeys(wanted) if key not in book]

"""Reads of cases."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from portal.cases.models import Case, CaseLabel, Facet
from portal.core.texts import contains


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrows the cases by; "" is everything."""

    jurisdiction: str = ""
    kind: str = ""
    element: str = ""
    violation: str = ""
    instrument: str = ""
    space: str = ""
    q: str = ""


LABELLED = {"element": Facet.ELEMENT, "violation": Facet.VIOLATION, "instrument": Facet.INSTRUMENT}


def cases() -> QuerySet[Case]:
    """The cases that are in the library, newest first."""
    return Case.objects.filter(withdrawn_on=None).select_related("jurisdiction")


def matching(filters: Filters) -> QuerySet[Case]:
    """The cases that fit."""
    rows = cases()
    if filters.jurisdiction:
        rows = rows.filter(jurisdiction__code=filters.jurisdiction)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.space:
        rows = rows.filter(space_related=True)
    for name, facet in LABELLED.items():
        value = getattr(filters, name)
        if value:
            rows = rows.filter(pk__in=CaseLabel.objects.filter(facet=facet, value=value).values("case"))
    for word in filters.q.split():
        rows = rows.filter(contains("title", word) | contains("summary", word) | contains("facts", word))
    return rows


def counts(rows: QuerySet[Case]) -> dict[str, Counter[str]]:
    """How many of these cases have each value of each facet. Two queries."""
    found: dict[str, Counter[str]] = {}
    grouped = CaseLabel.objects.filter(case__in=rows.order_by().values("pk")).values("facet", "value")
    for row in grouped.annotate(n=Count("pk")):
        found.setdefault(row["facet"], Counter())[row["value"]] = row["n"]
    found["jurisdiction"], found["kind"] = Counter(), Counter()
    for code, kind in rows.order_by().values_list("jurisdiction__code", "kind"):
        found["jurisdiction"][code] += 1
        found["kind"][kind] += 1
    return found


def labels_of(row: Case) -> dict[str, list[str]]:
    """facet -> values of one case."""
    found: dict[str, list[str]] = {}
    for label in row.labels.all():
        found.setdefault(label.facet, []).append(label.value)
    return found


def alike(row: Case, *, limit: int = 4) -> QuerySet[Case]:
    """The cases that share most elements, violations, instruments and entries with this one."""
    mine = Q()
    for label in row.labels.exclude(facet__in=[Facet.DESTINATION, Facet.AUTHORITY]):
        mine |= Q(labels__facet=label.facet, labels__value=label.value)
    if not mine:
        return cases().none()
    return (
        cases()
        .filter(mine)
        .exclude(pk=row.pk)
        .annotate(shared=Count("labels"))
        .order_by("-shared", "-sort_date")[:limit]
    )


def failing_elements(elements: list[str], *, limit: int = 3) -> QuerySet[Case]:
    """Cases in which these elements of a compliance programme failed, newest first."""
    labels = CaseLabel.objects.filter(facet=Facet.ELEMENT, value__in=elements).values("case")
    return cases().filter(pk__in=labels)[:limit]

"""Reads for the home page: what the library holds."""

from django.db.models import Count

from portal.references.models import Address

SHOWN = ["instrument", "provision", "entry", "guideline", "case", "term", "course"]


def library() -> list[tuple[str, int]]:
    """(kind, how many) of what can be read here, in the order of SHOWN; kinds of which there are none are left out.

    One query.
    """
    rows = Address.objects.filter(kind__in=SHOWN, alias_of="", withdrawn_on=None)
    counts = dict(rows.values_list("kind").annotate(n=Count("pk")))
    return [(kind, counts[kind]) for kind in SHOWN if counts.get(kind)]

"""Figures, to compare one state of the code with another on the same machine: make bench."""

import statistics
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core import markdown
from portal.references import actions, rendering
from tests.references.factories import AddressFactory

pytestmark = [pytest.mark.bench, pytest.mark.django_db]


def report(what: str, work: Callable[[], object], times: int = 20) -> None:
    """Print the median time of some work, and the number of its queries."""
    with CaptureQueriesContext(connection) as queries:
        work()
        count = len(queries)  # later requests empty the log
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    print(f"\n{what:<52} {statistics.median(seconds) * 1000:8.2f} ms  {count:3d} queries", end="")


@pytest.mark.parametrize("path", ["/", "/zh-hans/", "/health/"])
def test_pages(client: Client, path: str) -> None:
    report(path, lambda: client.get(path))


def test_a_key_among_ten_thousand(client: Client) -> None:
    rows = AddressFactory.build_batch(10_000)
    actions.register(rows)
    report("/r/<key> among 10,000", lambda: client.get(f"/r/{rows[5000].key}"))
    report("/r/<unknown key> among 10,000", lambda: client.get("/r/us-ear/999.99"), times=5)


def test_a_long_text_with_citations() -> None:
    rows = AddressFactory.create_batch(100)
    source = "\n\n".join(f"## Heading {row.pk}\n\nWords of a rule, [[{row.key}]], and more words." for row in rows)
    report("Markdown of 100 paragraphs", lambda: markdown.render(source))
    report("Markdown of 100 paragraphs with 100 citations", lambda: rendering.render(source))

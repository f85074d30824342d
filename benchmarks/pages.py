"""How many requests a second the main pages take, and how many queries: made anew, and from the page cache.

    python -m benchmarks.pages [--seconds 0.6]

In one process, through Django's test client and the whole middleware, on the whole content/ in a database of its
own and a real Redis. Counted is the time of this process: SQLite's is in it, that of Redis or PostgreSQL is not. The
floor is an empty view behind the same middleware; ratios to it can be compared between machines, the absolute
figures cannot.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

HOME = Path(tempfile.mkdtemp(prefix="portal-bench-"))
PUBLIC = [
    "/", "/zh-hans/", "/laws/", "/laws/cn-ecl/", "/laws/cn-ecl/art-12/", "/guidelines/", "/regimes/mtcr/",
    "/lists/mtcr/", "/cases/", "/cases/zte-2017/", "/glossary/", "/timeline/", "/notices/", "/assess/", "/courses/",
]  # fmt: skip
NEVER_KEPT = ["/search/?q=end-user+statement", "/r/cn-ecl/art-12", "/updates/"]
FLOOR = "/floor/"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=0.6, help="how long each figure is measured")
    seconds = parser.parse_args().seconds
    os.environ.update(
        DJANGO_SETTINGS_MODULE="portal.settings", DEBUG="true", VAR_DIR=str(HOME), LOG_LEVEL="ERROR", EMAIL_URL="",
        REDIS_URL=f"unix://{HOME}/redis.sock",
    )  # fmt: skip
    os.environ.pop("TESTING", None)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{HOME}/bench.sqlite3")
    import django

    from deploy.services import redis_at

    try:
        with redis_at(HOME / "redis.sock"):
            django.setup()
            measure(seconds)
    finally:
        shutil.rmtree(HOME, ignore_errors=True)


def measure(seconds: float) -> None:
    """Fill, and print both tables."""
    from django.conf import settings
    from django.core.management import call_command
    from django.http import HttpResponse
    from django.test import Client
    from django.urls import path

    from portal import urls
    from portal.core import caching
    from portal.library import actions

    settings.DEBUG = False  # or Django remembers every query
    settings.ALLOWED_HOSTS = ["testserver"]
    urls.urlpatterns.insert(0, path(FLOOR[1:], lambda request: HttpResponse("")))
    call_command("migrate", verbosity=0)
    actions.load(settings.CONTENT_DIR)

    client = Client()
    floor = rate(lambda: client.get(FLOOR), seconds)
    print(f"{'floor: an empty view, the same middleware':<44}{floor:>8,.0f}/s\n")
    print(f"{'a visitor':<32}{'KiB':>6}{'queries':>9}{'made':>9}{'floor/':>8}{'kept':>10}{'floor/':>8}{'queries':>9}")
    kept_rates = []
    for address in PUBLIC + NEVER_KEPT:
        settings.PAGE_CACHE_SECONDS = 0
        response, queries = counted(lambda address=address: client.get(address))  # type: ignore[misc]
        assert response.status_code in {200, 302}, (address, response.status_code)
        made = rate(lambda address=address: client.get(address), seconds)  # type: ignore[misc]
        line = f"{address:<32}{len(response.content) / 1024:>6.0f}{queries:>9}{made:>7,.0f}/s{floor / made:>8.1f}"
        if address in PUBLIC:
            settings.PAGE_CACHE_SECONDS = 900
            client.get(address)
            _response, queries = counted(lambda address=address: client.get(address))  # type: ignore[misc]
            kept = rate(lambda address=address: client.get(address), seconds)  # type: ignore[misc]
            kept_rates.append(kept)
            line += f"{kept:>8,.0f}/s{floor / kept:>8.1f}{queries:>9}"
        print(line, flush=True)
    print(f"{'median of what is kept':<56}{'':>8}{statistics.median(kept_rates):>8,.0f}/s")
    caching.clear()
    work(client, floor, seconds)


def work(client: "Client", floor: float, seconds: float) -> None:
    """An officer answers: the section opens, answers are saved."""
    from django.urls import reverse

    from portal.assessments import actions, queries
    from tests.factories import MembershipFactory

    officer = MembershipFactory(role="officer")
    version = queries.questionnaire("mofcom-2021")
    found = actions.start(version, organisation=officer.organisation, title="Bench", by=officer.user)
    client.force_login(officer.user, backend="django.contrib.auth.backends.ModelBackend")
    question = found.questionnaire_version.questions.select_related("section").order_by("position")[0]
    section = reverse("assessments:section", kwargs={"ref": found.ref, "label": question.section.label})
    answer = reverse("assessments:answer", kwargs={"ref": found.ref, "label": question.label})
    seen = 0

    def save() -> Any:
        nonlocal seen
        typed = {
            f"{question.label}.value": ["yes", "partly"][seen % 2],
            f"{question.label}.seen": seen,
            f"{question.label}.note": f"Checked {seen} times.",
        }
        response = client.post(answer, typed, headers={"HX-Request": "true"})
        seen += 1
        return response

    print(f"\n{'an officer':<32}{'KiB':>6}{'queries':>9}{'':>9}{'floor/':>8}")
    steps: list[tuple[str, Callable[[], Any]]] = [
        ("open the dashboard", lambda: client.get("/dashboard/")),
        ("open an assessment", lambda: client.get(found.get_absolute_url())),
        ("open a section", lambda: client.get(section)),
        ("save one answer", save),
    ]
    for words, step in steps:
        response, count = counted(step)
        assert response.status_code == 200, (words, response.status_code)
        took = rate(step, seconds)
        print(f"{words:<32}{len(response.content) / 1024:>6.0f}{count:>9}{took:>7,.0f}/s{floor / took:>8.1f}")
    kept = found.answer_events.filter(question=question).count()
    assert kept == seen, f"{seen} answers sent, {kept} kept"


def counted(step: Callable[[], Any]) -> tuple[Any, int]:
    """What it gives, and its queries; done once before, so that what is loaded once does not count."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    step()
    with CaptureQueriesContext(connection) as queries:
        result = step()
        return result, len(queries)


def rate(step: Callable[[], Any], seconds: float) -> float:
    """How often in a second of this process, by the median: what else runs on the machine does not count."""
    step()
    times: list[float] = []
    until = time.perf_counter() + seconds
    while len(times) < 5 or time.perf_counter() < until:
        start = time.process_time()
        step()
        times.append(time.process_time() - start)
    return 1 / statistics.median(times)


if __name__ == "__main__":
    main()

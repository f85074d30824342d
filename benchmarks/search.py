"""How long a search takes, with facets and marked passages, among 410,000 entries on both databases.

    python -m benchmarks.search [--rows 410000] [--on sqlite postgresql]

Loads content/, fills in made-up notices and provisions, and prints for each class of question the p50 and p95 of
the whole of `queries.search()` in milliseconds, by the clock and of processor time (this process and its server
process: what it takes on a machine that does nothing else), beside two floors: the bare index asked for any ten, and
a LIKE over the texts. Then what writing costs. Databases are throwaway ones; without `--on` both, as far as they are
here.
Filling takes some minutes, most of it for making texts and tokens in two processes.
"""

import argparse
import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks import made_up as made

ROOT = Path(__file__).resolve().parent.parent
VENDORS = ["sqlite", "postgresql"]
BLOCK = 2000
REPEATS = 6
RARE = [made.word(rank) for rank in (14711, 9021, 5443, 18002, 7777)]
# Each question: what is typed, and what else `search` is told.
Question = tuple[str, dict[str, Any]]
CLASSES: dict[str, list[Question]] = {
    "rare word": [(typed, {}) for typed in RARE],
    "usual word": [(typed, {}) for typed in ("turbojet", "transhipment", "university", "forwarder", "lithography")],
    "word in most entries": [(typed, {}) for typed in ("export", "control", "licence", "items")],
    "three usual words": [("penalty satellite licence", {}), ("audit training records", {}), ("end user check", {})],
    "phrase": [('"end use"', {}), ('"red flag"', {}), ('"technical data"', {}), ('"export control"', {})],
    "rare phrase of common words": [('"control export"', {}), ('"licence items"', {}), ('"items export the"', {})],
    "code": [(typed, {}) for typed in ("9A01", "5B00", "744.2", "744.21", "bench-77/art-12")],
    "Chinese word": [(typed, {}) for typed in ("最终用途", "行政处罚", "视同出口", "两用物项", "再出口")],
    "common Chinese word": [(typed, {}) for typed in ("出口", "管制", "许可", "出口管制")],
    "long Chinese run": [(typed, {}) for typed in ("最终用户和最终用途", "两用物项出口许可证", "国务院商务主管部门")],
    "one character": [("制", {}), ("关", {}), ("星", {})],
    "term in two languages": [("deemed export", {}), ("end user", {}), ("catch-all", {}), ("许可证", {})],
    "with exclusion": [("turbojet -export", {}), ("出口 -管制", {}), ('licence -"end use"', {})],
    "with filters": [
        ("export", {"kind": ("notice",), "jurisdiction": ("us",)}),
        ("控制 出口", {"year": ("2024", "2025")}),
        ("licence", {"kind": ("case", "guideline")}),
        ("satellite", {"state": ("repealed",)}),
    ],
    "newest first": [("export", {"sort": "date"}), ("管制", {"sort": "date"}), ("turbojet", {"sort": "date"})],
    "tenth page": [("export", {"page": 10}), ("许可", {"page": 10})],
    "misspelt or never together": [("exprot lisence", {}), (f"{RARE[0]} {RARE[1]}", {}), ("出口处罚案例视同", {})],
}
TYPING = ["e", "ex", "exp", "export c", "deem", "9a", "9A0", "出", "出口", "出口管", "art", "bench-7", "turboj", "wass"]


def main() -> None:
    from deploy.services import ServiceError

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=made.NOTICES + made.PROVISIONS, help="entries in the index")
    parser.add_argument("--on", nargs="+", choices=VENDORS, help="which databases")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--filled", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        here(chosen.rows, filled=chosen.filled)
        return
    for vendor in chosen.on or VENDORS:
        try:
            run(vendor, chosen.rows)
        except ServiceError as error:
            if chosen.on:
                sys.exit(str(error))
            print(f"\n{vendor} is left out: {error}")


def run(vendor: str, number: int) -> None:
    """Measure in a process of its own, on a database of its own."""
    from deploy.services import postgres

    command = [sys.executable, "-m", "benchmarks.search", "--here", "--rows", str(number)]
    environment = {**os.environ, "TESTING": "true", "DJANGO_SETTINGS_MODULE": "portal.settings"}
    if vendor == "postgresql":
        with postgres(ambient=False) as url:
            subprocess.run(command, cwd=ROOT, env={**environment, "DATABASE_URL": url}, check=True)
        return
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{home}/bench.sqlite3"
        subprocess.run(command, cwd=ROOT, env={**environment, "DATABASE_URL": url}, check=True)


def here(number: int, *, filled: bool) -> None:
    """Fill the database of the environment and print the figures."""
    import django

    django.setup()
    from django.db import connection

    print(f"\n{connection.vendor}, {dt.date.today()}, {os.cpu_count()} cores")  # noqa: DTZ011 - the day here
    if not filled:
        fill(number)
    print(f"\n{'':28}{'pages':>9}{'p50 ms':>9}{'p95 ms':>9}{'CPU p50':>9}{'CPU p95':>9}{'index':>8}{'LIKE':>8}")
    # First, and apart: reading all texts pushes everything else out of the database's memory.
    peers = {name: timed(lambda: like_floor(questions[0][0]))[0] for name, questions in CLASSES.items()}  # noqa: B023
    for questions in CLASSES.values():
        for question in questions:
            answer(question)
    everything: list[Spent] = []
    for name, questions in CLASSES.items():
        everything += measure(name, questions, peers[name])
    print(line("all of these", everything))
    print(line("suggestions while typing", suggesting()))
    writing()


# --- Filling ---------------------------------------------------------------------------------------------------------


def fill(number: int) -> None:
    """The content, and made-up entries beside: tokens from two processes, the index built at the end."""
    from django.core.management import call_command
    from django.db import connection

    from portal.library import actions as library
    from portal.search.models import SearchEntry

    call_command("migrate", verbosity=0)
    library.load(ROOT / "content")
    print(f"content/ loaded: {SearchEntry.objects.count()} entries")
    begin = time.perf_counter()
    before, after = around(connection.vendor)
    with connection.cursor() as cursor:
        for statement in before:
            cursor.execute(statement)
    for columns, rows in blocks(number):
        write(columns, rows)
    texts = time.perf_counter()
    with connection.cursor() as cursor:
        for statement in after:
            cursor.execute(statement)
    end = time.perf_counter()
    print(
        f"{number} made-up entries: {texts - begin:.0f} s for texts, tokens and rows, {end - texts:.0f} s for the index"
    )


def around(vendor: str) -> tuple[list[str], list[str]]:
    """Statements before and after writing very many rows."""
    from importlib import import_module

    index = import_module("portal.search.migrations._index")
    if vendor == "sqlite":
        return index.SQLITE_BACK, [*index.SQLITE, "ANALYZE"]
    pieces = import_module("portal.search.migrations._pieces")
    return ["DROP INDEX search_entry_tokens"], [
        "SET maintenance_work_mem = '512MB'",
        pieces.GIN,
        pieces.NO_STATISTICS,
        "VACUUM ANALYZE search_searchentry",
        "ANALYZE search_searchprofile",
    ]


def blocks(number: int) -> Iterator[tuple[list[str], list[tuple[Any, ...]]]]:
    """(columns, rows) of entries, and their profiles in the database, made in two processes."""
    from portal.search.models import SearchProfile

    spans = [(start, min(start + BLOCK, number)) for start in range(0, number, BLOCK)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=ready) as pool:
        # A few at a time: what waits to be written is in memory.
        waves = (spans[at : at + 8] for at in range(0, len(spans), 8))
        for columns, rows, profiles in (done for wave in waves for done in pool.map(block, wave)):
            SearchProfile.objects.bulk_create(
                (SearchProfile.of(facts) for facts in profiles), ignore_conflicts=True, batch_size=500
            )
            yield columns, rows


def ready() -> None:
    import django

    django.setup()


def block(span: tuple[int, int]) -> tuple[list[str], list[tuple[Any, ...]], list[Any]]:
    from portal.search import actions

    pieces = made.made_up(*span)
    entries = [actions.row(piece, piece.body, "") for piece in pieces]
    columns = [field.attname for field in entries[0]._meta.concrete_fields if field.attname != "id"]
    rows = [tuple(getattr(entry, column) for column in columns) for entry in entries]
    return columns, rows, list({actions.profile(piece) for piece in pieces})


def write(columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    from django.db import connection, transaction

    names = ", ".join(columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY search_searchentry ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO search_searchentry ({names}) VALUES ({marks})", rows)


# --- Measuring -------------------------------------------------------------------------------------------------------


Spent = tuple[float, float]
"""Milliseconds by the clock, and of processor time: what it takes where nothing else runs."""


def measure(name: str, questions: list[Question], like: float) -> list[Spent]:
    """Print one class of questions; what each answer took."""
    times: list[Spent] = []
    bare, totals = [], []
    for question in questions:
        for _ in range(REPEATS):
            start = processor()
            spent, found = timed(lambda: answer(question))  # noqa: B023 - called at once
            times.append((spent, processor() - start))
        totals.append(("> " if found.more else "") + str(found.total))
        bare += [timed(lambda: index_floor(question))[0] for _ in range(3)]  # noqa: B023
    print(line(name, times, totals[0], bare, [like]), flush=True)
    return times


def answer(question: Question) -> Any:
    """The whole of one answer."""
    from portal.search import queries
    from portal.search.filters import Filters

    typed, told = question
    others = {key: value for key, value in told.items() if key in {"sort", "page"}}
    filters = Filters(**{key: value for key, value in told.items() if key not in others})
    return queries.search(typed, filters=filters, language="en" if typed.isascii() else "zh-hans", **others)


def processor() -> float:
    """Milliseconds of processor time that this process has had, and the server's process for it."""
    from django.db import connection

    server = 0.0
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        path = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        server = int(path.read_text().split()[0]) / 1e6 if path.exists() else 0.0
    return 1000 * time.process_time() + server


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    answer = call()
    return 1000 * (time.perf_counter() - begin), answer


def index_floor(question: Question) -> None:
    """The index asked for any ten entries of the same words."""
    from portal.search import parsing
    from portal.search.adapters import Wanted, adapter

    adapter().found(Wanted(parsing.parse(question[0])), language="en", limit=10)


def like_floor(typed: str) -> None:
    """What a site without an index of its own does: the number of texts that have the first word in them."""
    from django.db import connection

    first = typed.replace('"', "").split()[0]
    operator = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM search_searchentry WHERE body {operator} %s", [f"%{first}%"])
        cursor.fetchall()


def line(name: str, times: list[Spent], total: str = "", *floors: list[float]) -> str:
    columns = [list(column) for column in zip(*times, strict=True)]
    figures = "".join(
        f"{statistics.median(column):>9.1f}{sorted(column)[int(len(column) * 0.95)]:>9.1f}" for column in columns
    )
    return f"{name:28}{total:>9}{figures}" + "".join(f"{statistics.median(floor):>8.1f}" for floor in floors)


def suggesting() -> list[Spent]:
    from portal.search import queries

    spent = []
    for typed in TYPING * REPEATS:
        start = processor()
        took, _found = timed(lambda: queries.suggestions(typed, language="en" if typed.isascii() else "zh-hans"))  # noqa: B023
        spent.append((took, processor() - start))
    return spent


# --- Writing ---------------------------------------------------------------------------------------------------------


def writing() -> None:
    """What it costs to index a law of 3,400 provisions in two languages, and again when nothing or one has changed."""
    from portal.search import actions
    from portal.search.models import SearchEntry

    keys = law(3400)
    for words in ("new", "again"):
        spent, number = timed(lambda: actions.reindex(keys))
        print(f"reindex of a law of 3,400 provisions, {words}: {number} entries in {spent / 1000:.1f} s")
    spent, number = timed(lambda: actions.reindex(keys[5:6]))
    print(f"reindex of one provision of it: {number} entries in {spent / 1000:.2f} s")
    SearchEntry.objects.filter(key__in=keys).delete()


def law(number: int) -> list[str]:
    """A law with so many provisions of both languages, in the rows of the apps; their keys."""
    import random

    from portal.controls.models import Jurisdiction
    from portal.guidance.models import Instrument, Provision, ProvisionText

    place = Jurisdiction.objects.order_by("code")[0]
    Instrument.objects.filter(key="bench-law").delete()
    act = Instrument.objects.create(
        key="bench-law", title={"en": "Act"}, kind="law", jurisdiction=place, in_force=made.FIRST_DAY
    )
    provisions = Provision.objects.bulk_create(
        Provision(
            instrument=act,
            key=f"bench-law/art-{at}",
            label=f"art-{at}",
            number={"en": f"Article {at}", "zh-hans": f"第{at}条"},
            position=at,
        )
        for at in range(1, number + 1)
    )
    chance = random.Random(1)
    facts = {"valid_from": made.FIRST_DAY, "recorded_at": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)}
    ProvisionText.objects.bulk_create(
        (
            ProvisionText(provision=row, language=language, body=body, digest=str(row.pk), **facts)
            for row in provisions
            for language, body in (("en", made.prose(chance, 700)), ("zh-hans", made.hanzi(chance, 400)))
        ),
        batch_size=500,
    )
    return ["bench-law", *(row.key for row in provisions)]


if __name__ == "__main__":
    main()

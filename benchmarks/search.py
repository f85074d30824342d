"""How long a search takes, with facets and marked passages, among many made-up entries on both databases.

    python -m benchmarks.search [--rows 5000] [--on sqlite postgresql]

Prints p50 and p95 in milliseconds for each class of question. Databases are throwaway ones; without `--on` both, as
far as they are here.
"""

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Words stand for their rank, as letters: {0} is in most entries, {4711} in few.
QUESTIONS = {
    "rare word": ["{4711}", "{4999}", "{3802}"],
    "usual word": ["{120}", "{240}", "{333}"],
    "word in most entries": ["{0}", "{1}", "{2}"],
    "three words": ["{3} {40} {90}", "{7} {15} {60}"],
    "phrase": ['"{0} {1}"', '"{2} {0}"'],
    "code": ["9A01", "5B00", "744.2"],
    "Chinese word": ["管制物项", "出口许可", "海关核查"],
    "common Chinese word": ["出口", "管制"],
    "one character": ["制", "关"],
    "with exclusion": ["{5} -{0}", "出口 -管制"],
}
HAN = "出口管制物项许可海关核查最终用户两用技术导弹卫星制裁合规审计培训记录归类商务部条例法律清单"
KINDS = ["provision", "entry", "guideline", "case", "term"]
VENDORS = ["sqlite", "postgresql"]
PLACES = ["us", "cn", "eu", "gb", "jp"]


def main() -> None:
    from deploy.services import ServiceError

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=5000, help="entries in the index")
    parser.add_argument("--on", nargs="+", choices=VENDORS, help="which databases")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        here(chosen.rows)
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


def here(number: int) -> None:
    """Fill the database of the environment and print the figures."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from portal.search import actions, queries

    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    with transaction.atomic():
        pieces = list(made_up(number))
        for at in range(0, number, 5000):
            actions.add(pieces[at : at + 5000])
    print(f"\n{connection.vendor}: {number} entries indexed in {time.perf_counter() - start:.0f} s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE search_searchentry")
            cursor.execute("ANALYZE search_searchlabel")
    print(f"{'':24}{'pages':>8}{'p50 ms':>9}{'p95 ms':>9}")
    for name, written in QUESTIONS.items():
        typed = [re.sub(r"\{(\d+)\}", lambda found: word(int(found[1])), question) for question in written]
        queries.search(typed[0])
        times, total = [], 0
        for _ in range(8):
            for question in typed:
                begin = time.perf_counter()
                total = queries.search(question).total
                times.append(1000 * (time.perf_counter() - begin))
        print(f"{name:24}{total:>8}{statistics.median(times):>9.1f}{sorted(times)[int(len(times) * 0.95)]:>9.1f}")


def word(rank: int) -> str:
    """A word of letters alone, so that it is not taken for a code: 4711 is qehbb."""
    return "q" + "".join(chr(ord("a") + int(digit)) for digit in str(rank))


def made_up(number: int) -> Iterator[object]:
    """Entries in both languages in turn, about 1,500 characters each, words as uneven as in real texts."""
    from portal.search.sources import Piece

    chance = random.Random(20)
    words = [word(rank) for rank in range(5000)]
    weights = [1 / (rank + 1) for rank in range(5000)]
    for at in range(number):
        code = f"{chance.randrange(10)}{chance.choice('ABCDE')}{chance.randrange(1000):03}"
        chinese = at % 2 == 1
        if chinese:
            body = "，".join("".join(chance.choices(HAN, k=chance.randint(4, 14))) for _ in range(60))
        else:
            body = " ".join(chance.choices(words, weights, k=220))
        yield Piece(
            key=f"bench-{at // 2}/{code.lower()}",
            kind=chance.choice(KINDS),
            language="zh-hans" if chinese else "en",
            title=f"{code} {body[:40]}",
            body=f"{body} {chance.randrange(700, 800)}.{chance.randrange(30)}",
            jurisdictions=(chance.choice(PLACES),),
            topics=(f"topic-{chance.randrange(12)}",),
            authority=f"authority-{chance.randrange(10)}",
            date=None,
        )


if __name__ == "__main__":
    main()

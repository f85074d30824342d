"""How long the text of a large act takes to come in, and its next version.

    python -m benchmarks.statutes [--paragraphs 3417] [--edits 50] [--on sqlite postgresql]

Reads a made-up chapter as eCFR XML, takes it in, then a version with some edits, then the same once more, then an older
one behind. Beside it, plain bulk_create of the same rows of texts and provisions on the same database: the ratio says
what planning, addresses, the list of what was done and the search index cost. Absolute figures belong to the machine.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDORS = ["sqlite", "postgresql"]
SECTIONS = 40  # in a part
WORDS = ["export", "licence", "item", "end", "user", "control", "list", "technology", "release", "person", "record"]


def main() -> None:
    from deploy.services import ServiceError

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--paragraphs", type=int, default=3417, help="sections of the act, each of a paragraph")
    parser.add_argument("--edits", type=int, default=50, help="paragraphs that differ in the second version")
    parser.add_argument("--on", nargs="+", choices=VENDORS, help="which databases")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        here(chosen.paragraphs, chosen.edits)
        return
    for vendor in chosen.on or VENDORS:
        try:
            run(vendor, chosen.paragraphs, chosen.edits)
        except ServiceError as error:
            if chosen.on:
                sys.exit(str(error))
            print(f"\n{vendor} is left out: {error}")


def run(vendor: str, paragraphs: int, edits: int) -> None:
    """Measure in a process of its own, on a database of its own."""
    from deploy.services import postgres

    command = [sys.executable, "-m", "benchmarks.statutes", "--here"]
    command += ["--paragraphs", str(paragraphs), "--edits", str(edits)]
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "TESTING": "true", "DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": home}
        if vendor == "postgresql":
            with postgres(ambient=False) as url:
                subprocess.run(command, cwd=ROOT, env={**environment, "DATABASE_URL": url}, check=True)
            return
        url = f"sqlite:///{home}/bench.sqlite3"
        subprocess.run(command, cwd=ROOT, env={**environment, "DATABASE_URL": url}, check=True)


def chapter(paragraphs: int, edits: int = 0) -> bytes:
    """A subchapter of parts with sections; `edits` of them in other words."""
    chance = random.Random(7)  # the same act every time
    edited = set(chance.sample(range(paragraphs), edits))
    lines = ['<?xml version="1.0"?>', '<DIV4 N="C" TYPE="SUBCHAP"><HEAD>SUBCHAPTER C-MADE UP</HEAD>']
    chance = random.Random(8)
    for number in range(paragraphs):
        part, section = divmod(number, SECTIONS)
        if section == 0:
            lines += ["</DIV5>"] if part else []
            lines += [f'<DIV5 N="{700 + part}" TYPE="PART"><HEAD>PART {700 + part}-MADE UP</HEAD>']
        words = " ".join(chance.choices(WORDS, k=60))
        more = " An edit." if number in edited else ""
        name = f"{700 + part}.{section + 1}"
        lines.append(f'<DIV8 N="{name}" TYPE="SECTION"><HEAD>§ {name} Made up.</HEAD><P>(a) {words}.{more}</P></DIV8>')
    return "\n".join([*lines, "</DIV5></DIV4>"]).encode()


def timed(words: str, work: Callable[[], object]) -> float:
    """Seconds, printed with the number of queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        work()
    seconds = time.perf_counter() - begun
    print(f"  {words:<44} {seconds:7.2f} s  {len(queries):5} queries")
    return seconds


def here(paragraphs: int, edits: int) -> None:
    """All figures on the database of this process."""
    import django

    django.setup()
    import datetime as dt

    from django.core.management import call_command
    from django.db import connection

    from portal.controls.models import Jurisdiction
    from portal.core.actors import SYSTEM
    from portal.guidance import actions, statutes
    from portal.guidance.models import Instrument, ProvisionText

    call_command("migrate", verbosity=0)
    land = Jurisdiction.objects.create(code="us", name="US")
    law = Instrument.objects.create(key="us-made-up", title="Made up", kind="regulation", jurisdiction=land)
    print(f"\n{connection.vendor}: {paragraphs} paragraphs, {edits} edits")

    def take(raw: bytes, year: int) -> Callable[[], object]:
        terms = actions.Terms(law, "en", dt.date(year, 1, 1))
        return lambda: actions.take_file(terms, actions.Received("act.xml", raw), actions.Source("Made up"), by=SYSTEM)

    first, second = chapter(paragraphs), chapter(paragraphs, edits)
    timed("reading alone", lambda: statutes.read(first, "act.xml"))
    whole = timed("the act", take(first, 2021))
    few = timed(f"its next version, {edits} edits", take(second, 2023))
    timed("the same once more", take(second, 2023))
    timed("an older version behind, all the same", take(first, 2019))
    rows = ProvisionText.objects.filter(retired_at=None).count()
    floor = timed(f"floor: bulk_create of {rows} texts, provisions", lambda: plain(law.pk))
    few_floor = timed(f"floor: bulk_create of {2 * edits} texts", lambda: plain(law.pk, 2 * edits, "again"))
    print(f"  the act takes {whole / floor:.1f} times its floor, the next version {few / few_floor:.1f} times")


def plain(law: int, most: int | None = None, name: str = "floor") -> None:
    """The same rows, written as plainly as can be."""
    from portal.guidance.models import Provision, ProvisionText

    texts = list(ProvisionText.objects.filter(retired_at=None).select_related("provision")[:most])
    places = [
        Provision(
            instrument_id=law,
            key=f"{name}/{text.pk}",
            label=str(text.pk),
            number=text.provision.number,
            position=text.pk,
        )
        for text in texts
    ]
    Provision.objects.bulk_create(places, batch_size=500)
    for place, text in zip(places, texts, strict=True):
        text.pk, text.provision = None, place
    ProvisionText.objects.bulk_create(texts, batch_size=500)


if __name__ == "__main__":
    main()

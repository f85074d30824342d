"""manage.py take_text: the official text of a law from a file into the library, whole or not at all."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.actors import Actor
from portal.core.errors import PortalError
from portal.guidance import actions, statutes
from portal.guidance.models import Instrument, LineKind

OPERATOR = Actor("operator", "Operator, on the command line")


class Command(BaseCommand):
    help = "Take the official text of a law from a file (eCFR, Akoma Ntoso, Formex, Markdown, YAML); whole or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--instrument", required=True, help="The key of the law, such as us-ear.")
        parser.add_argument("--language", required=True, choices=["en", "zh-hans"])
        parser.add_argument("--valid-from", required=True, type=dt.date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--valid-until", type=dt.date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--format", default="auto", choices=["auto", *statutes.FORMATS])
        parser.add_argument("--source-title", required=True)
        parser.add_argument("--source-publisher", default="")
        parser.add_argument("--source-url", default="")
        parser.add_argument("--source-date", type=dt.date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen; write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        instrument = Instrument.objects.filter(key=options["instrument"], withdrawn_on=None).first()
        if instrument is None:
            raise CommandError(f"There is no law with the key “{options['instrument']}” in the library.")
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        terms = actions.Terms(instrument, options["language"], options["valid_from"], options["valid_until"])
        source = actions.Source(
            options["source_title"], options["source_publisher"], options["source_url"], options["source_date"]
        )
        file = actions.Received(path.name, data, options["format"])
        try:
            outcome = actions.take_file(terms, file, source, by=OPERATOR, rehearse=options["dry_run"])
        except statutes.Unreadable as error:
            for fault in error.faults:
                self.stderr.write(fault.at(str(path)))
            raise CommandError(f"{len(error.faults)} faults in {path.name}; nothing was written.") from error
        except PortalError as error:
            raise CommandError(str(error)) from error
        self._report(path, outcome, verbose=int(options["verbosity"]) > 1, rehearsal=options["dry_run"])

    def _report(self, path: Path, outcome: actions.Outcome, *, verbose: bool, rehearsal: bool) -> None:
        for warning in outcome.warnings:
            self.stderr.write(f"{warning.at(str(path))} (warning)")
        for line in outcome.plan.lines:
            if line.what != LineKind.UNCHANGED or verbose:
                place = f"{path}:{line.node.line}" if line.node.line else str(path)
                self.stdout.write(f"{place}: {line.what.value} {line.node.label} {line.node.heading}".rstrip())
        counts = ", ".join(f"{number} {name}" for name, number in outcome.plan.counts.items())
        what = "Would do" if rehearsal else ("Done" if outcome.intake else "Nothing to do, it was taken in before")
        run = f" (import {outcome.intake.pk})" if outcome.intake else ""
        self.stdout.write(f"{what}{run}, {statutes.FORMATS[outcome.format]}: {counts}.")

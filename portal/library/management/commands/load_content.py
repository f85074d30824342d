"""manage.py load_content: the authored library into the database, whole or not at all."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.library import actions


class Command(BaseCommand):
    help = "Load the content library; loading twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", default=str(settings.CONTENT_DIR))
        parser.add_argument("--everything", action="store_true", help="Apply unchanged files too.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = actions.load(Path(options["folder"]), progress=self.stdout.write, everything=options["everything"])
        except actions.FaultyLibrary as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{report.loaded} files loaded, {report.unchanged} unchanged, {len(report.withdrawn)} keys withdrawn."
        )

"""manage.py check_content: every fault of the authored library with file and line. Needs no database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.library import checking
from portal.library.shelves import SHELVES


class Command(BaseCommand):
    help = "Check every file of the content library; exits with 1 when there is a fault."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", default=str(settings.CONTENT_DIR))

    def handle(self, *args: Any, **options: Any) -> None:
        library = checking.read(Path(options["folder"]), SHELVES)
        for fault in library.faults:
            self.stderr.write(str(fault))
        if library.faults:
            raise CommandError(f"{len(library.faults)} faults.")
        files = sum(len(files) for files in library.loaded.values())
        self.stdout.write(f"{files} files, {len(library.keys)} keys, no fault.")

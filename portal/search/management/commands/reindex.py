"""`manage.py reindex [key …]`: the search index made anew, or for these keys."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.search import actions


class Command(BaseCommand):
    help = "Makes the search index anew from all published rows, or brings the given keys up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("keys", nargs="*", help="permanent keys, such as cn-ecl/art-12; all of them when none")

    def handle(self, *args: Any, keys: list[str], **options: Any) -> None:
        start = time.monotonic()
        number = actions.reindex(keys) if keys else actions.reindex_all()
        self.stdout.write(f"{number} entries indexed in {time.monotonic() - start:.1f} s")

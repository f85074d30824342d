"""manage.py prepare: everything that `make run` needs before it serves, in one start of Python."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.demo import actions


class Command(BaseCommand):
    help = "Migrate, load the content library and, in development, make the demonstration data."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_content", stdout=self.stdout, stderr=self.stderr)
        if settings.DEBUG:
            actions.make(progress=self.stdout.write)

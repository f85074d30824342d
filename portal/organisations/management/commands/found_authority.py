"""manage.py found_authority: set up an authority, which nobody can found on the site."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import User
from portal.core.actors import SYSTEM
from portal.core.errors import PortalError
from portal.organisations import actions
from portal.organisations.models import Kind


class Command(BaseCommand):
    help = "Make an organisation of the kind authority; its first owner must have signed up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("authority_key", help="the key under which it publishes, such as authority/cn-mofcom")
        parser.add_argument("owner", help="e-mail address of its first owner")
        parser.add_argument("--country", default="", help="two letters")

    def handle(self, *, name: str, authority_key: str, owner: str, country: str, **options: Any) -> None:
        person = User.objects.filter(email__iexact=owner, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody has signed up with the address {owner}.")
        try:
            row = actions.found(
                name=name,
                kind=Kind.AUTHORITY,
                owner=person,
                by=SYSTEM,
                country=country,
                authority_key=authority_key,
            )
        except PortalError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{row.name} is set up as {row.key}, publishing as {row.authority_key}.")

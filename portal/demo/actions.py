"""Making the demonstration: once, through the same actions as everybody else; a second run adds nothing."""

from collections.abc import Callable
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from portal.accounts.models import User
from portal.controls.models import Authority, Jurisdiction
from portal.core.errors import PortalError
from portal.core.texts import i18n
from portal.demo import assessments, learning, notices, reading
from portal.demo.people import DEMO_AUTHORITY, HOUSES, OPERATOR, PASSWORD, House, Person
from portal.organisations.models import Membership, Organisation
from portal.references import actions as references
from portal.references.models import Address
from portal.search.actions import save
from portal.search.filters import Filters
from portal.search.requests import Query
from portal.updates.actions import follow
from portal.updates.models import Frequency

Progress = Callable[[str], None]


def make(*, progress: Progress) -> None:
    """Organisations, people and their data, where they are not there yet. Development only."""
    if not settings.DEBUG:
        raise PortalError("Demonstration data is made in development only: their password is public.")
    write_accounts()
    if User.objects.filter(email=OPERATOR.email).exists():
        return
    progress("Making the demonstration: organisations, people, assessments, notices, courses")
    with transaction.atomic():
        _authority()
        houses = {house.slug: _house(house) for house in HOUSES}
        _person(OPERATOR, is_staff=True, is_superuser=True)
        _life(houses)


def _life(houses: dict[str, Organisation]) -> None:
    """What these people have done so far."""
    people = {user.email.partition(".")[0]: user for user in User.objects.all()}
    aurora, meridian = houses["aurora-space"], houses["meridian-training"]
    officer, engineering = people["compliance@aurora-space"], people["engineering@aurora-space"]
    owner = people["owner@aurora-space"]
    follow(officer, filters={"jurisdiction": ["xa", "cn", "us"]}, frequency=Frequency.AT_ONCE, by=officer.actor)
    follow(owner, filters={"topic": ["space"]}, frequency=Frequency.WEEKLY, by=owner.actor)
    assessments.make(aurora, owner=owner, officer=officer, contributor=engineering)
    notices.make(
        houses["export-control-office"].authority_key,
        editor=people["editor@export-control-office"].actor,
        publisher=people["publisher@export-control-office"].actor,
    )
    learning.passed(people["sales@aurora-space"], organisation=aurora, by=officer.actor)
    learning.half_way(engineering, organisation=aurora, by=officer.actor)
    reading.make(aurora, officer=officer, people=[officer, owner, people["sales@aurora-space"], engineering])
    query = Query(typed="catch-all", filters=Filters(jurisdiction=("cn", "eu")))
    save(query, name="Catch-all in China and the Union", by=officer)
    trainer = people["trainer@meridian-training"].actor
    learning.failed_once(people["customs@meridian-training"], organisation=meridian, by=trainer)


def write_accounts() -> None:
    """The accounts on one page, for the terminal."""
    lines = [f"Password of all: {PASSWORD}"]
    for house in HOUSES:
        lines += [f"  {person.email:42} {person.role.label}, {house.name}" for person in house.people]
    lines.append(f"  {OPERATOR.email:42} Operator (/administration/)")
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    (Path(settings.VAR_DIR) / "demo-accounts.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _authority() -> None:
    """An authority of a jurisdiction that does not exist, so that no notice seems to be a real one."""
    jurisdiction, _ = Jurisdiction.objects.get_or_create(
        code="xa", defaults={"name": i18n({"en": "Demonstration", "zh-hans": "演示辖区"})}
    )
    name = i18n({"en": "Export Control Office (demonstration)", "zh-hans": "出口管制办公室（演示）"})
    Authority.objects.get_or_create(
        slug=DEMO_AUTHORITY, defaults={"jurisdiction": jurisdiction, "name": name, "short": name}
    )
    references.register(
        [
            Address(
                key="jurisdiction/xa",
                kind="jurisdiction",
                title=jurisdiction.name,
                route="controls:jurisdiction",
                arguments={"code": "xa"},
            ),
            Address(
                key=f"authority/{DEMO_AUTHORITY}",
                kind="authority",
                title=name,
                route="controls:authority",
                arguments={"slug": DEMO_AUTHORITY},
            ),
        ]
    )


def _house(house: House) -> Organisation:
    organisation = Organisation.objects.create(
        slug=house.slug,
        name=house.name,
        kind=house.kind,
        country=house.country,
        authority_key=house.authority_key,
    )
    for person in house.people:
        Membership.objects.create(organisation=organisation, user=_person(person), role=person.role)
    return organisation


def _person(person: Person, *, is_staff: bool = False, is_superuser: bool = False) -> User:
    user = User.objects.create_user(
        person.email,
        PASSWORD,
        name=person.name,
        language=person.language,
        time_zone=person.time_zone,
        is_staff=is_staff,
        is_superuser=is_superuser,
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user

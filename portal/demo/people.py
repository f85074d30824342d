"""Who is there in the demonstration: organisations that do not exist, and roles in place of names."""

from dataclasses import dataclass

from portal.organisations.models import Kind, Role

PASSWORD = "portolan-demo"  # noqa: S105  (shown on the terminal; made in development only)
DEMO_AUTHORITY = "xa-export-control-office"


@dataclass(frozen=True, slots=True)
class Person:
    email: str
    name: str
    role: Role
    language: str = "en"
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class House:
    """An organisation and who works there."""

    slug: str
    name: str
    kind: Kind
    country: str
    people: tuple[Person, ...]
    authority_key: str = ""


HOUSES = (
    House(
        slug="aurora-space",
        name="Aurora Space",
        kind=Kind.FIRM,
        country="CN",
        people=(
            Person("owner@aurora-space.example", "Managing director, Aurora Space", Role.OWNER),
            Person("compliance@aurora-space.example", "Compliance officer, Aurora Space", Role.OFFICER),
            Person("engineering@aurora-space.example", "Engineering lead, Aurora Space", Role.CONTRIBUTOR),
            Person(
                "sales@aurora-space.example",
                "奥罗拉航天销售主管",
                Role.LEARNER,
                language="zh-hans",
                time_zone="Asia/Shanghai",
            ),
            Person("auditor@aurora-space.example", "External auditor, Aurora Space", Role.AUDITOR),
        ),
    ),
    House(
        slug="borealis-launch",
        name="Borealis Launch Services",
        kind=Kind.FIRM,
        country="DE",
        people=(
            Person("owner@borealis-launch.example", "Managing director, Borealis Launch", Role.OWNER),
            Person("compliance@borealis-launch.example", "Compliance officer, Borealis Launch", Role.OFFICER),
        ),
    ),
    House(
        slug="export-control-office",
        name="Export Control Office (demonstration)",
        kind=Kind.AUTHORITY,
        country="",
        authority_key=f"authority/{DEMO_AUTHORITY}",
        people=(
            Person("editor@export-control-office.example", "Notice editor", Role.EDITOR),
            Person("publisher@export-control-office.example", "Head of publications", Role.PUBLISHER),
        ),
    ),
    House(
        slug="meridian-training",
        name="Meridian Training",
        kind=Kind.PROVIDER,
        country="NL",
        people=(
            Person("trainer@meridian-training.example", "Trainer, Meridian", Role.TRAINER),
            Person("customs@meridian-training.example", "Customs officer in training", Role.LEARNER),
        ),
    ),
)
OPERATOR = Person("operator@portal.example", "Portal operator", Role.OWNER)

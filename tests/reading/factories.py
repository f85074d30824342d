"""Requests of a firm, and people who have read or not."""

import datetime as dt
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.core.texts import i18n
from portal.guidance.models import Guideline, GuidelineEdition, GuidelineText
from portal.organisations.models import Organisation
from portal.reading import actions, queries
from portal.reading.models import Acknowledgement, Asked, ReadingRequest
from portal.references.actions import register
from portal.references.models import Address
from portal.references.queries import address

KEY = "guide/end-use"


def make_guideline(slug: str = "end-use", *, number: int = 1, effective_on: dt.date | None = None) -> GuidelineEdition:
    """An edition of a guideline in both languages, with its address."""
    guideline, _made = Guideline.objects.get_or_create(slug=slug)
    edition = GuidelineEdition.objects.create(
        guideline=guideline,
        number=number,
        effective_on=effective_on or dt.date(2026, 1, number),
        published_at=timezone.now(),
    )
    titles = {"en": f"Checks of {slug}", "zh-hans": f"{slug} 核查"}
    for language, title in titles.items():
        GuidelineText.objects.create(
            edition=edition, language=language, title=title, body=f"## Why\n\nWords {number} in {language}."
        )
    register(
        [
            Address(
                key=guideline.key,
                kind="guideline",
                title=i18n(titles),
                route="guidance:guideline",
                arguments={"slug": slug},
            )
        ]
    )
    return edition


def ask(firm: Organisation, officer: User, *, days: int = 14, **more: Any) -> ReadingRequest:
    """A request for the guideline, due in some days."""
    due_on = timezone.localdate() + dt.timedelta(days=days)
    return actions.ask(firm, **{"key": KEY, "due_on": due_on, "by": officer, **more})


def asked_of(person: User) -> Asked:
    """What this person should read first."""
    found = queries.to_read(person).first()
    assert found is not None
    return found


def shown(key: str = KEY, language: str = "en") -> dict[str, str]:
    """What the button's form carries."""
    code, digest = queries.standing(address(key)).shown(language)
    return {"language": code, "digest": digest}


def acknowledge(person: User, language: str = "en") -> Acknowledgement:
    """The person has read it."""
    row = asked_of(person)
    return actions.acknowledge(row, by=person, **shown(row.cycle.request.key, language))


def overdue(request: ReadingRequest, days: int) -> None:
    """As if the day had been some days ago, and asking a month before."""
    due_on = timezone.localdate() - dt.timedelta(days=days)
    earlier = timezone.now() - dt.timedelta(days=days + 30)
    request.cycles.update(due_on=due_on, opened_at=earlier)
    Asked.objects.filter(cycle__request=request).update(due_on=due_on, asked_at=earlier)

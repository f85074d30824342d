"""The words of mails to single people. An app that has something to say registers who composes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from portal.accounts.models import PersonalMail, User
from portal.core.transport import ascii_address


@dataclass(frozen=True, slots=True)
class Letter:
    """What a composer says: a subject, a template without its ending (`emails/courses/enrolled`), its context."""

    subject: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Composer = Callable[[User, Mapping[str, Any]], Letter | None]
"""(person, ids) -> the letter, in the language that is active; None when the person need not, or may not, hear."""

_composers: dict[str, Composer] = {}


def composes(kind: str) -> Callable[[Composer], Composer]:
    """Register a composer of mails of this kind (`app.what-happened`), from a module that ready() imports."""

    def register(composer: Composer) -> Composer:
        _composers[kind] = composer
        return composer

    return register


def is_composed(kind: str) -> bool:
    """Whether anybody composes this kind."""
    return kind in _composers


def url(name: str, **arguments: object) -> str:
    """The whole address of a page, in the language that is active."""
    return settings.SITE_URL + reverse(name, kwargs=arguments)


def compose(row: PersonalMail) -> EmailMultiAlternatives | None:
    """The mail in its reader's language and time zone, from the rows as they are now.

    None when there is nothing to tell any more. UnicodeError for an address that no mail server understands.
    """
    person = row.person
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        letter = _composers[row.kind](person, row.ids)
        if letter is None:
            return None
        subject = one_line(letter.subject)
        context = {
            "subject": subject,
            "person": person,
            "language": person.language,
            "profile_url": url("accounts:profile"),
            "SITE_NAME": settings.SITE_NAME,
            "SITE_URL": settings.SITE_URL,
            **letter.context,
        }
        mail = EmailMultiAlternatives(
            subject,
            render_to_string(f"{letter.template}.txt", context).strip() + "\n",
            to=[ascii_address(person.email)],
            headers={
                "Message-ID": row.message_id,
                "Auto-Submitted": "auto-generated",
                "Content-Language": person.language,
            },
        )
        mail.attach_alternative(render_to_string(f"{letter.template}.html", context), "text/html")
        return mail


def one_line(words: str, most: int = 160) -> str:
    """Words for a subject: no line breaks, and not endless."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"

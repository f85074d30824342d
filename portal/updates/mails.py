"""The words of our mails, in the reader's language."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core import texts
from portal.core.transport import ascii_address
from portal.references.templatetags.kinds import kind_words
from portal.updates import compose
from portal.updates.models import ChangeEvent, Delivery, DigestRun, Frequency, Subscriber, Subscription
from portal.updates.queries import KINDS, Words
from portal.updates.queries import words as all_words

WHOLE = 40  # so many entries are told with their summaries; all the others with their titles


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as a mail tells it."""

    what: str
    kind: str
    title: str
    title_language: str
    summary: str
    summary_language: str
    effective_on: str
    href: str
    why: str


def url(name: str, **arguments: object) -> str:
    """The whole address of a page, in the language that is active."""
    return settings.SITE_URL + reverse(name, kwargs=arguments)


def digest(
    run: DigestRun, told: list[tuple[ChangeEvent, Subscription]], language: str, words: Words
) -> compose.Edition:
    """The mail for everybody who is told the same things, for the same reasons, in the same language."""
    with translation.override(language):
        entries = [_entry(event, subscription, language, words) for event, subscription in sorted(told, key=_order)]
        context = {
            "subject": _subject(run, entries),
            "entries": entries[:WHOLE],
            "more": entries[WHOLE:],
            "count": len(entries),
            "frequency": run.frequency,
            "language": language,
            "changes_url": url("updates:changes"),
            "unsubscribe_url": compose.UNSUBSCRIBE,
            "manage_url": compose.MANAGE,
            "SITE_NAME": settings.SITE_NAME,
            "SITE_URL": settings.SITE_URL,
        }
        return compose.Edition(
            headers={
                "From": settings.DEFAULT_FROM_EMAIL,
                "Subject": str(context["subject"]),
                "Content-Language": language,
                "List-Id": f"{settings.SITE_NAME} <updates.{settings.SITE_HOST}>",
                "Auto-Submitted": "auto-generated",
                "Precedence": "bulk",
            },
            text=render_to_string("emails/updates/digest.txt", context),
            html=render_to_string("emails/updates/digest.html", context),
        )


def own_headers(subscriber: Subscriber, *, message_id: str, unsubscribe: str, at: datetime) -> dict[str, str]:
    """The headers that differ for each reader: RFC 8058 asks for both of the List-Unsubscribe ones."""
    return {
        "To": ascii_address(subscriber.email),
        "Date": compose.date_header(at),
        "Message-ID": message_id,
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@dataclass(frozen=True, slots=True)
class Links:
    """A reader's own links, in one language. Addresses are looked up once; a token takes a place in them."""

    for_delivery: str
    for_visitor: str
    for_account: str

    @classmethod
    def of(cls, language: str) -> "Links":
        with translation.override(language):
            return cls(
                for_delivery=url("updates:unsubscribe", token="TOKEN"),  # noqa: S106
                for_visitor=url("updates:manage", token="TOKEN"),  # noqa: S106
                for_account=url("updates:subscriptions"),
            )

    def unsubscribe(self, delivery: Delivery) -> str:
        """Where this mail's reader stops all mail."""
        return self.for_delivery.replace("TOKEN", delivery.token)

    def manage(self, subscriber: Subscriber) -> str:
        """Where this reader changes what they receive; people with an account sign in for it."""
        return self.for_account if subscriber.user_id else self.for_visitor.replace("TOKEN", subscriber.token)


def send_confirmation(subscription: Subscription, token: str) -> None:
    """Ask the holder of the address whether they want this."""
    subscriber = subscription.subscriber
    language = subscriber.reads_in
    with translation.override(language):
        context = {
            "described": all_words().describe(subscription, language),
            "frequency": subscription.get_asked_frequency_display(),
            "confirm_url": url("updates:confirm", token=token),
            "language": language,
            "SITE_NAME": settings.SITE_NAME,
            "SITE_URL": settings.SITE_URL,
        }
        subject = _("Please confirm: updates from %(site)s") % {"site": settings.SITE_NAME}
        mail = EmailMultiAlternatives(
            subject,
            render_to_string("emails/updates/confirm.txt", context),
            to=[ascii_address(subscriber.email)],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": language},
        )
        mail.attach_alternative(render_to_string("emails/updates/confirm.html", context), "text/html")
        mail.send()


def _order(pair: tuple[ChangeEvent, Subscription]) -> tuple[int, datetime, int]:
    event = pair[0]
    place = KINDS.index(event.kind) if event.kind in KINDS else len(KINDS)
    return place, event.created_at, event.pk


def _entry(event: ChangeEvent, subscription: Subscription, language: str, words: Words) -> Entry:
    title, title_language = texts.pick(event.title, language)
    summary, summary_language = texts.pick(event.summary, language)
    why = " · ".join(words.describe(subscription, language)) or _("everything")
    return Entry(
        what=event.get_what_display(),
        kind=kind_words(event.kind),
        title=" ".join(title.split()),
        title_language=title_language,
        summary=" ".join(summary.split()),
        summary_language=summary_language,
        effective_on=_effective(event),
        href=settings.SITE_URL + event.get_absolute_url(),
        why=_("You follow: %(what)s") % {"what": why},
    )


def _effective(event: ChangeEvent) -> str:
    """When it takes effect; a case's date is when it was decided, which its title and summary tell."""
    if event.effective_on is None or event.kind == "case":
        return ""
    return formats.date_format(event.effective_on, "DATE_FORMAT")


def _subject(run: DigestRun, entries: list[Entry]) -> str:
    count = len(entries)
    if run.frequency == Frequency.AT_ONCE and count == 1:
        words = f"{entries[0].what}: {entries[0].title}"
    else:
        day = formats.date_format(timezone.localdate(run.period_end), "DATE_FORMAT")
        words = ngettext(
            "%(count)s change in export control, %(day)s", "%(count)s changes in export control, %(day)s", count
        ) % {"count": count, "day": day}
    return words if len(words) < 180 else words[:178] + "…"

"""Handing one mail to the mail server, and saying exactly how far it came.

Steps are taken one by one, because only they tell a refusal (certainly not sent) from a broken line after the
words had left (nobody knows).
"""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.utils import parseaddr
from enum import StrEnum
from typing import Any, Protocol, cast

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend


class Fate(StrEnum):
    """How far a mail came. The ledgers of the apps use the same words for their states."""

    PENDING = "pending"
    HANDED_OVER = "handed-over"
    BOUNCED = "bounced"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a delivery ended for now. `PENDING` asks to try again; `lost` says that the connection is gone."""

    fate: Fate
    answer: str = ""
    lost: bool = False
    bounce: bool = False


class Transport(Protocol):
    """A way out for mails."""

    def hand(self, data: bytes, to: str) -> Outcome: ...


@contextmanager
def opened() -> Iterator[Transport]:
    """One connection for a batch. OSError or SMTPException when there is no mail server to be had."""
    connection = get_connection()
    connection.open()
    try:
        yield Smtp(connection) if isinstance(connection, EmailBackend) else Folder(connection)
    finally:
        connection.close()


def ascii_address(address: str) -> str:
    """The address with its domain in the letters that mail servers know. UnicodeError when that cannot be."""
    local, _at, domain = address.rpartition("@")
    local.encode("ascii")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


class Smtp:
    """A mail server."""

    def __init__(self, backend: EmailBackend) -> None:
        self.smtp = cast(smtplib.SMTP, backend.connection)
        self.sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        self.smtp.ehlo_or_helo_if_needed()

    def hand(self, data: bytes, to: str) -> Outcome:
        """Give this mail to the server for one recipient."""
        try:
            refusal = self._envelope(to)
            if refusal is not None:
                self.smtp.rset()
                return refusal
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(Fate.PENDING, _words(error), lost=True)
        try:
            code, words = self.smtp.data(data)
        except smtplib.SMTPDataError as error:  # the server did not want the words: they have not left
            return _temporary_or(Fate.FAILED, error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(Fate.UNCERTAIN, _words(error), lost=True)
        return Outcome(Fate.HANDED_OVER, _said(code, words)) if code == 250 else _temporary_or(Fate.FAILED, code, words)

    def _envelope(self, to: str) -> Outcome | None:
        code, words = self.smtp.mail(self.sender)
        if code != 250:  # our own fault or the server's, never the recipient's
            return Outcome(Fate.PENDING, _said(code, words), lost=code == 421)
        code, words = self.smtp.rcpt(to)
        return None if code in {250, 251} else _recipient(code, words)


class Folder:
    """Any other backend of Django: the mailbox folder of a development start, the list of a test."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend

    def hand(self, data: bytes, to: str) -> Outcome:
        """Keep this mail."""
        self.backend.send_messages([_Ready(data, to)])
        return Outcome(Fate.HANDED_OVER)


class _Ready(EmailMessage):
    """A message that is bytes already."""

    def __init__(self, data: bytes, to: str) -> None:
        super().__init__(to=[to])
        self.parsed = message_from_bytes(data, policy=policy.SMTP)

    def message(self, **_: Any) -> Any:
        return self.parsed


def _recipient(code: int, words: bytes | str) -> Outcome:
    """A refused recipient. Only what says that the mailbox is not there for good counts as a bounce.

    5.1.x and 5.2.1 say that there is no such mailbox, or not any more (RFC 3463); the others speak of full
    mailboxes or of policy, which may be our own relay's and must not suppress everybody. Without such a code
    550, 551 and 553 speak of the mailbox.
    """
    said = _said(code, words)
    if 400 <= code < 500:
        return Outcome(Fate.PENDING, said, lost=code == 421)
    enhanced = said.split()[1] if len(said.split()) > 1 else ""
    if enhanced.startswith("5.") and enhanced.count(".") == 2:
        bounce = enhanced.startswith("5.1.") or enhanced == "5.2.1"
    else:
        bounce = code in {550, 551, 553}
    return Outcome(Fate.BOUNCED if bounce else Fate.FAILED, said, bounce=bounce)


def _temporary_or(final: Fate, code: int, words: bytes | str) -> Outcome:
    return Outcome(Fate.PENDING if 400 <= code < 500 else final, _said(code, words), lost=code == 421)


def _said(code: int, words: bytes | str) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:300]


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]

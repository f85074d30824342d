"""Reading the mails that went to the mailbox folder because no EMAIL_URL is set. Development only."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SEPARATOR = b"-" * 79


def read(path: Path) -> list[EmailMessage]:
    """The mails of one file of Django's file backend, oldest first."""
    parts = [part.strip() for part in path.read_bytes().split(SEPARATOR)]
    return [message_from_bytes(part, policy=policy.default) for part in parts if part]


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """The newest hundred mails, newest first."""
    folder = settings.VAR_DIR / "mail"
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True) if folder.exists() else []
    found = [
        (path.name, number, mail) for path in files[:100] for number, mail in reversed(list(enumerate(read(path))))
    ]
    return render(request, "pages/mails.html", {"mails": found[:100]})


@require_safe
def mail(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One mail: its text, with links that can be followed."""
    path = settings.VAR_DIR / "mail" / Path(name).name
    if path.suffix != ".log" or not path.is_file():
        raise Http404
    messages = read(path)
    if number >= len(messages):
        raise Http404
    text = messages[number].get_body(("plain", "html"))
    content = text.get_content() if isinstance(text, EmailMessage) else ""
    return render(request, "pages/mail.html", {"mail": messages[number], "content": content})

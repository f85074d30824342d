"""One mail for many readers: what is the same for all is encoded once, only a few lines differ.

Building a message costs more than sending it, so an `Edition` keeps its head and bodies as bytes ready for SMTP
and encodes anew only the lines that carry a reader's own links.
"""

import quopri
import secrets
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

# Templates put these where a reader's own links belong; nobody can guess them, so no text can contain them.
UNSUBSCRIBE = f"https://unsubscribe.invalid/{secrets.token_hex(8)}/"
MANAGE = f"https://manage.invalid/{secrets.token_hex(8)}/"


class Edition:
    """The words of one mail, for everybody who gets the same words. `headers` are those that all share."""

    def __init__(self, *, headers: dict[str, str], text: str, html: str) -> None:
        self._boundary = f"=_{secrets.token_hex(16)}"
        self._head = _head(headers)
        self._parts = [(b"text/plain", _pieces(text)), (b"text/html", _pieces(html))]

    def letter(self, *, headers: dict[str, str], unsubscribe: str, manage: str) -> bytes:
        """The whole message for one reader. `headers` are this reader's own, in ASCII."""
        boundary = self._boundary.encode()
        lines = [
            self._head,
            _lines(headers),
            b'Content-Type: multipart/alternative; boundary="',
            boundary,
            b'"\r\n\r\n',
        ]
        for kind, pieces in self._parts:
            lines += [b"--", boundary, b"\r\nContent-Type: ", kind, b'; charset="utf-8"\r\n']
            lines.append(b"Content-Transfer-Encoding: quoted-printable\r\n\r\n")
            lines += [_fill(piece, unsubscribe, manage) for piece in pieces]
        lines += [b"--", boundary, b"--\r\n"]
        return b"".join(lines)


def date_header(moment: datetime) -> str:
    """The value of a Date header."""
    return format_datetime(moment)


def _lines(headers: dict[str, str]) -> bytes:
    """Headers that are ASCII already; a value that would begin a header of its own is refused."""
    if any("\n" in value or "\r" in value for value in headers.values()):
        raise ValueError("A header may not contain a line break.")
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode("ascii")


def _head(headers: dict[str, str]) -> bytes:
    message = EmailMessage(policy=policy.SMTP)
    for name, value in headers.items():
        message[name] = value
    message["MIME-Version"] = "1.0"
    return message.as_bytes().rstrip(b"\r\n") + b"\r\n"


def _pieces(text: str) -> list[bytes | str]:
    """The text in order: encoded runs of lines that are the same for all, and single lines that are not."""
    pieces: list[bytes | str] = []
    same: list[str] = []
    for line in text.splitlines():
        if UNSUBSCRIBE in line or MANAGE in line:
            pieces += [_encode("\n".join(same) + "\n")] if same else []
            pieces.append(line)
            same = []
        else:
            same.append(line)
    return [*pieces, _encode("\n".join(same) + "\n")]


def _fill(piece: bytes | str, unsubscribe: str, manage: str) -> bytes:
    if isinstance(piece, bytes):
        return piece
    return _encode(piece.replace(UNSUBSCRIBE, unsubscribe).replace(MANAGE, manage) + "\n")


def _encode(text: str) -> bytes:
    return quopri.encodestring(text.encode()).replace(b"\n", b"\r\n")

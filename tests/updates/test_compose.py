"""The bytes of a mail: fit for any mail server, whatever the words."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.updates import compose

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=300)


def letter(text: str, subject: str = "Subject") -> bytes:
    edition = compose.Edition(
        headers={"Subject": subject, "From": "Portolan <portal@example.org>"},
        text=f"{text}\n{compose.MANAGE} here\nlast",
        html=f'<p>{text}</p>\n<a href="{compose.UNSUBSCRIBE}">x</a>',
    )
    return edition.letter(
        headers={"To": "reader@example.org"}, unsubscribe="https://site/u/" + "a" * 43, manage="https://site/m"
    )


def body(data: bytes, kind: str) -> str:
    part = message_from_bytes(data, policy=policy.default).get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content())


@given(WORDS)
def test_any_words_arrive_as_they_were(words: str) -> None:
    data = letter(words)
    assert body(data, "plain") == f"{words}\nhttps://site/m here\nlast\n"
    assert f'<a href="https://site/u/{"a" * 43}">x</a>' in body(data, "html")
    assert max(len(line) for line in data.split(b"\r\n")) <= 200
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert data.isascii()


def test_a_long_chinese_subject_is_folded() -> None:
    subject = "关于对部分两用物项实施出口管制的公告" * 8
    data = letter("words", subject)
    assert message_from_bytes(data, policy=policy.default)["Subject"] == subject
    assert max(len(line) for line in data.split(b"\r\n")) <= 200


def test_a_header_cannot_begin_another() -> None:
    edition = compose.Edition(headers={"Subject": "s"}, text="", html="")
    with pytest.raises(ValueError, match="line break"):
        edition.letter(headers={"To": "a@example.org\r\nBcc: b@example.org"}, unsubscribe="", manage="")

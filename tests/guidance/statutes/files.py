"""Files of made-up acts, two versions of each, and what is done with them in tests."""

import datetime as dt
import json
from pathlib import Path

from portal.core.actors import Actor
from portal.guidance import actions
from portal.guidance.models import Instrument, ProvisionText

CORPUS = Path(__file__).parent / "corpus"
BO = Actor("user:7", "Bo")
FIRST, SECOND, THIRD = dt.date(2021, 1, 1), dt.date(2023, 1, 1), dt.date(2025, 1, 1)
SOURCE = actions.Source("Gazette of examples", "Example Office", "https://example.org/gazette", dt.date(2021, 1, 1))
NAMES = ["akoma-1.xml", "chinese-1.md", "ecfr-1.xml", "english-1.md", "formex-1.xml", "yaml-1.yaml"]


def data(name: str) -> bytes:
    return (CORPUS / name).read_bytes()


def take(
    words: bytes | str,
    valid_from: dt.date = FIRST,
    *,
    key: str = "cn-ecl",
    language: str = "en",
    name: str = "act.yaml",
    valid_until: dt.date | None = None,
) -> actions.Outcome:
    """Take a file in as the command does."""
    terms = actions.Terms(Instrument.objects.get(key=key), language, valid_from, valid_until)
    raw = words.encode() if isinstance(words, str) else words
    return actions.take_file(terms, actions.Received(name, raw), SOURCE, by=BO)


def act(**articles: str | None) -> str:
    """A YAML act of articles: `act(a1="words")` is art-1; None leaves one out."""
    lines = ["language: en", "provisions:"]
    for name, words in articles.items():
        number = name.removeprefix("a").replace("_", "-")
        if words is not None:
            lines += [f"  - {{label: art-{number}, number: Article {number}, text: {json.dumps(words)}}}"]
    return "\n".join(lines)


def standing(label: str, key: str = "cn-ecl", language: str = "en") -> list[tuple[str, dt.date, dt.date | None]]:
    """The official texts of a provision as the site shows them now."""
    rows = ProvisionText.objects.filter(
        provision__key=f"{key}/{label}", language=language, kind="official", retired_at=None
    )
    return [(row.body, row.valid_from, row.valid_until) for row in rows.order_by("valid_from")]

"""The real content in the index, and a few pieces for small tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from portal.core import dates
from portal.library import actions as library_actions
from portal.search import actions, parsing, queries
from portal.search.adapters import Wanted, adapter
from portal.search.filters import Filters
from portal.search.models import SearchEntry
from portal.search.sources import Piece

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All of content/, loaded and indexed once for a module; taken away after it."""
    with django_db_blocker.unblock():
        library_actions.load(ROOT / "content")
        yield
        call_command("flush", interactive=False, verbosity=0)


def add(*pieces: Piece) -> None:
    """Put these pieces into the index."""
    actions.add(list(pieces))


def piece(key: str, title: str, body: str = "", **facts: object) -> Piece:
    """A piece in English unless `language` says otherwise."""
    return Piece(**{"key": key, "kind": "term", "language": "en", "title": title, "body": body, **facts})  # type: ignore[arg-type]


def found(typed: str, filters: Filters | None = None, language: str = "en") -> set[str]:
    """The keys (with # and part) of all pages that answer, not only the first ten."""
    question = parsing.widen(parsing.parse(typed), queries.synonyms())
    if question.empty:
        return set()
    wanted = Wanted(question, filters or Filters(), on=dates.today())
    matches = adapter().found(wanted, language=language, limit=1_000_000)
    names = SearchEntry.objects.values_list("fold", "key", "part")
    known = {fold: f"{key}#{part}".rstrip("#") for fold, key, part in names}
    return {known[fold] for _pk, fold, _entry in matches}

"""`manage.py reindex`."""

import pytest
from django.core.management import call_command

from portal.guidance.models import Term
from tests.search.conftest import add, found, piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def term() -> Term:
    return Term.objects.create(slug="x", term={"en": "Example"}, definition={"en": "Words."})


def test_all(term: Term, capsys: pytest.CaptureFixture[str]) -> None:
    add(piece("term/stale", "Stale"))
    call_command("reindex")
    assert found("example") == {"term/x"}
    assert found("stale") == set()
    assert "1 entries indexed" in capsys.readouterr().out


def test_some(term: Term) -> None:
    add(piece("term/other", "Other"))
    call_command("reindex", "term/x")
    assert found("example") == {"term/x"}
    assert found("other") == {"term/other"}

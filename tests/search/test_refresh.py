"""`search.refresh`: after midnight the index says what is good on the new day."""

from pathlib import Path

import pytest
import time_machine
from django.db import DatabaseError
from pytest_django import Settings

from portal.guidance.models import Term
from portal.library import actions as library_actions
from portal.search import actions, tasks
from portal.search.actions import indexing
from portal.search.models import SearchEntry, SearchProfile
from tests.library import little
from tests.search.conftest import add, found, piece

pytestmark = pytest.mark.django_db


def test_a_text_that_takes_effect_is_found_on_its_day(tmp_path: Path) -> None:
    with time_machine.travel("2026-12-31 23:00Z"):
        library_actions.load(little.write(tmp_path / "content"))
        tasks.refresh()
        assert "cn-ecl/art-2" in found('"the old scope"')
        assert found('"the new scope"') == {"cn-ecl/art-2#from-2027-01-01"}
    with time_machine.travel("2027-01-01 00:05Z"):
        tasks.refresh()
        assert "cn-ecl/art-2" in found('"the new scope"')
        assert found('"the old scope"') == set()


def test_it_adds_what_is_missing_and_takes_out_what_is_gone() -> None:
    Term.objects.create(slug="x", term={"en": "Example"}, definition={"en": "Words."})
    add(piece("term/stale", "Stale"))
    assert actions.refresh() == 1
    assert found("example") == {"term/x"}
    assert found("stale") == set()
    assert actions.refresh() == 1


@pytest.mark.django_db(transaction=True)
def test_each_portion_is_committed_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        Term.objects.create(slug=f"t{number}", term={"en": "Example"}, definition={"en": "Words."})
    monkeypatch.setattr(indexing, "BATCH", 2)
    real, portions = indexing._write, []

    def stops_after_one(entries: list[SearchEntry], profiles: list[SearchProfile]) -> None:
        portions.append(len(entries))
        if len(portions) > 1:
            raise DatabaseError("gone")
        real(entries, profiles)

    monkeypatch.setattr(indexing, "_write", stops_after_one)
    with pytest.raises(DatabaseError):
        actions.refresh()
    assert found("example") == {"term/t0", "term/t1"}


def test_beat_knocks_every_night(settings: Settings) -> None:
    knock = settings.CELERY_BEAT_SCHEDULE["refresh-search"]
    assert knock["task"] == tasks.refresh.name
    assert (knock["schedule"].hour, knock["schedule"].day_of_week) == ({0}, set(range(7)))

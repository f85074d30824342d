"""The demonstration is made once, on the real content, in development only."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from portal.accounts.models import User
from portal.assessments.models import Assessment
from portal.core.dates import today
from portal.core.errors import PortalError
from portal.courses.models import Certificate
from portal.demo import actions
from portal.demo.people import HOUSES
from portal.library.actions import load
from portal.notices.models import Notice
from portal.organisations.models import Organisation
from portal.reading.models import Bookmark, Note
from portal.reading.queries import requests_of
from portal.search.models import SavedSearch

pytestmark = pytest.mark.django_db


def silent(words: str) -> None:
    """Progress that nobody watches."""


def test_nothing_is_made_in_production(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(PortalError, match="development only"):
        actions.make(progress=silent)
    assert not User.objects.exists()


def test_it_is_made_once(settings: Settings, tmp_path: Path) -> None:
    settings.DEBUG, settings.VAR_DIR = True, tmp_path
    load(Path(django_settings.CONTENT_DIR))
    actions.make(progress=silent)
    made = (User.objects.count(), Assessment.objects.count(), Notice.objects.count(), Certificate.objects.count())
    assert made == (sum(len(house.people) for house in HOUSES) + 1, 2, 6, 1)
    assert {row.state for row in Assessment.objects.all()} == {"approved", "in_progress"}
    assert {row.state for row in Notice.objects.all()} == {"draft", "in_review", "scheduled", "published", "withdrawn"}
    asked = requests_of(Organisation.objects.get(slug="aurora-space"), on=today())
    assert {(row.key, row.left, row.late) for row in asked} == {
        ("guide/classification", 1, 0),
        ("guide/end-use-checks", 3, 3),
    }
    actions.make(progress=silent)
    assert (asked.count(), Bookmark.objects.count(), Note.objects.count()) == (2, 1, 1)
    assert SavedSearch.objects.count() == 1
    assert made == (
        User.objects.count(),
        Assessment.objects.count(),
        Notice.objects.count(),
        Certificate.objects.count(),
    )
    assert "compliance@aurora-space.example" in (tmp_path / "demo-accounts.txt").read_text(encoding="utf-8")

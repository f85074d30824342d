"""Home: the first minute of a visitor."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client

from portal.core.texts import i18n
from portal.guidance.models import Event
from portal.notices.models import Kind, Notice, State
from portal.pages import queries
from portal.references.models import Address

pytestmark = pytest.mark.django_db


def event(slug: str, day: dt.date, words: str = "Something happened") -> Event:
    text = i18n({"en": words, "zh-hans": f"{words}（中文）"})
    return Event.objects.create(slug=slug, date=day.isoformat(), sort_date=day, actor="x", category="law", text=text)


def test_empty_library_says_so(client: Client) -> None:
    page = client.get("/").content.decode()

    assert "The shelves are still empty" in page
    assert "What changed lately" not in page


def test_three_doors(client: Client) -> None:
    page = client.get("/").content.decode()

    assert 'href="/laws/">Find a rule' in page
    assert 'href="/check/">Check your programme' in page
    assert 'href="/cases/">Learn from cases' in page


def test_counts_and_dates(client: Client, library: Path) -> None:
    page = client.get("/").content.decode()

    laws = Address.objects.filter(kind="instrument").count()
    assert laws > 0
    assert f"<dt>Laws</dt><dd>{laws}</dd>" in page


def test_past_and_coming_are_apart_and_in_order() -> None:
    for number, day in enumerate(["2024-01-01", "2024-03-01", "2024-02-01", "2024-05-01", "2024-04-15"]):
        event(f"e-{number}", dt.date.fromisoformat(day))
    on = dt.date(2024, 3, 1)

    assert [line.date.month for line in queries.recent(on=on)] == [3, 2, 1]
    assert [line.date.isoformat() for line in queries.coming(on=on)] == ["2024-04-15", "2024-05-01"]


def test_notices_stand_among_the_changes_until_they_are_withdrawn(client: Client) -> None:
    event("e", dt.date(2024, 1, 1), "A list grew")
    row = Notice.objects.create(
        authority_key="authority/cn-mofcom",
        slug="cn-mofcom-2024-0001",
        state=State.PUBLISHED,
        kind=next(iter(Kind)),
        title=i18n({"en": "Graphite needs a licence", "zh-hans": "石墨须经许可"}),
        published_at=dt.datetime(2024, 2, 1, tzinfo=dt.UTC),
        effective_on=dt.date(2024, 6, 1),
    )

    assert [line.href for line in queries.recent(on=dt.date(2024, 3, 1))] == [row.get_absolute_url(), ""]
    assert [line.date for line in queries.coming(on=dt.date(2024, 3, 1))] == [dt.date(2024, 6, 1)]
    assert "Graphite needs a licence" in client.get("/").content.decode()
    assert "石墨须经许可" in client.get("/zh-hans/").content.decode()

    Notice.objects.update(withdrawn_on=dt.date(2024, 3, 1))
    assert "Graphite" not in client.get("/").content.decode()


def test_each_language_shows_its_words(client: Client) -> None:
    event("e", dt.date(2024, 1, 1), "A list grew")

    assert "（中文）" not in client.get("/").content.decode()
    assert "A list grew（中文）" in client.get("/zh-hans/").content.decode()


def test_queries_do_not_grow(client: Client, django_assert_num_queries) -> None:
    event("first", dt.date(2024, 1, 1))
    with django_assert_num_queries(6):
        client.get("/")
    for number in range(30):
        event(f"e-{number}", dt.date(2024, 1, 1) + dt.timedelta(days=number))
    with django_assert_num_queries(6):
        client.get("/")


def test_wrong_method(client: Client) -> None:
    assert client.post("/").status_code == 405

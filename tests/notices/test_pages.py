"""What readers see: the list, a notice, the feed."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.dates import today
from portal.notices import actions
from portal.notices.models import Notice
from tests.notices.factories import BO, drafted, in_review, published

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_only_published_notices_are_seen(client: Client) -> None:
    row = published()
    drafted(title={"en": "Secret draft"})
    in_review(title={"en": "Secret review"})
    for path in ["/notices/", "/notices/feed.atom"]:
        text = page(client, path)
        assert "New licence form" in text
        assert "Secret" not in text
    assert client.get("/notices/cn-mofcom-1999-0001/").status_code == 404
    assert "Article 12" in page(client, f"/notices/{row.slug}/")


def test_empty_list(client: Client) -> None:
    assert "No authority has published" in page(client, "/notices/")
    assert "No notice fits" in page(client, "/notices/?kind=guidance")


@pytest.mark.parametrize("path", ["/notices/", "/notices/feed.atom", "/notices/x/"])
def test_wrong_method(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_filters(client: Client) -> None:
    tomorrow = today() + dt.timedelta(days=1)
    published(title={"en": "Alpha"}, kind="consultation", comment_until=tomorrow, topics=("space",))
    published(title={"en": "Beta"}, jurisdictions=("us",))
    year = timezone.now().year
    for query, alpha, beta in [
        ("topic=space", True, False),
        ("jurisdiction=us", False, True),
        ("open=1", True, False),
        ("kind=rule", False, True),
        ("authority=authority/cn-mofcom", True, True),
        ("authority=authority/none", False, False),
        (f"year={year}", True, True),
        ("year=1999", False, False),
        ("year=nonsense", True, True),
    ]:
        text = page(client, f"/notices/?{query}")
        assert ("Alpha" in text, "Beta" in text) == (alpha, beta), query


def test_htmx_gets_the_results_alone(client: Client) -> None:
    published()
    text = client.get("/notices/", headers={"HX-Request": "true"}).content.decode()
    assert "New licence form" in text
    assert "<html" not in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"effective_on": dt.date(2099, 1, 1)}, "Takes effect on 1 January 2099"),
        ({"effective_on": dt.date(2020, 1, 1)}, "In effect"),
        ({"effective_on": None}, "state-neutral"),
        ({"comment_until": dt.date(2099, 1, 1), "comment_to": "ecb@example.org"}, "Comments are taken until"),
        ({"comment_until": dt.date(2020, 1, 1)}, "Comments closed"),
    ],
)
def test_standing_in_words(client: Client, changes: dict[str, object], words: str) -> None:
    assert words in page(client, published(**changes).get_absolute_url())


def test_comments_are_taken_on_the_last_day(client: Client) -> None:
    assert "Comments are taken" in page(client, published(comment_until=today()).get_absolute_url())


def test_withdrawn_corrected_and_replaced(client: Client) -> None:
    row = published()
    actions.correct(row, words={"en": "July, not June."}, by=BO)
    published(title={"en": "The newer one"}, supersedes=row.key)
    actions.withdraw(row, because={"en": "A law took its place."}, by=BO)
    text = page(client, row.get_absolute_url())
    for words in ["July, not June.", "The newer one", "A law took its place.", "Withdrawn on", "adds a form"]:
        assert words in text
    assert "Withdrawn: New licence form" in page(client, "/notices/feed.atom")


def test_chinese(client: Client) -> None:
    row = published()
    text = page(client, f"/zh-hans/notices/{row.slug}/")
    assert "新的许可证表格" in text
    assert 'lang="en" class="other-language"' in text  # the body is in English only


def test_markup_is_harmless(client: Client) -> None:
    row = published(
        title={"en": "<script>alert(1)</script>"}, body={"en": "<img src=x onerror=alert(1)> [a](javascript:x)"}
    )
    text = page(client, row.get_absolute_url())
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert 'href="javascript' not in text


@pytest.mark.parametrize(("path", "title"), [("/notices/feed.atom", "New"), ("/zh-hans/notices/feed.atom", "新的")])
def test_the_feed_is_atom(client: Client, path: str, title: str) -> None:
    row = published()
    answer = client.get(path)
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title").startswith(title)
    assert entry.findtext(f"{ATOM}id") == f"http://localhost:8000/r/{row.key}"
    assert {category.get("term") for category in entry.findall(f"{ATOM}category")} == {"cn", "licensing"}
    assert dt.datetime.fromisoformat(entry.findtext(f"{ATOM}updated"))


@pytest.mark.parametrize("path", ["/notices/", "/notices/feed.atom"])
def test_queries_do_not_grow(client: Client, path: str, django_assert_num_queries) -> None:
    published()
    page(client, path)
    with CaptureQueriesContext(connection) as few:
        page(client, path)
    for _ in range(29):
        published()
    with django_assert_num_queries(len(few)):
        page(client, path)


def test_the_address_resolves(client: Client) -> None:
    row = published()
    assert client.get(f"/r/{row.key}")["Location"].endswith(row.get_absolute_url())
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("path", ["/notices/feed.atom", "/feeds/all.atom", "/zh-hans/feeds/kind/notice.atom"])
def test_words_from_a_word_processor_do_not_break_the_feeds(client: Client, path: str) -> None:
    """One notice with a vertical tab or a stray control character took all feeds away from all readers."""
    published(title={"en": "New\x0bform"}, summary={"en": "Applies\x01 now."})
    answer = client.get(path)
    assert answer.status_code == 200
    assert "New form" in answer.content.decode()


def test_the_card_of_a_notice_says_where_it_stands(client: Client) -> None:
    row = published()
    assert 'class="state' in page(client, f"/r/{row.key}/card")
    actions.withdraw(row, because={"en": "Wrong."}, by=BO)
    assert "Withdrawn" in page(client, f"/r/{row.key}/card")

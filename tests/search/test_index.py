"""The index follows the rows, on either database."""

import datetime as dt

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.cases.models import Case
from portal.controls.models import Jurisdiction
from portal.core.signals import published, withdrawn
from portal.guidance.models import Instrument, Provision, ProvisionText, Term
from portal.notices.models import Notice, State
from portal.search import actions, queries
from portal.search.models import SearchEntry, SearchProfile
from tests.search.conftest import add, found, piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def term() -> Term:
    return Term.objects.create(
        slug="catch-all",
        term={"en": "catch-all", "zh-hans": "全面控制"},
        definition={"en": "Control of unlisted items."},
    )


def test_published_rows_are_found(term: Term) -> None:
    published.send(sender=Term, keys=[term.key], changes=[])
    assert found("unlisted") == {"term/catch-all"}
    assert set(SearchEntry.objects.values_list("language", flat=True)) == {"en", "zh-hans"}


def test_publishing_again_replaces(term: Term) -> None:
    published.send(sender=Term, keys=[term.key], changes=[])
    Term.objects.update(definition={"en": "Another definition."})
    published.send(sender=Term, keys=[term.key], changes=[])
    assert found("unlisted") == set()
    assert found("another") == {"term/catch-all"}
    assert SearchEntry.objects.count() == 2


def test_withdrawn_rows_are_gone(term: Term) -> None:
    published.send(sender=Term, keys=[term.key], changes=[])
    Term.objects.update(withdrawn_on=dt.date(2026, 1, 1))
    withdrawn.send(sender=Term, keys=[term.key], changes=[])
    assert not SearchEntry.objects.exists()
    assert found("catch-all") == set()


def test_other_keys_are_left_alone(term: Term) -> None:
    add(piece("term/other", "Other"))
    published.send(sender=Term, keys=[term.key], changes=[])
    assert found("other") == {"term/other"}


def test_unknown_keys_do_nothing() -> None:
    assert actions.reindex(["term/none", "nobody/knows"]) == 0


def test_all_anew_is_the_same(term: Term) -> None:
    actions.reindex([term.key])
    before = list(SearchEntry.objects.order_by("key", "language").values_list("key", "language", "tokens"))
    actions.reindex_all()
    actions.reindex_all()
    assert list(SearchEntry.objects.order_by("key", "language").values_list("key", "language", "tokens")) == before


def test_a_law_has_its_text_of_today() -> None:
    jurisdiction = Jurisdiction.objects.create(code="xx", name={"en": "Xland"})
    law = Instrument.objects.create(
        key="xx-law", title={"en": "Law of X"}, kind="law", jurisdiction=jurisdiction, in_force=dt.date(2000, 1, 1)
    )
    provision = Provision.objects.create(
        instrument=law, key="xx-law/art-1", label="art-1", number={"en": "Article 1"}, position=1
    )
    spans = [
        ("old", dt.date(2000, 1, 1), dt.date(2010, 1, 1)),
        ("present", dt.date(2010, 1, 1), dt.date(2999, 1, 1)),
        ("coming", dt.date(2999, 1, 1), None),
    ]
    for words, start, end in spans:
        ProvisionText.objects.create(
            provision=provision,
            language="en",
            valid_from=start,
            valid_until=end,
            body=f"{words} wording",
            digest=words,
            recorded_at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
        )
    actions.reindex(["xx-law", "xx-law/art-1"])
    assert SearchEntry.objects.get(key="xx-law/art-1", part="").body == "present wording"
    assert found("present") == {"xx-law/art-1"}
    assert found("old") == set()
    assert found("coming") == {"xx-law/art-1#from-2999-01-01"}
    assert SearchEntry.objects.get(part="from-2999-01-01").state() == "future"
    assert [hit.url for hit in queries.search("coming").hits] == ["/r/xx-law/art-1?on=2999-01-01"]
    assert {row.facts.jurisdictions for row in SearchProfile.objects.all()} == {("xx",)}


def test_a_long_official_text_is_found_by_its_paragraphs() -> None:
    jurisdiction = Jurisdiction.objects.create(code="xx", name={"en": "Xland"})
    law = Instrument.objects.create(key="xx-law", title={"en": "Law of X"}, kind="law", jurisdiction=jurisdiction)
    provision = Provision.objects.create(
        instrument=law, key="xx-law/art-1", label="art-1", number={"en": "Article 1"}, position=1
    )
    paragraphs = [f"Paragraph {number}. " + "Some words of the law. " * 40 for number in range(10)]
    facts = {"language": "en", "valid_from": dt.date(2000, 1, 1), "recorded_at": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)}
    ProvisionText.objects.create(provision=provision, kind="gist", body="Our summary", digest="g", **facts)
    ProvisionText.objects.create(
        provision=provision, kind="official", body="\n\n".join(paragraphs), digest="o", **facts
    )
    actions.reindex(["xx-law/art-1"])
    assert found("summary") == {"xx-law/art-1"}
    assert found('"paragraph 0"') == {"xx-law/art-1#official"}
    hit = queries.search('"paragraph 9"').hits[0]
    assert hit.entry.part == "official-5"
    assert hit.url.endswith("#p-9")


def test_rows_that_stay_the_same_are_not_written(term: Term) -> None:
    actions.reindex([term.key])
    before = dict(SearchEntry.objects.values_list("pk", "since"))
    actions.reindex([term.key])
    actions.reindex_all()
    actions.refresh()
    assert dict(SearchEntry.objects.values_list("pk", "since")) == before
    Term.objects.update(definition={"en": "Other words."})
    actions.reindex([term.key])
    changed = SearchEntry.objects.get(language="en")
    assert changed.pk not in before
    assert changed.since > max(before.values())


def test_other_facts_are_no_news(term: Term) -> None:
    add(piece("term/catch-all", "catch-all", "Control of unlisted items.", weight=0.5))
    before = SearchEntry.objects.get()
    actions.reindex([term.key])
    after = SearchEntry.objects.get(language="en")
    assert (after.weight, after.since) == (1.3, before.since)


def test_a_case_is_found_by_its_lessons() -> None:
    Case.objects.create(
        slug="acme",
        title={"en": "Acme"},
        summary={"en": "Summary"},
        facts={"en": "Facts"},
        date="2020",
        sort_date=dt.date(2020, 1, 1),
        jurisdiction=Jurisdiction.objects.create(code="xx", name={"en": "Xland"}),
        kind="penalty",
        respondents=[{"name": "Acme Gyroscopes"}],
        lessons=[{"en": "Check the forwarder."}],
        items=[{"description": {"en": "A valve"}, "entries": ["us-ccl/2b350"]}],
    )
    actions.reindex(["case/acme"])
    assert found("forwarder") == found("gyroscopes") == found("2B350") == {"case/acme"}


def test_a_notice_is_found_while_it_stands() -> None:
    drafted = {"drafted_by_key": "user/1", "drafted_by": "A", "edited_by_key": "user/1", "edited_by": "A"}
    notice = Notice.objects.create(
        slug="xx-2026-0001", authority_key="authority/xx", kind="rule", state=State.PUBLISHED, **drafted,
        title={"en": "Gyroscopes controlled"}, body={"en": "From **June**."}
    )  # fmt: skip
    Notice.objects.create(authority_key="authority/xx", kind="rule", title={"en": "Secret gyroscopes"}, **drafted)
    actions.reindex_all()
    assert found("gyroscopes") == {"notice/xx-2026-0001"}
    Notice.objects.filter(pk=notice.pk).update(state=State.WITHDRAWN)
    withdrawn.send(sender=Notice, keys=[notice.key], changes=[])
    assert found("gyroscopes") == set()


def test_markup_does_not_part_words() -> None:
    add(piece("term/x", "X", "The **出口**管制 of *dual*-use items, [a link](https://example.org) and `code`."))
    assert SearchEntry.objects.get().body == "The 出口管制 of dual-use items, a link and code."
    assert found("出口管制") == {"term/x"}


def test_long_bodies_are_cut_into_portions() -> None:
    add(piece("term/long", "Long", "\n\n".join(f"Paragraph {number} about exports." for number in range(2000))))
    assert SearchEntry.objects.count() > 5
    assert found('"paragraph 3"') == {"term/long"}
    assert len(found('"paragraph 1999"') - {"term/long"}) == 1


def test_no_phrase_runs_from_title_into_body() -> None:
    add(piece("term/x", "Deemed", "export. 出口"), piece("term/y", "出", "口管制"))
    assert found('"deemed export"') == set()
    assert found("出口") == {"term/x"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from("出口管制海关条例，。 a9A.法律𠀀㐀"), min_size=2, max_size=30), st.data())
def test_every_chinese_substring_finds_its_text(text: str, data: st.DataObject) -> None:
    runs = ["".join(run) for run in _runs(text) if len(run) > 1]
    if not runs:
        return
    run = data.draw(st.sampled_from(runs))
    start = data.draw(st.integers(0, len(run) - 2))
    end = data.draw(st.integers(start + 2, len(run)))
    SearchEntry.objects.all().delete()
    add(piece("term/x", "X", text), piece("term/y", "Y", "别的文字"))
    assert found(run[start:end]) == {"term/x"}


def _runs(text: str) -> list[list[str]]:
    runs: list[list[str]] = [[]]
    for character in text:
        if character in "出口管制海关条例法律𠀀㐀":
            runs[-1].append(character)
        else:
            runs.append([])
    return runs


def test_the_database_keeps_the_index() -> None:
    """A later migration that makes the table anew must make these anew too: see migrations/_index.py."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'search_searchentry'")
            assert {name for (name,) in cursor.fetchall()} == {
                "search_entry_added",
                "search_entry_removed",
                "search_entry_changed",
            }
            cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_entry_facts'")
            assert cursor.fetchone()
        else:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'search_searchentry'")
            assert "search_entry_tokens" in {name for (name,) in cursor.fetchall()}


def test_changes_by_any_way_reach_the_index() -> None:
    add(piece("term/x", "First"))
    SearchEntry.objects.update(tokens="second")
    assert found("first") == set()
    assert found("second") == {"term/x"}
    SearchEntry.objects.all().delete()
    assert found("second") == set()


def test_states() -> None:
    entry = SearchEntry(valid_from=dt.date(2020, 1, 1), valid_until=dt.date(2025, 1, 1))
    days = {dt.date(2019, 1, 1): "future", dt.date(2020, 1, 1): "in_force", dt.date(2025, 1, 1): "repealed"}
    assert {day: entry.state(day) for day in days} == days
    assert SearchEntry(suspended_until=dt.date(2030, 1, 1)).state(dt.date(2029, 1, 1)) == "suspended"
    assert SearchEntry().state(dt.date(2029, 1, 1)) == ""

"""The second clock: what this site showed of a law on a past day."""

import datetime as dt
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.guidance import actions, queries, recording
from portal.guidance.models import Instrument, InstrumentRecord, Provision, ProvisionText
from portal.library import actions as library_actions
from tests.guidance.factories import LAW, add_text, as_if_shown_since, changed, load_changed
from tests.guidance.test_comparison import text, words
from tests.library import little

pytestmark = [pytest.mark.django_db]
OTHER = [
    ("title: {en: Export Control Law", "title: {en: Law of Export Control"),
    ("in_force: 2020-12-01", "in_force: 2020-11-01"),
    ("summary: {en: The framework law.", "summary: {en: A framework."),
    ("number: {en: Article 2,", "number: {en: Article 2 bis,"),
    ("The old scope.", "The corrected scope."),
    ("authority: cn-mofcom\n", ""),
]


# --- Writing ---------------------------------------------------------------------------------------


def test_loading_writes_a_first_record(library: Path) -> None:
    record = InstrumentRecord.objects.get(instrument__key="cn-ecl")
    assert record.facts["title"] == {"en": "Export Control Law", "zh-hans": "出口管制法"}
    assert record.facts["in_force"] == "2020-12-01"
    assert [(row["label"], row["parent"]) for row in record.outline] == [
        ("chapter-1", ""),
        ("art-1", "chapter-1"),
        ("art-2", "chapter-1"),
    ]
    assert (record.changed, record.retired_at) == ({}, None)


def test_loading_again_writes_nothing(library: Path) -> None:
    library_actions.load(library, everything=True)
    assert InstrumentRecord.objects.count() == 2
    assert actions.record(keys=["cn-ecl", "cn-old", "nowhere"], at=timezone.now()) == 0


def test_a_change_is_added_and_the_record_before_retired(library: Path) -> None:
    load_changed(library, *OTHER)
    old, new = InstrumentRecord.objects.filter(instrument__key="cn-ecl")
    assert old.retired_at == new.recorded_at
    assert new.changed == {"facts": ["authority", "in_force", "summary", "title"], "renamed": ["art-2"]}
    assert InstrumentRecord.objects.filter(instrument__key="cn-old").count() == 1


def test_a_text_alone_makes_no_record(library: Path) -> None:
    load_changed(library, ("The old scope.", "The corrected scope."))
    assert InstrumentRecord.objects.filter(instrument__key="cn-ecl").count() == 1


def test_a_provision_taken_out_of_the_file_is_recorded(library: Path) -> None:
    more = "      - {label: art-3, number: {en: Article 3}, texts: [{gist: {en: Short-lived.}}]}\n"
    library_actions.load(little.write(library, **{LAW: little.FILES[LAW] + more}))
    library_actions.load(little.write(library))
    records = [row.changed for row in InstrumentRecord.objects.filter(instrument__key="cn-ecl")]
    assert records == [{}, {"added": ["art-3"]}, {"removed": ["art-3"]}]


def test_a_withdrawn_law_is_recorded(library: Path) -> None:
    (library / "guidance/laws/cn-old.yaml").unlink()
    library_actions.load(library)
    assert [row.changed for row in InstrumentRecord.objects.filter(instrument__key="cn-old")][-1] == {
        "facts": ["withdrawn_on"]
    }


def test_the_migration_writes_the_same_record_as_the_action(library: Path) -> None:
    written = dict(InstrumentRecord.objects.values_list("instrument__key", "digest"))
    InstrumentRecord.objects.all().delete()
    migration = import_module("portal.guidance.migrations.0005_first_records")
    migration.begin(apps, None)
    assert dict(InstrumentRecord.objects.values_list("instrument__key", "digest")) == written
    assert actions.record(keys=list(written), at=timezone.now()) == 0


def test_recording_needs_the_same_queries_for_one_and_for_thirty(library: Path, django_assert_num_queries: Any) -> None:
    Instrument.objects.filter(key="cn-ecl").update(citation="x")
    with django_assert_num_queries(8):
        actions.record(keys=["cn-ecl"], at=timezone.now())
    for number in range(30):
        Instrument.objects.create(
            key=f"x-{number}", title="X", kind="law", jurisdiction=Instrument.objects.all()[0].jurisdiction
        )
    Instrument.objects.update(citation="y")
    keys = list(Instrument.objects.values_list("key", flat=True))
    with django_assert_num_queries(8):
        assert actions.record(keys=keys, at=timezone.now()) == 32


# --- Reading ---------------------------------------------------------------------------------------


@pytest.fixture
def day(library: Path) -> dt.date:
    """A day on which the library was shown as it was before it was changed today."""
    yesterday = as_if_shown_since(9)
    load_changed(library, *OTHER)
    return yesterday


def body(page: str) -> str:
    """What the page says of the provisions; how often they are cited is known for today only."""
    found = words(page.partition('<div class="law">')[2].partition('<section class="provenance"')[0])
    return re.sub(r" cited \d+ times?", "", found)


def test_the_page_of_a_past_day_is_true_in_whole(client: Client, library: Path) -> None:
    path = "/laws/cn-ecl/"
    as_if_shown_since(9)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    before = text(client, f"{path}?on={yesterday}")
    load_changed(library, *[change for change in OTHER if "Article 2" not in change[0]])
    now, then = text(client, path), text(client, f"{path}?shown={yesterday}")
    assert body(then) == body(before)
    assert body(now) != body(before)
    for old in ("Export Control Law</h1>", "The framework law.", "The old scope.", "1 December 2020"):
        assert old in then, old
        assert old not in now, old
    assert "Ministry of Commerce" in then
    assert "Ministry of Commerce" not in now


def test_a_banner_says_what_changed_since(client: Client, day: dt.date) -> None:
    page = words(text(client, f"/laws/cn-ecl/?shown={day}"))
    assert "You see what this site showed on" in page
    assert "authority, date of entry into force, summary, title, 1 heading changed, text of 1 provision." in page
    assert "You see what this site showed" not in text(client, "/laws/cn-ecl/")


def test_the_banner_leads_to_today_and_to_what_changed(client: Client, day: dt.date) -> None:
    page = text(client, f"/laws/cn-ecl/?shown={day}")
    assert f'href="/laws/cn-ecl/?on={day}"' in page
    assert f'href="/laws/cn-ecl/compare/?from={day}&amp;to={day}&amp;from_shown={day}"' in page
    assert 'href="/laws/cn-ecl/record/"' in page


def test_what_did_not_change_since_says_so(client: Client, day: dt.date) -> None:
    assert "It has not changed since." in text(client, f"/laws/cn-old/?shown={day}")
    assert "It has not changed since." in text(client, f"/laws/cn-ecl/art-1/?shown={day}")


def test_a_past_showing_has_its_own_date_of_the_law(client: Client, day: dt.date) -> None:
    assert "The new scope." in text(client, f"/laws/cn-ecl/?shown={day}&on=2027-01-01")
    assert client.get(f"/laws/cn-ecl/?shown={day}").context["here"].on == day


def test_a_provision_of_a_past_day(client: Client, day: dt.date) -> None:
    page = text(client, f"/laws/cn-ecl/art-2/?shown={day}")
    assert "Article 2 Scope" in words(page)
    assert "The old scope." in page
    assert "1 heading changed, text of 1 provision." in words(page)
    assert f'href="/laws/cn-ecl/art-1/?shown={day}"' in page
    assert "Article 2 bis Scope" in words(text(client, "/laws/cn-ecl/art-2/"))


def test_a_provision_that_came_later_was_not_there(client: Client, library: Path) -> None:
    yesterday = as_if_shown_since(9)
    more = "      - {label: art-3, number: {en: Article 3}, texts: [{gist: {en: Late.}}]}\n"
    library_actions.load(little.write(library, **{LAW: little.FILES[LAW] + more}))
    assert client.get("/laws/cn-ecl/art-3/").status_code == 200
    assert client.get(f"/laws/cn-ecl/art-3/?shown={yesterday}").status_code == 404
    page = words(text(client, f"/laws/cn-ecl/?shown={yesterday}"))
    assert "1 provision added, text of 1 provision." in page


@pytest.mark.parametrize("path", ["/laws/cn-ecl/", "/laws/cn-ecl/art-1/", "/zh-hans/laws/cn-ecl/"])
def test_before_the_record_begins_it_is_said_in_words(client: Client, library: Path, path: str) -> None:
    page = text(client, f"{path}?shown=2001-01-01", status=404)
    assert "2001" in page
    assert f"?shown={timezone.localdate()}" in page


def test_what_will_be_shown_is_not_known(client: Client, library: Path) -> None:
    assert "cannot be known yet" in text(client, "/laws/cn-ecl/?shown=2999-01-01", status=400)
    assert "“soon” is not a date" in text(client, "/laws/cn-ecl/?shown=soon", status=400)


def test_a_text_shown_for_a_part_of_a_day_was_not_shown_at_its_end(library: Path) -> None:
    row = add_text("cn-ecl/art-2", "A slip.", since="2020-12-01")
    today = timezone.localdate()
    provisions = list(Provision.objects.filter(key="cn-ecl/art-2"))
    assert ("official", "en") in queries.texts_on(provisions, today, shown=today)[row.provision_id]
    ProvisionText.objects.filter(pk=row.pk).update(retired_at=timezone.now())
    assert ("official", "en") not in queries.texts_on(provisions, today, shown=today)[row.provision_id]
    ProvisionText.objects.filter(pk=row.pk).update(retired_at=queries.end_of(today))
    assert ("official", "en") in queries.texts_on(provisions, today, shown=today)[row.provision_id]


def test_a_past_day_needs_the_same_queries_for_three_and_for_thirty_provisions(
    client: Client, library: Path, django_assert_num_queries: Any
) -> None:
    yesterday = as_if_shown_since(9)
    load_changed(library, *OTHER[:-1])
    with django_assert_num_queries(14):
        client.get(f"/laws/cn-ecl/?shown={yesterday}")
    more = "".join(
        f"      - {{label: art-x{n}, number: {{en: X{n}}}, texts: [{{gist: {{en: 'See [[cn-ecl/art-1]].'}}}}]}}\n"
        for n in range(30)
    )
    library_actions.load(little.write(library, **{LAW: changed(*OTHER[:-1]) + more}))
    as_if_shown_since(2)
    with django_assert_num_queries(14):
        page = client.get(f"/laws/cn-ecl/?shown={yesterday}")
    assert len(page.context["lines"]) == 33


# --- The record history ----------------------------------------------------------------------------


def test_the_record_page_tells_every_change(client: Client, day: dt.date) -> None:
    newest, first = [said for _entry, _day, said in client.get("/laws/cn-ecl/record/").context["rows"]]
    assert first == ["first record", "4 texts added"]
    assert newest == [
        *("authority", "date of entry into force", "summary", "title", "1 heading changed"),
        *("3 texts added", "3 texts taken out of use"),
    ]
    assert f'href="/laws/cn-ecl/?shown={day + dt.timedelta(days=1)}"' in text(client, "/laws/cn-ecl/record/")


def test_the_record_page_is_linked_from_the_pages_of_the_law(client: Client, library: Path) -> None:
    for path in ("/laws/cn-ecl/", "/laws/cn-ecl/art-1/"):
        assert 'href="/laws/cn-ecl/record/"' in text(client, path)


def test_the_record_page_of_no_law(client: Client, library: Path) -> None:
    assert client.get("/laws/nowhere/record/").status_code == 404
    assert client.post("/laws/cn-ecl/record/").status_code == 405
    InstrumentRecord.objects.all().delete()
    ProvisionText.objects.all().delete()
    assert "There is no record of this law yet" in text(client, "/laws/cn-ecl/record/")


def test_the_record_page_needs_the_same_queries_however_long(
    client: Client, library: Path, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):
        client.get("/laws/cn-ecl/record/")
    for number in range(30):
        add_text("cn-ecl/art-1", f"{number}", since=f"20{number + 30}-01-01")
    with django_assert_num_queries(4):
        client.get("/laws/cn-ecl/record/")


# --- What differs ----------------------------------------------------------------------------------


def row(label: str, **changed: object) -> dict[str, object]:
    return {"label": label, "parent": "", "depth": 0, "number": {"en": label}, "heading": {}, **changed}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["a", "b"], ["a", "b"], {}),
        (["a"], ["a", "b"], {"added": ["b"]}),
        (["a", "b", "c"], ["a", "c"], {"removed": ["b"]}),
        (["a", "b"], ["b", "a"], {"moved": ["b", "a"]}),
    ],
)
def test_differences_of_outlines(old: list[str], new: list[str], expected: dict[str, list[str]]) -> None:
    assert recording.differences({}, [row(label) for label in old], {}, [row(label) for label in new]) == expected


def test_differences_of_names_places_and_facts() -> None:
    before, after = [row("a"), row("b")], [row("a", heading={"en": "H"}), row("b", parent="a", depth=1)]
    assert recording.differences({"x": 1, "y": 2}, before, {"x": 1, "z": 3}, after) == {
        "facts": ["y", "z"],
        "renamed": ["a"],
        "moved": ["b"],
    }


@given(st.dictionaries(st.text(max_size=3), st.integers()))
def test_the_digest_does_not_depend_on_the_order_of_keys(facts: dict[str, int]) -> None:
    turned = dict(reversed(facts.items()))
    assert recording.digest(facts, [facts]) == recording.digest(turned, [turned])

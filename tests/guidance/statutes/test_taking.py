"""Official texts come in, change, go and come back: on both clocks, with keys kept."""

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from portal.core.errors import Conflict, PortalError
from portal.core.models import AuditEvent
from portal.guidance import actions, queries, statutes
from portal.guidance.models import InstrumentRecord, IntakeState, Provision, ProvisionText, TextIntake
from portal.guidance.statutes.spans import Span, on, written
from portal.library import actions as library_actions
from portal.references.models import Address
from portal.search.models import SearchEntry
from portal.updates.models import ChangeEvent
from tests.guidance.statutes.files import BO, FIRST, SECOND, SOURCE, THIRD, act, data, standing, take
from tests.library import little

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def order(key: str = "cn-ecl") -> list[str]:
    return list(Provision.objects.filter(instrument__key=key, withdrawn_on=None).values_list("label", flat=True))


def test_a_first_text_comes_in_beside_the_gist() -> None:
    outcome = take(data("chinese-1.md"), language="zh-hans", name="act.md")
    assert outcome.plan.counts == {"added": 7, "changed": 0, "ended": 0, "outline": 4, "unchanged": 0}
    assert standing("art-1", language="zh-hans") == [("为了测试本网站，制定本法。", FIRST, None)]
    one = Provision.objects.get(key="cn-ecl/art-1")
    assert one.texts.filter(kind="gist", retired_at=None).count() == 2
    assert (one.by_import, str(one.number.data["en"])) == (False, "Article 1")
    five = Provision.objects.get(key="cn-ecl/art-5")
    assert five.by_import
    assert five.parent is not None
    assert (five.parent.label, five.depth) == ("chapter-2-section-2", 2)
    assert order() == [
        "chapter-1", "art-1", "art-2", "chapter-2", "chapter-2-section-1", "art-3", "art-4", "chapter-2-section-2",
        "art-5", "art-5-1", "chapter-3", "art-6",
    ]  # fmt: skip


def test_new_provisions_can_be_cited_and_found() -> None:
    take(data("chinese-1.md"), language="zh-hans", name="act.md")
    address = Address.objects.get(key="cn-ecl/art-5-1")
    assert address.title.data == {"zh-hans": "出口管制法第五条之一"}
    assert "临时示例" in address.gist.data["zh-hans"]
    assert SearchEntry.objects.filter(key="cn-ecl/art-5-1", body__contains="临时示例").exists()
    assert Address.objects.get(key="cn-ecl/art-2").title.data["en"] == "ECL, Article 2: Scope"


def test_the_other_language_adds_its_names() -> None:
    take(act(a7="Seven."))
    zh = "language: zh-hans\nprovisions: [{label: art-7, number: 第七条, heading: 记录, text: 七。}]"
    take(zh, language="zh-hans")
    seven = Provision.objects.get(key="cn-ecl/art-7")
    assert seven.number.data == {"en": "Article 7", "zh-hans": "第七条"}
    assert Address.objects.get(key="cn-ecl/art-7").title.data["zh-hans"] == "出口管制法第七条：记录"
    assert Address.objects.get(key="cn-ecl/art-7").gist.data == {"en": "Seven."}
    assert SearchEntry.objects.filter(key="cn-ecl/art-7", language="zh-hans", title__contains="记录").exists()
    take(
        "language: en\nprovisions: [{label: art-7, number: Article 7, heading: Old, text: Older.}]", dt.date(2020, 1, 1)
    )
    seven.refresh_from_db()
    assert seven.heading.data == {"zh-hans": "记录", "en": "Old"}


def test_followers_are_told_once_for_the_law() -> None:
    before = ChangeEvent.objects.count()
    outcome = take(act(a1="One.", a2="Two.", a3="Three."))
    events = list(ChangeEvent.objects.order_by("pk")[before:])
    assert [(event.key, event.what) for event in events] == [("cn-ecl", "changed")]
    assert "3 provisions new" in events[0].summary.data["en"]
    assert events[0].summary.data["zh-hans"]
    last = AuditEvent.objects.first()
    assert last is not None
    assert (last.event, last.target_key, last.details["added"]) == ("text.taken_in", "cn-ecl", 3)
    assert outcome.intake is not None
    assert last.details["intake"] == outcome.intake.pk


def test_a_newer_version_writes_only_what_differs() -> None:
    take(act(a1="One.", a2="Two.", a3="Three."))
    rows = ProvisionText.objects.count()
    outcome = take(act(a1="One.", a2="Two, changed.", a4="Four."), SECOND)
    assert outcome.plan.counts == {"added": 1, "changed": 1, "ended": 1, "outline": 0, "unchanged": 1}
    assert standing("art-1") == [("One.", FIRST, None)]
    assert standing("art-2") == [("Two.", FIRST, SECOND), ("Two, changed.", SECOND, None)]
    assert standing("art-3") == [("Three.", FIRST, SECOND)]
    assert standing("art-4") == [("Four.", SECOND, None)]
    assert ProvisionText.objects.count() == rows + 4  # two spans of art-2, the closed one of art-3, art-4


def test_rows_are_never_edited() -> None:
    take(act(a1="One."))
    old = ProvisionText.objects.get(kind="official")
    take(act(a1="One, changed."), SECOND)
    old.refresh_from_db()
    assert (old.body, old.valid_until) == ("One.", None)
    assert old.retired_at is not None
    # What the site showed before that day of recording can be made again.
    shown = ProvisionText.objects.filter(kind="official", recorded_at__lt=old.retired_at)
    assert [(row.body, row.valid_until) for row in shown] == [("One.", None)]


def test_the_same_file_again_changes_nothing() -> None:
    take(act(a1="One.", a2="Two."))
    rows = list(ProvisionText.objects.values())
    events, told = AuditEvent.objects.count(), ChangeEvent.objects.count()
    outcome = take(act(a1="One.", a2="Two."))
    assert outcome.intake is None
    assert list(ProvisionText.objects.values()) == rows
    assert (AuditEvent.objects.count(), ChangeEvent.objects.count()) == (events, told)
    assert TextIntake.objects.count() == 1


def test_an_unchanged_text_on_a_later_day_is_one_span() -> None:
    take(act(a1="One."))
    outcome = take(act(a1="One."), SECOND)
    assert outcome.intake is not None
    assert standing("art-1") == [("One.", FIRST, None)]


def test_an_older_version_fills_in_behind() -> None:
    take(act(a1="New.", a2="Same."), THIRD)
    take(act(a1="Old.", a2="Same.", a3="Gone since."), FIRST)
    assert standing("art-1") == [("Old.", FIRST, THIRD), ("New.", THIRD, None)]
    assert standing("art-2") == [("Same.", FIRST, None)]
    assert standing("art-3") == [("Gone since.", FIRST, THIRD)]
    take(act(a1="Middle.", a2="Same."), SECOND)
    assert standing("art-1") == [("Old.", FIRST, SECOND), ("Middle.", SECOND, THIRD), ("New.", THIRD, None)]
    assert standing("art-2") == [("Same.", FIRST, None)]
    assert standing("art-3") == [("Gone since.", FIRST, SECOND)]


def test_a_version_in_between_ends_where_the_next_one_speaks() -> None:
    take(act(a1="Same."), FIRST)
    take(act(a1="Same."), THIRD)
    take(act(a1="For a while."), SECOND)
    assert standing("art-1") == [("Same.", FIRST, SECOND), ("For a while.", SECOND, THIRD), ("Same.", THIRD, None)]


def test_a_correction_of_the_same_day_retires_the_wrong_words() -> None:
    take(act(a1="Wrogn."))
    take(act(a1="Later."), SECOND)
    take(act(a1="Right."), FIRST)
    assert standing("art-1") == [("Right.", FIRST, SECOND), ("Later.", SECOND, None)]
    wrong = ProvisionText.objects.filter(body="Wrogn.")
    assert all(row.retired_at is not None for row in wrong)


def test_a_text_with_an_end() -> None:
    take(act(a1="One."))
    take(act(a1="For a year."), SECOND, valid_until=THIRD)
    assert standing("art-1") == [("One.", FIRST, SECOND), ("For a year.", SECOND, THIRD), ("One.", THIRD, None)]


def test_a_text_knows_where_it_comes_from() -> None:
    take(act(a1="One."))
    take(act(a1="One.", a2="Two."), SECOND)
    text = ProvisionText.objects.get(body="One.", retired_at=None)
    assert text.source == {
        "title": "Gazette of examples",
        "publisher": "Example Office",
        "url": "https://example.org/gazette",
        "date": "2021-01-01",
    }
    assert ProvisionText.objects.filter(kind="gist").first().source is None  # type: ignore[union-attr]


def test_readers_see_the_official_text_on_its_days() -> None:
    take(act(a1="One."))
    take(act(a1="One, changed."), SECOND)
    row = queries.provision("cn-ecl", "art-1")

    def words(year: int, kind: str = "official") -> str:
        return queries.texts_on([row], dt.date(year, 12, 2))[row.pk][kind, "en"].body

    assert (words(2022), words(2024)) == ("One.", "One, changed.")
    assert "purpose" in words(2020, "gist")


def test_an_import_and_its_undoing_leave_a_record_of_the_outline() -> None:
    take(act(a7="Seven."))
    intake = TextIntake.objects.get()
    actions.take_back(intake, because="Wrong.", by=BO)
    records = InstrumentRecord.objects.filter(instrument__key="cn-ecl")
    assert [row.changed for row in records] == [{}, {"added": ["art-7"]}, {"removed": ["art-7"]}]


def test_a_reader_sees_where_an_official_text_comes_from(client: Client) -> None:
    take(act(a1="One.", a2="Two."))
    with CaptureQueriesContext(connection) as few:
        page = client.get("/laws/cn-ecl/?on=2024-01-01").content.decode()
    assert page.count("Source: ") == 2
    found = client.get("/api/v1/provisions/cn-ecl/art-1/?on=2024-01-01").json()
    assert found["official"]["en"]["source"]["title"] in page
    take(act(**{f"a{number}": f"Text {number}." for number in range(1, 32)}), SECOND)
    with CaptureQueriesContext(connection) as many:
        client.get("/laws/cn-ecl/?on=2024-01-01")
    assert len(many) == len(few)


# --- Parts of an act ----------------------------------------------------------------------------------------------


def part(number: int, *sections: str) -> str:
    lines = ["language: en", f"scope: [part-{number}]", "provisions:", f"  - label: part-{number}", "    provisions:"]
    return "\n".join([*lines, *(f"      - {{label: {number}.{name}, text: Words of {name}.}}" for name in sections)])


def test_a_file_of_one_part_leaves_the_others_alone() -> None:
    take(part(744, "1", "2"))
    take(part(745, "1"))
    outcome = take(part(744, "1"), SECOND)
    assert outcome.plan.counts["ended"] == 1
    assert standing("744.2") == [("Words of 2.", FIRST, SECOND)]
    assert standing("745.1") == [("Words of 1.", FIRST, None)]
    take(part(745, "1", "3"), THIRD)
    take(part(744, "1", "4"), SECOND)
    assert standing("744.4") == [("Words of 4.", SECOND, None)]  # part 745's day says nothing about part 744


@pytest.mark.parametrize(("name", "key"), [("ecfr", "cn-ecl"), ("akoma", "cn-ecl"), ("formex", "cn-old")])
def test_two_versions_of_each_format(name: str, key: str) -> None:
    take(data(f"{name}-1.xml"), key=key, name=f"{name}.xml")
    outcome = take(data(f"{name}-2.xml"), SECOND, key=key, name=f"{name}.xml")
    assert outcome.plan.counts["changed"] == 1
    changed = next(line.node.label for line in outcome.plan.lines if line.what == "changed")
    assert [(first, end) for _words, first, end in standing(changed, key)] == [(FIRST, SECOND), (SECOND, None)]


# --- The authored library and imports -----------------------------------------------------------------------------


def law(folder: Path, change: str, to: str) -> None:
    path = folder / "guidance/laws/cn-ecl.yaml"
    text = path.read_text(encoding="utf-8")
    assert change in text
    path.write_text(text.replace(change, to), encoding="utf-8")


def test_loading_the_library_keeps_what_only_imports_know(library: Path) -> None:
    take(data("chinese-1.md"), language="zh-hans", name="act.md")
    before, texts = order(), ProvisionText.objects.filter(kind="official", retired_at=None).count()
    law(library, "The purpose; see", "The purpose, in new words; see")
    report = library_actions.load(library)
    assert report.loaded == 1
    assert order() == before
    assert ProvisionText.objects.filter(kind="official", retired_at=None).count() == texts
    assert not Address.objects.exclude(withdrawn_on=None).exists()
    library_actions.load(library, everything=True)
    assert order() == before


def test_a_provision_that_leaves_the_library_stays_for_its_official_text(library: Path) -> None:
    take(act(a2="Two."))
    text = (library / "guidance/laws/cn-ecl.yaml").read_text()
    cut = text[: text.index("      - label: art-2")]
    (library / "guidance/laws/cn-ecl.yaml").write_text(cut.replace("[[cn-ecl/art-2]]", "below"))
    little.write(library, **{"guidance/guidelines/end-use.md": None, "guidance/guidelines/end-use.zh-hans.md": None})
    for name in ["end-use.md", "end-use.zh-hans.md"]:
        (library / "guidance/guidelines" / name).unlink(missing_ok=True)
    path = library / "guidance/laws/cn-ecl.yaml"
    path.write_text(cut.replace("[[cn-ecl/art-2]]", "below"))
    report = library_actions.load(library)
    assert "cn-ecl/art-2" not in report.withdrawn
    two = Provision.objects.get(key="cn-ecl/art-2")
    assert (two.withdrawn_on, two.by_import) == (None, True)
    assert standing("art-2") == [("Two.", FIRST, None)]
    assert Address.objects.get(key="cn-ecl/art-2").withdrawn_on is None


def test_the_library_may_take_over_a_provision_that_came_by_import(library: Path) -> None:
    take(act(a1="One.", a2="Two.", a3="Three."))
    assert Provision.objects.get(key="cn-ecl/art-3").by_import
    more = "\n      - label: art-3\n        number: {en: Article three}\n        texts: [{gist: {en: Ours.}}]\n"
    path = library / "guidance/laws/cn-ecl.yaml"
    path.write_text(path.read_text().rstrip() + more)
    library_actions.load(library)
    three = Provision.objects.get(key="cn-ecl/art-3")
    assert (three.by_import, three.number.data) == (False, {"en": "Article three"})
    assert standing("art-3") == [("Three.", FIRST, None)]


def test_a_finer_outline_goes_in_between(library: Path) -> None:
    """The file knows a section between the chapter and its articles; the library does not."""
    words = """
language: en
provisions:
  - label: chapter-1
    provisions:
      - label: chapter-1-section-1
        number: Section 1
        provisions: [{label: art-1, text: One.}, {label: art-2, text: Two.}]
"""
    take(words)
    two = Provision.objects.select_related("parent").get(key="cn-ecl/art-2")
    assert (two.parent.label, two.depth) == ("chapter-1-section-1", 2)  # type: ignore[union-attr]
    library_actions.load(library, everything=True)
    two.refresh_from_db()
    assert two.parent is not None
    assert (two.parent.label, two.depth) == ("chapter-1-section-1", 2)


# --- Taking back --------------------------------------------------------------------------------------------------


def test_taking_back_puts_everything_as_it_was() -> None:
    take(act(a1="One.", a2="Two."))
    before = {label: standing(label) for label in ["art-1", "art-2"]}
    intake = take(act(a1="One, changed.", a3="Three."), SECOND).intake
    assert intake is not None
    actions.take_back(intake, because="The wrong file.", by=BO)
    assert {label: standing(label) for label in ["art-1", "art-2"]} == before
    assert standing("art-3") == []
    three = Provision.objects.get(key="cn-ecl/art-3")
    assert three.withdrawn_on is not None
    assert Address.objects.get(key="cn-ecl/art-3").withdrawn_on is not None
    assert not SearchEntry.objects.filter(key="cn-ecl/art-3").exists()
    intake.refresh_from_db()
    assert (intake.state, intake.withdrawn_because, intake.withdrawn_by) == ("withdrawn", "The wrong file.", "Bo")
    again = take(act(a1="One, changed.", a3="Three."), SECOND)
    assert again.plan.counts["added"] == 1
    three.refresh_from_db()
    assert three.withdrawn_on is None
    assert Address.objects.get(key="cn-ecl/art-3").withdrawn_on is None


def test_one_after_the_other_can_be_taken_back() -> None:
    first = take(act(a1="One.")).intake
    second = take(act(a1="Two."), SECOND).intake
    assert first is not None
    assert second is not None
    with pytest.raises(Conflict, match="rests on this one"):
        actions.take_back(first, because="x", by=BO)
    actions.take_back(second, because="x", by=BO)
    actions.take_back(first, because="x", by=BO)
    assert standing("art-1") == []
    assert ProvisionText.objects.filter(kind="gist", retired_at=None, provision__label="art-1").count() == 2
    with pytest.raises(Conflict):
        actions.take_back(first, because="x", by=BO)


def test_imports_of_other_parts_do_not_rest_on_one_another() -> None:
    one = take(part(744, "1")).intake
    take(part(745, "1"))
    assert one is not None
    actions.take_back(one, because="x", by=BO)
    assert standing("744.1") == []
    assert standing("745.1") == [("Words of 1.", FIRST, None)]


def test_taking_back_needs_a_reason() -> None:
    intake = take(act(a1="One.")).intake
    assert intake is not None
    with pytest.raises(PortalError, match="Say why"):
        actions.take_back(intake, because=" ", by=BO)


# --- Refusals -----------------------------------------------------------------------------------------------------


def snapshot() -> tuple[int, int, int, int]:
    models = [Provision, ProvisionText, TextIntake, AuditEvent]
    return tuple(model.objects.count() for model in models)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("words", "name", "sentence"),
    [
        (b"PK\x03\x04rest", "act.xml", "ZIP archive"),
        (act(a1="One.") + "\n  - {label: art-1, text: Again.}", "act.yaml", "art-1 stands here twice"),
        (act(a1=""), "act.yaml", "art-1 has no text"),
        ("language: zh-hans\nprovisions: [{label: art-1, text: x}]", "act.yaml", "in the language “zh-hans”"),
        ("provisions: [{label: compare, text: x}]", "act.yaml", "is the address of a page"),
        ("language: fr\nprovisions: [{label: art-1, text: x}]", "act.yaml", "texts are taken in English"),
    ],
)
def test_what_is_refused_writes_nothing(words: bytes | str, name: str, sentence: str) -> None:
    before = snapshot()
    with pytest.raises(statutes.Unreadable, match=sentence):
        take(words, name=name)
    assert snapshot() == before


def test_too_large_a_file(settings) -> None:  # type: ignore[no-untyped-def]
    settings.TEXT_MAX_BYTES = 20
    with pytest.raises(PortalError, match="at most"):
        take(act(a1="One."))


# --- The command --------------------------------------------------------------------------------------------------


def run(path: Path, *more: str) -> None:
    call_command(
        "take_text", str(path), "--instrument", "cn-ecl", "--language", "en", "--valid-from", "2021-01-01",
        "--source-title", SOURCE.title, *more,
    )  # fmt: skip


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "act.yaml"
    path.write_text(act(a1="One.", a2="Two.", a4="Four."))
    run(path, "--dry-run")
    said = capsys.readouterr()
    assert f"{path}:3: added art-1" in said.out
    assert "Would do, YAML: 3 added" in said.out
    assert "After article 2 comes article 4. (warning)" in said.err
    assert not TextIntake.objects.exists()
    run(path)
    assert "Done (import" in capsys.readouterr().out
    run(path)
    assert "Nothing to do" in capsys.readouterr().out
    assert TextIntake.objects.get().by == "Operator, on the command line"


def test_command_refuses_with_every_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "act.yaml"
    path.write_text('provisions:\n  - {label: art-1, text: ""}\n  - {label: art-1, text: x}\n')
    with pytest.raises(CommandError, match=r"2 faults in act\.yaml; nothing was written"):
        run(path)
    said = capsys.readouterr().err
    assert f"{path}:2: art-1 has no text." in said
    assert f"{path}:3: art-1 stands here twice; first in line 2." in said
    with pytest.raises(CommandError, match="There is no law"):
        call_command(
            "take_text", str(path), "--instrument", "nowhere", "--language", "en", "--valid-from", "2021-01-01",
            "--source-title", "x",
        )  # fmt: skip
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "nothing.yaml")


# --- Numbers of queries -------------------------------------------------------------------------------------------


def test_queries_do_not_grow_with_the_act(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    take(act(a1="One.", a2="Two."), key="cn-old")
    with CaptureQueriesContext(connection) as few:
        take(act(a1="One, changed.", a3="Three."), SECOND, key="cn-old")
    take(act(**{f"a{number}": f"Words {number}." for number in range(1, 31)}))
    with django_assert_max_num_queries(len(few) + 4):  # the index writes in portions of its own
        take(act(**{f"a{number}": f"Words {number % 7}." for number in range(9, 39)}), SECOND)


# --- Spans --------------------------------------------------------------------------------------------------------

DAYS = st.integers(0, 12).map(lambda number: dt.date(2020, 1, 1) + dt.timedelta(days=number))
WORDS = st.sampled_from(["a", "b", None])


@given(st.lists(st.tuples(DAYS, st.one_of(st.none(), st.integers(1, 5)), WORDS), max_size=8))
def test_spans_are_what_was_written_last(steps: list[tuple[dt.date, int | None, str | None]]) -> None:
    calendar: dict[dt.date, str | None] = {}
    spans: list[Span] = []
    days = [dt.date(2020, 1, 1) + dt.timedelta(days=number) for number in range(30)]
    for first, length, words in steps:
        end = first + dt.timedelta(days=length) if length else None
        spans = written(spans, first, end, words)
        calendar |= {day: words for day in days if first <= day and (end is None or day < end)}
        assert written(spans, first, end, words) == spans
        assert [on(spans, day) for day in days] == [calendar.get(day) for day in days]
        assert all(a.end is not None and a.end <= b.first for a, b in pairwise(spans))


def test_state_of_an_intake_is_applied() -> None:
    intake = take(act(a1="One.")).intake
    assert intake is not None
    assert (intake.state, intake.lines.count(), intake.counts["added"]) == (IntakeState.APPLIED, 1, 1)

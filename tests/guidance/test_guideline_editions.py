"""Editions of a guideline: several at once, withdrawal with its reason, late translations, what was shown on a day."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from portal.guidance import queries
from portal.guidance.models import Guideline, GuidelineText
from portal.library import actions, checking
from portal.library.shelves import SHELVES
from portal.updates.models import ChangeEvent
from tests.library import little

pytestmark = pytest.mark.django_db

GUIDE, TWIN = "guidance/guidelines/end-use.md", "guidance/guidelines/end-use.zh-hans.md"


def words(number: int, effective_on: str, **changed: str) -> str:
    """The file of an edition; `changed` maps words of the first edition to others."""
    made = little.FILES[GUIDE].replace("edition: 1", f"edition: {number}").replace("2026-01-01", effective_on, 1)
    made = made.replace("Because", f"Because ({number})").replace("First edition.", f"What changed in {number}.")
    for old, new in changed.items():
        made = made.replace(old, new)
    return made


def load(root: Path, day: str, **files: str | None) -> None:
    with time_machine.travel(f"{day} 10:00Z", tick=False):
        actions.load(little.write(root, **files))


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Edition 1 on 10 January, edition 2 (effective in March) on 10 February, edition 3 (in 2999) on 10 March."""
    load(tmp_path, "2026-01-10")
    load(tmp_path, "2026-02-10", **{GUIDE: words(2, "2026-03-01")})
    load(tmp_path, "2026-03-10", **{GUIDE: words(3, "2998-01-01")})
    load(tmp_path, "2026-03-11", **{GUIDE: words(4, "2999-01-01")})
    return tmp_path


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.usefixtures("history")
def test_the_current_edition_announces_all_that_come(client: Client) -> None:
    page = text(client, "/guidelines/end-use/")
    assert "Because (2)" in page
    assert 'Edition 3 takes effect on <time datetime="2998-01-01">' in page
    assert 'Edition 4 takes effect on <time datetime="2999-01-01">' in page


@pytest.mark.usefixtures("history")
def test_an_edition_to_come_says_what_counts_until_then(client: Client) -> None:
    page = text(client, "/guidelines/end-use/3/")
    assert 'This edition takes effect on <time datetime="2998-01-01">' in page
    assert "Until then edition 2 counts." in page


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(("on", "number"), [("2026-01-15", 1), ("2026-03-01", 2), ("2998-06-01", 3), ("2999-06-01", 4)])
def test_a_guideline_can_be_put_on_a_date(client: Client, on: str, number: int) -> None:
    assert f"Edition {number}, effective" in text(client, f"/guidelines/end-use/?on={on}")


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("shown", "number", "chinese"), [("2026-01-10", 1, True), ("2026-02-28", 1, True), ("2026-03-01", 2, False)]
)
def test_what_the_site_showed_on_a_day_comes_back(client: Client, shown: str, number: int, chinese: bool) -> None:
    page = text(client, f"/zh-hans/guidelines/end-use/?shown={shown}")
    assert ("最终用途核查</span>" in page) is chinese
    assert ("Because (2)" in page) is (number == 2)


@pytest.mark.usefixtures("history")
def test_a_day_before_the_site_knew_it_and_a_day_to_come_get_a_sentence(client: Client) -> None:
    assert "did not show this guideline yet" in text(client, "/guidelines/end-use/?shown=2026-01-09", status=404)
    assert "cannot be known yet" in text(client, "/guidelines/end-use/?shown=2999-01-01", status=400)
    assert "is not a date" in text(client, "/guidelines/end-use/?shown=soon", status=400)


@pytest.mark.usefixtures("history")
def test_the_list_of_editions_says_what_changed(client: Client) -> None:
    page = text(client, "/guidelines/end-use/editions/")
    for number in (2, 3, 4):
        assert f"What changed in {number}." in page
    assert page.count("Not yet in effect") == 2
    assert page.count("Earlier edition") == 1
    assert 'published <time datetime="2026-02-10">' in page


@pytest.mark.usefixtures("history")
def test_a_translation_that_is_behind_is_marked_and_linked(client: Client) -> None:
    page = text(client, "/zh-hans/guidelines/end-use/")
    assert "Because (2)" in page
    assert 'href="/zh-hans/guidelines/end-use/1/"' in page


def test_a_translation_may_come_later_and_be_mended(tmp_path: Path) -> None:
    load(tmp_path, "2026-01-10", **{TWIN: None})
    load(tmp_path, "2026-01-20")
    load(tmp_path, "2026-01-30", **{TWIN: little.FILES[TWIN].replace("为什么", "理由")})

    def body(day: int) -> str | None:
        found = queries.editions("end-use", shown=dt.date(2026, 1, day)).listed[0]
        return next((row.body for row in found.texts.all() if row.language == "zh-hans"), None)

    assert body(10) is None
    assert "为什么" in str(body(20))
    assert "理由" in str(body(30))
    assert GuidelineText.objects.filter(language="zh-hans").count() == 1
    assert GuidelineText.ever.filter(language="zh-hans").count() == 2


def test_a_late_translation_of_an_older_edition_goes_to_that_edition(tmp_path: Path, client: Client) -> None:
    load(tmp_path, "2026-01-10", **{TWIN: None})
    load(tmp_path, "2026-02-10", **{GUIDE: words(2, "2026-02-10"), TWIN: little.FILES[TWIN]})
    assert "最终用途核查" in text(client, "/zh-hans/guidelines/end-use/1/")
    assert "Because (2)" in text(client, "/zh-hans/guidelines/end-use/2/")


def test_an_earlier_edition_may_be_kept_as_a_file(tmp_path: Path, client: Client) -> None:
    kept = {"guidance/guidelines/end-use.1.md": little.FILES[GUIDE]}
    kept["guidance/guidelines/end-use.1.zh-hans.md"] = little.FILES[TWIN]
    load(tmp_path, "2026-02-10", **{GUIDE: words(2, "2026-02-10"), TWIN: None, **kept})
    assert "Because (2)" in text(client, "/guidelines/end-use/")
    assert "最终用途核查" in text(client, "/zh-hans/guidelines/end-use/1/")
    load(tmp_path, "2026-02-11")


WITHDRAWN = """changes: First edition.
withdrawn:
  since: {on}
  because: {{en: The rules changed., zh-hans: 规则已变。}}
"""


def withdrawn(on: str, more: str = "") -> str:
    return little.FILES[GUIDE].replace("changes: First edition.\n", WITHDRAWN.format(on=on) + more)


def test_a_withdrawn_guideline_gives_its_reason_everywhere(tmp_path: Path, client: Client) -> None:
    load(tmp_path, "2026-01-10")
    load(tmp_path, "2026-02-10", **{GUIDE: withdrawn("2026-02-01", "superseded_by: term/end-use\n")})
    page = text(client, "/guidelines/end-use/")
    assert 'This guideline was withdrawn on <time datetime="2026-02-01">' in page
    assert "The rules changed." in page
    assert 'href="/glossary/end-use/"' in page
    assert "规则已变。" in text(client, "/zh-hans/guidelines/end-use/")
    assert "The rules changed." in text(client, "/guidelines/").split("1 withdrawn guideline")[1]
    assert "withdrawn" not in text(client, "/guidelines/end-use/?shown=2026-02-09")
    assert ChangeEvent.objects.filter(key="guide/end-use", what="withdrawn").count() == 1


def test_a_withdrawal_to_come_is_told_but_does_not_count_yet(tmp_path: Path, client: Client) -> None:
    load(tmp_path, "2026-01-10", **{GUIDE: withdrawn("2999-02-01")})
    assert "will be withdrawn on" in text(client, "/guidelines/end-use/")
    assert "1 withdrawn guideline" not in text(client, "/guidelines/")


def test_a_file_that_vanishes_keeps_the_reason_it_gave(tmp_path: Path) -> None:
    load(tmp_path, "2026-01-10", **{GUIDE: withdrawn("2026-01-05")})
    load(tmp_path, "2026-02-10", **{GUIDE: None, TWIN: None})
    row = Guideline.objects.get()
    assert row.withdrawn_on == dt.date(2026, 1, 5)
    assert row.standings.count() == 1


SINCE = "withdrawn: {since: 2026-01-01, because: {en: Why}}"
FAULTY = {
    "superseded_by: term/end-use": (GUIDE, "superseded_by", "what is superseded is withdrawn"),
    "withdrawn: {since: 2026-01-01, because: {zh-hans: 原因}}": (GUIDE, "because", "needs a reason in English"),
    "withdrawn: {because: {en: Why}}": (GUIDE, "withdrawn", "missing"),
    f"{SINCE}\nsuperseded_by: guide/end-use": (
        GUIDE,
        "superseded_by",
        "itself",
    ),
    f"{SINCE}\nsuperseded_by: guide/nowhere": (
        GUIDE,
        "superseded_by",
        "nothing",
    ),
    "main_element: cooking": (GUIDE, "main_element", "is not in vocabulary.yaml under elements"),
}


@pytest.mark.parametrize("more", FAULTY)
def test_faulty_front_matter_is_named_with_its_line(tmp_path: Path, more: str) -> None:
    path, field, sentence = FAULTY[more]
    made = little.FILES[GUIDE].replace("as_of: 2026-01-01\n", f"as_of: 2026-01-01\n{more}\n")
    little.write(tmp_path, **{path: made})
    faults = [fault for fault in checking.read(tmp_path, SHELVES).faults if fault.path == path]
    line = next(number for number, row in enumerate(made.splitlines(), 1) if row.startswith(more.splitlines()[-1]))
    assert [fault.line for fault in faults] == [line], field
    assert sentence in faults[0].message


def test_names_and_translations_must_fit_the_edition(tmp_path: Path) -> None:
    little.write(
        tmp_path,
        **{
            "guidance/guidelines/end-use.7.md": little.FILES[GUIDE],
            TWIN: little.FILES[TWIN].replace("edition: 1", "edition: 2"),
        },
    )
    found = {(fault.path, fault.message) for fault in checking.read(tmp_path, SHELVES).faults}
    assert ("guidance/guidelines/end-use.7.md", "the file's name says edition 7") in found
    assert (TWIN, "there is no edition 2 to translate; the newest is 1") in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("effective_on: 2026-01-01", "effective_on: 2026-01-02", "a changed day needs edition 2"),
        ("summary: How", "summary: Why", "a changed text needs edition 2"),
    ],
)
def test_what_is_published_does_not_change(tmp_path: Path, old: str, new: str, said: str) -> None:
    load(tmp_path, "2026-01-10")
    little.write(tmp_path, **{GUIDE: little.FILES[GUIDE].replace(old, new)})
    with pytest.raises(actions.FaultyLibrary) as caught:
        actions.load(tmp_path)
    assert any(said in fault.message for fault in caught.value.faults)


@pytest.mark.usefixtures("history")
def test_a_guideline_needs_the_same_queries_for_one_and_for_four_editions(
    client: Client, django_assert_num_queries: object
) -> None:
    for path in ("/guidelines/end-use/", "/guidelines/end-use/?shown=2026-01-10"):
        client.get(path)
    with django_assert_num_queries(8):  # type: ignore[operator]
        client.get("/guidelines/end-use/")
    with django_assert_num_queries(9):  # type: ignore[operator]
        client.get("/guidelines/end-use/?shown=2026-01-10")


def test_the_list_filters_counts_and_sorts(tmp_path: Path, client: Client, django_assert_num_queries: object) -> None:
    load(tmp_path, "2026-01-10")
    with django_assert_num_queries(5):  # type: ignore[operator]
        client.get("/guidelines/")
    more = {
        f"guidance/guidelines/g{n}.md": words(1, f"2026-01-{n + 1:02}").replace("End-use checks", f"Guide {n:02}")
        for n in range(1, 21)
    }
    more["guidance/guidelines/g1.md"] = more["guidance/guidelines/g1.md"].replace(
        "elements: [end_use_checks]", "elements: [screening]\nmain_element: screening"
    )
    load(tmp_path, "2026-01-11", **more)
    with django_assert_num_queries(5):  # type: ignore[operator]
        response = client.get("/guidelines/")
    groups = response.context["groups"]
    assert [row.text.title for row in groups[0][1]] == ["Guide 01"]
    assert len(groups[1][1]) == 20
    assert {(facet.name, value, n) for facet in response.context["facets"] for value, _label, n in facet.values} == {
        ("topic", "end-use", 21),
        ("element", "end_use_checks", 20),
        ("element", "screening", 1),
        ("jurisdiction", "cn", 21),
    }
    chosen = client.get("/guidelines/?element=screening&topic=end-use&jurisdiction=cn").context
    assert chosen["count"] == 1
    newest = client.get("/guidelines/?sort=newest").context["groups"][1][1]
    assert newest[0].text.title == "Guide 20"


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("path", ["/guidelines/nowhere/editions/", "/guidelines/nowhere/?shown=2026-01-10"])
def test_an_unknown_guideline_is_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("history")
def test_editions_refuse_posts(client: Client) -> None:
    assert client.post("/guidelines/end-use/editions/").status_code == 405


def test_a_guideline_that_only_comes_is_listed_for_readers(tmp_path: Path, client: Client) -> None:
    load(tmp_path, "2026-01-10", **{GUIDE: words(1, "2999-01-01"), TWIN: None})
    assert "End-use checks" in text(client, "/guidelines/")
    assert "This edition takes effect on" in text(client, "/guidelines/end-use/")

"""Loading: whole or nothing, twice the same, vanished things withdrawn, published words kept."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal.cases.models import Case
from portal.core import signals
from portal.core.models import AuditEvent
from portal.guidance.models import Guideline, GuidelineEdition, GuidelineText, Instrument, ProvisionText, Term
from portal.library import actions, checking, fingerprints
from portal.library.models import LoadRun
from portal.references.models import Address, Citation
from tests.library import little

pytestmark = pytest.mark.django_db

LAW = "guidance/laws/cn-ecl.yaml"
GUIDE = "guidance/guidelines/end-use.md"
CASE = "cases/forgings-2025.yaml"


def load(root: Path, **changed: str | None) -> actions.Report:
    return actions.load(little.write(root, **changed))


def test_everything_arrives(tmp_path: Path) -> None:
    report = load(tmp_path)
    assert report.counts["laws"] == 2
    assert Instrument.objects.get(key="cn-ecl").provisions.count() == 3
    assert Case.objects.get().amount == 130000
    assert Address.objects.get(key="cn-ecl/art-2").title.localize("en") == "ECL, Article 2: Scope"
    assert {text.language for text in GuidelineText.objects.all()} == {"en", "zh-hans"}


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path)
    recorded = list(ProvisionText.objects.values_list("pk", "recorded_at"))
    report = load(tmp_path)
    assert (report.loaded, report.withdrawn) == (0, [])
    assert list(ProvisionText.objects.values_list("pk", "recorded_at")) == recorded
    assert LoadRun.objects.count() == 1


def test_loading_everything_again_keeps_texts_and_editions(tmp_path: Path) -> None:
    load(tmp_path)
    before = list(ProvisionText.objects.order_by("pk").values())
    actions.load(tmp_path, everything=True)
    assert list(ProvisionText.objects.order_by("pk").values()) == before
    assert GuidelineEdition.objects.count() == 1


def test_one_fault_and_nothing_is_loaded(tmp_path: Path) -> None:
    broken = little.FILES[CASE].replace("jurisdiction: cn", "jurisdiction: xx")
    with pytest.raises(actions.FaultyLibrary) as caught:
        load(tmp_path, **{CASE: broken})
    assert [fault.path for fault in caught.value.faults] == [CASE]
    assert not Address.objects.exists()


def test_citations_are_rows_with_roles(tmp_path: Path) -> None:
    load(tmp_path)
    rows = set(Citation.objects.filter(target_key="cn-ecl/art-2").values_list("source_key", "role"))
    assert rows == {("guide/end-use", "basis"), ("cn-ecl/art-1", "see-also")}


def test_a_vanished_file_withdraws_its_page(tmp_path: Path) -> None:
    guide = little.FILES[GUIDE].replace(" and [[case/forgings-2025]]", "")
    load(tmp_path, **{GUIDE: guide})
    report = load(tmp_path, **{GUIDE: guide, CASE: None})
    assert report.withdrawn == ["case/forgings-2025"]
    assert Case.objects.get().withdrawn_on is not None
    assert Address.objects.get(key="case/forgings-2025").withdrawn_on is not None
    assert load(tmp_path, **{GUIDE: guide, CASE: None}).withdrawn == []


def test_a_file_that_comes_back_is_there_again(tmp_path: Path) -> None:
    guide = little.FILES[GUIDE].replace(" and [[case/forgings-2025]]", "")
    load(tmp_path, **{GUIDE: guide})
    load(tmp_path, **{GUIDE: guide, CASE: None})
    load(tmp_path, **{GUIDE: guide})
    assert Case.objects.get().withdrawn_on is None
    assert Address.objects.get(key="case/forgings-2025").withdrawn_on is None


def test_a_vanished_provision_is_withdrawn(tmp_path: Path) -> None:
    words = little.FILES[LAW]
    without = words[: words.index("      - label: art-2")].replace("; see [[cn-ecl/art-2]]", "")
    load(tmp_path)
    guide = little.FILES[GUIDE].replace("[[cn-ecl/art-2|the scope]] and ", "").replace("edition: 1", "edition: 2")
    twin = little.FILES["guidance/guidelines/end-use.zh-hans.md"].replace("[[cn-ecl/art-2|适用范围]]", "法律")
    report = load(tmp_path, **{LAW: without, GUIDE: guide, "guidance/guidelines/end-use.zh-hans.md": twin})
    assert report.withdrawn == ["cn-ecl/art-2"]


def test_a_changed_gist_retires_the_old_text(tmp_path: Path) -> None:
    load(tmp_path)
    load(tmp_path, **{LAW: little.FILES[LAW].replace("The old scope.", "The scope as it was.")})
    texts = ProvisionText.objects.filter(provision__label="art-2", valid_from=dt.date(2020, 12, 1))
    assert [(text.body, text.retired_at is None) for text in texts.order_by("pk")] == [
        ("The old scope.", False),
        ("The scope as it was.", True),
    ]


def test_a_text_ends_when_the_next_one_begins(tmp_path: Path) -> None:
    load(tmp_path)
    spans = ProvisionText.objects.filter(provision__label="art-2").values_list("valid_from", "valid_until")
    assert list(spans) == [
        (dt.date(2020, 12, 1), dt.date(2027, 1, 1)),
        (dt.date(2027, 1, 1), None),
    ]


def test_a_published_edition_cannot_be_rewritten(tmp_path: Path) -> None:
    load(tmp_path)
    with pytest.raises(actions.FaultyLibrary) as caught:
        load(tmp_path, **{GUIDE: little.FILES[GUIDE].replace("Because", "Since")})
    fault = caught.value.faults[0]
    assert (fault.path, fault.line) == (GUIDE, 3)
    assert "edition 1 is published; a changed text needs edition 2" in fault.message


def test_a_new_edition_keeps_the_old_one(tmp_path: Path) -> None:
    load(tmp_path)
    second = little.FILES[GUIDE].replace("Because", "Since").replace("edition: 1", "edition: 2")
    load(tmp_path, **{GUIDE: second})
    texts = GuidelineText.objects.filter(language="en").order_by("edition__number")
    assert ["Because" in text.body for text in texts] == [True, False]
    assert Guideline.objects.count() == 1


def test_followers_hear_of_a_new_edition_once(tmp_path: Path) -> None:
    heard: list[signals.Change] = []

    def listen(changes: list[signals.Change], **kwargs: object) -> None:
        heard.extend(changes)

    signals.published.connect(listen)
    try:
        load(tmp_path)
        load(tmp_path)
    finally:
        signals.published.disconnect(listen)
    guides = [change for change in heard if change.kind == "guideline"]
    assert [(change.key, change.what, change.title["zh-hans"]) for change in guides] == [
        ("guide/end-use", "published", "最终用途核查")
    ]


def test_a_run_leaves_an_audit_event(tmp_path: Path) -> None:
    load(tmp_path)
    event = AuditEvent.objects.get(event="library.loaded")
    assert event.actor_key == "library"


def test_the_commands_speak(tmp_path: Path) -> None:
    little.write(tmp_path)
    out = StringIO()
    call_command("check_content", str(tmp_path), stdout=out)
    call_command("load_content", str(tmp_path), stdout=out)
    assert "no fault." in out.getvalue()
    assert "12 files loaded, 0 unchanged, 0 keys withdrawn." in out.getvalue()


def test_the_commands_exit_with_the_faults(tmp_path: Path) -> None:
    little.write(tmp_path, **{CASE: "slug: x\n"})
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("check_content", str(tmp_path), stderr=err)
    with pytest.raises(CommandError, match="nothing was loaded"):
        call_command("load_content", str(tmp_path), stderr=err)
    assert f"{CASE}:1: the field “title” is missing" in err.getvalue()


def test_nothing_is_read_when_nothing_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(tmp_path)
    monkeypatch.setattr(checking, "read", lambda *_: pytest.fail("the files were read"))
    report = actions.load(tmp_path)
    assert (report.loaded, report.unchanged) == (0, 12)


def test_unchanged_files_are_applied_anew_when_the_loaders_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(tmp_path)
    Term.objects.update(to_check=False)
    monkeypatch.setattr(fingerprints, "of_loaders", lambda: "another")
    told: list[object] = []
    signals.published.connect(receiver := lambda changes, **_: told.extend(changes), weak=False)
    assert actions.load(tmp_path).loaded == 12
    signals.published.disconnect(receiver)
    assert not told, "nobody is told of what reads as before"
    assert Term.objects.get(slug="catch-all").to_check
    assert actions.load(tmp_path).loaded == 0


def test_the_loaders_that_count_are_there() -> None:
    """A pattern that matches nothing would let stale rows stand for ever."""
    root = Path(settings.BASE_DIR) / "portal"
    assert all(list(root.glob(pattern)) for pattern in fingerprints.LOADERS)

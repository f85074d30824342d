"""Every fault of the authored library is found without a database, with its file and its line."""

from pathlib import Path

import pytest

from portal.library import checking
from portal.library.shelves import SHELVES
from tests.library import little

LAW = "guidance/laws/cn-ecl.yaml"
GUIDE = "guidance/guidelines/end-use.md"
CASE = "cases/forgings-2025.yaml"


def faults(root: Path, **changed: str | None) -> list[str]:
    return [str(fault) for fault in checking.read(little.write(root, **changed), SHELVES).faults]


def line_of(path: str, words: str) -> int:
    lines = little.FILES[path].lstrip("\n").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_a_sound_library_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (CASE, "jurisdiction: cn", "jurisdiction: xx", "nothing has the key “jurisdiction/xx”"),
        (CASE, "discovery: audit", "discovery: luck", "“luck” is not in vocabulary.yaml under discovery"),
        (CASE, 'date: "2025-03"', 'date: "March"', "date: “March” is not a year, a month or a day"),
        (CASE, "space_related: true", "spaced: true", "there is no field “spaced”; see docs/writing-content.md"),
        (LAW, "[[cn-ecl/art-2]]", "[[cn-ecl/art-99]]", "nothing has the key “cn-ecl/art-99”"),
        (GUIDE, "[[case/forgings-2025]]", "[[case/nowhere]]", "nothing has the key “case/nowhere”"),
        (GUIDE, "edition: 1", "edition: one", "edition: Input should be a valid integer"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, path: str, old: str, new: str, message: str) -> None:
    broken = little.FILES[path].replace(old, new, 1)
    found = [line for line in faults(tmp_path, **{path: broken}) if line.startswith(path)]
    assert len(found) == 1
    assert found[0].startswith(f"{path}:{line_of(path, old)}: ")
    assert message in found[0]


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        **{
            CASE: little.FILES[CASE].replace("discovery: audit", "discovery: luck"),
            LAW: little.FILES[LAW].replace("kind: law", "kind: rumour"),
        },
    )
    assert [line.split(":")[0] for line in found] == [CASE, LAW]


def test_a_field_given_twice_is_a_fault(tmp_path: Path) -> None:
    found = faults(tmp_path, **{CASE: little.FILES[CASE] + "kind: administrative_penalty\n"})
    assert "the field “kind” stands here twice" in found[0]


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    found = faults(tmp_path, **{LAW: little.FILES[LAW].replace("kind: law\n", "")})
    assert any("the field “kind” is missing" in line for line in found)


def test_a_key_given_twice_is_a_fault(tmp_path: Path) -> None:
    found = faults(tmp_path, **{"cases/copy.yaml": little.FILES[CASE]})
    assert any("the key “case/forgings-2025” is also given in" in line for line in found)


def test_yaml_that_does_not_parse_is_a_fault_with_its_line(tmp_path: Path) -> None:
    found = faults(tmp_path, **{"controls/regimes/mtcr.yaml": "slug: mtcr\nname: [unclosed\n"})
    assert any(line.startswith("controls/regimes/mtcr.yaml:3: not readable as YAML") for line in found)


def test_a_file_that_is_not_utf8_is_a_fault(tmp_path: Path) -> None:
    little.write(tmp_path)
    (tmp_path / CASE).write_bytes(b"slug: x\ntitle: caf\xe9\n")
    found = [str(fault) for fault in checking.read(tmp_path, SHELVES).faults]
    assert f"{CASE}:2: the file is not UTF-8" in found


def test_markdown_without_front_matter_is_a_fault(tmp_path: Path) -> None:
    found = faults(tmp_path, **{GUIDE: "# Just words\n"})
    assert f"{GUIDE}:1: a Markdown file begins with front matter between two lines of ---" in found


def test_a_stray_file_is_a_fault(tmp_path: Path) -> None:
    found = faults(tmp_path, **{"cases/notes.txt": "remember"})
    assert found == ["cases/notes.txt:1: no kind of content has files here by this name"]


def test_a_dead_key_in_a_translation_is_found_in_its_own_file(tmp_path: Path) -> None:
    twin = "guidance/guidelines/end-use.zh-hans.md"
    found = faults(tmp_path, **{twin: little.FILES[twin].replace("cn-ecl/art-2", "cn-ecl/art-3")})
    assert found[0].startswith(f"{twin}:8: nothing has the key “cn-ecl/art-3”")

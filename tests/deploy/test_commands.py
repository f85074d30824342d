"""The lock files and the commands that read them."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from benchmarks import __main__ as bench
from deploy import bootstrap, check, lock
from deploy.translations import untranslated

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ["base.txt", "dev.txt", "uv.txt"]


def pins(name: str) -> dict[str, str]:
    """Package and version of each line of a lock."""
    text = (ROOT / "requirements" / name).read_text()
    return dict(re.findall(r"(?m)^([a-z0-9._-]+)==([^\s;\\]+)", text))


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_hashes_and_no_index_is_named(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    entries = re.split(r"(?m)^(?=[a-z0-9])", text)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert lock.HOST.search(text) is None


def test_development_runs_what_production_runs() -> None:
    base, dev = pins("base.txt"), pins("dev.txt")
    assert {name: dev.get(name) for name in base} == base


@pytest.mark.parametrize("words", ["--index-url x", "--extra-index-url x", "a @ https://x/y.whl", "file:///opt"])
def test_the_name_of_an_index_would_be_found(words: str) -> None:
    assert lock.HOST.search(words)


def test_without_python_the_makefile_says_what_to_do(tmp_path: Path) -> None:
    script = ROOT / "deploy" / "python"
    done = subprocess.run(
        ["/bin/sh", script, "-V"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr


def test_a_python_that_is_too_old_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3.12").write_text('#!/bin/sh\necho "newer $*"\n')
    for name in ("python3", "python3.12"):
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", ROOT / "deploy" / "python", "x.py"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "newer x.py\n"


def test_a_changed_lock_is_installed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "REQUIREMENTS", tmp_path)
    monkeypatch.setattr(bootstrap, "STAMPS", tmp_path)
    (tmp_path / "dev.txt").write_text("a==1\n")
    assert not bootstrap.installed("dev")
    (tmp_path / "dev").write_text(bootstrap.digest(tmp_path / "dev.txt"))
    assert bootstrap.installed("dev")
    (tmp_path / "dev.txt").write_text("a==2\n")
    assert not bootstrap.installed("dev")


def test_without_network_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lock_file = tmp_path / "base.txt"
    lock_file.write_text("surely-not-there==1 --hash=sha256:" + "0" * 64 + "\n")
    monkeypatch.setitem(os.environ, "PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setitem(os.environ, "PIP_RETRIES", "0")
    monkeypatch.setitem(os.environ, "PIP_CONFIG_FILE", os.devnull)
    with pytest.raises(bootstrap.Refusal, match="the package index was not reached"):
        bootstrap.pip(lock_file)


def test_an_unknown_step_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(["lint", "nonsense"]) == 2
    assert "No such step: nonsense" in capsys.readouterr().out


def test_what_counts_as_translated() -> None:
    from babel.messages.catalog import Message

    assert untranslated(Message("Rule", ""))
    assert untranslated(Message("Rule", "规则", flags=["fuzzy"]))
    assert untranslated(Message(("one", "many"), ("一", "")))
    assert not untranslated(Message("Rule", "规则"))
    assert not untranslated(Message("", ""))


def test_make_bench_names_its_benchmarks_and_fails_when_one_breaks_down(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert bench.NAMES == ["digest", "pages", "redline", "search", "statutes"]
    assert bench.main(["unknown"]) == 2
    assert "digest, pages, redline, search" in capfd.readouterr().err
    monkeypatch.setattr(bench, "NAMES", ["unknown"])
    assert bench.main([]) == 1
    assert "Broken: unknown" in capfd.readouterr().err
    monkeypatch.undo()
    assert bench.main(["search", "--help"]) == 0
    assert "--rows" in capfd.readouterr().out

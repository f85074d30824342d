"""Everything that must be green before a change goes in, step by step, each with its time.

    python -m deploy.check [step …]

All steps run even when an early one fails; the list at the end says which. Exit state 1 if any failed.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
DEVELOPMENT = {"DEBUG": "true"}
PRODUCTION = {
    "DATABASE_URL": "postgres://portal@localhost/portal",  # nobody connects: the check reads settings only
    "DEBUG": "false",
    "SECRET_KEY": "only-for-the-check-" + "-".join(map(str, range(1, 40))),
    "SITE_URL": "https://portal.example.org",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}
MANAGE = [PYTHON, "manage.py"]
SUITE = [PYTHON, "-m", "deploy.suite"]

Step = tuple[str, list[str], dict[str, str]]
STEPS: dict[str, Step] = {
    "format": ("ruff format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."], {}),
    "lint": ("ruff check", [PYTHON, "-m", "ruff", "check", "."], {}),
    "templates": ("djlint", [PYTHON, "-m", "djlint", "templates", "--lint", "--quiet"], {}),
    "types": ("mypy --strict", [PYTHON, "-m", "mypy"], DEVELOPMENT),
    "imports": (
        "import directions",
        [PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        DEVELOPMENT,
    ),
    "migrations": (
        "migrations complete",
        [*MANAGE, "makemigrations", "--check", "--dry-run"],
        DEVELOPMENT,
    ),
    "deploy": (
        "production settings",
        [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        PRODUCTION,
    ),
    "content": ("content", [*MANAGE, "check_content"], DEVELOPMENT),
    "translations": ("translations", [PYTHON, "-m", "deploy.translations", "check"], DEVELOPMENT),
    "test": ("tests on SQLite", SUITE, {}),
    "postgres-test": ("tests on PostgreSQL", [*SUITE, "--postgres"], {}),
    "e2e": ("browser tests", [*SUITE, "--e2e"], {}),
}


def main(chosen: Sequence[str]) -> int:
    """Run the chosen steps (all, when none is named; `-name` leaves one out); the exit state."""
    left_out = {name[1:] for name in chosen if name.startswith("-")}
    wanted = [name for name in chosen if not name.startswith("-")] or list(STEPS)
    if unknown := ({*wanted} | left_out) - STEPS.keys():
        print(f"No such step: {', '.join(sorted(unknown))}. There are: {', '.join(STEPS)}.")
        return 2
    results = [(name, *run(name)) for name in wanted if name not in left_out]
    print()
    for name, well, seconds in results:
        print(f"{'passed' if well else 'FAILED'}  {STEPS[name][0]:<22} {seconds:6.1f} s", flush=True)
    return 0 if all(well for _name, well, _seconds in results) else 1


def run(name: str) -> tuple[bool, float]:
    """Run one step; whether it passed, and its seconds."""
    title, command, environment = STEPS[name]
    print(f"\n=== {title}", flush=True)
    started = time.monotonic()
    with TemporaryDirectory() as var:  # no step reads or needs the data of a developer
        child = {**os.environ, "VAR_DIR": var, **environment}
        done = subprocess.run(command, cwd=ROOT, env=child, check=False)
    return done.returncode == 0, time.monotonic() - started


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

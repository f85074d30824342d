"""The words of the interface: collect them, compile them, and find those without a Chinese translation.

    python -m deploy.translations compile | collect | check

`collect` needs Debian's package gettext; `compile` needs nothing but Babel.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "portal" / "locale"
TRANSLATED = ["zh_Hans"]


def compile_all() -> None:
    """Write the django.mo beside each django.po."""
    for source in LOCALE.glob("*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo.new")
        with target.open("wb") as out:
            write_mo(out, catalogue(source))
        target.rename(source.with_suffix(".mo"))


def collect() -> None:
    """Bring each django.po up to date with the words in templates and Python, without line numbers."""
    if not shutil.which("xgettext"):
        sys.exit("Collecting the words needs gettext (on Debian and Ubuntu: sudo apt install gettext).")
    LOCALE.mkdir(exist_ok=True)
    ignored = [
        ".venv",
        "var",
        "content",
        "tests",
        "docs",
        "benchmarks",
        "deploy",
        "staticfiles",
        "node_modules",
    ]
    command = [sys.executable, "manage.py", "makemessages", "--no-location", "--no-obsolete"]
    for language in TRANSLATED:
        command += ["--locale", language]
    for name in ignored:
        command += ["--ignore", name]
    environment = {**os.environ, "DEBUG": "true"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def check() -> None:
    """Exit with the list of words that have no translation; the files stay as they are."""
    missing: list[str] = []
    for language in TRANSLATED:
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        before = path.read_bytes() if path.exists() else None
        try:
            collect()
            missing += [f"{language}: {words(message)}" for message in catalogue(path) if untranslated(message)]
        finally:
            if before is not None:
                path.write_bytes(before)
            else:
                path.unlink(missing_ok=True)
    if missing:
        sys.exit(f"{len(missing)} without a translation (make messages, then translate):\n" + "\n".join(missing))


def untranslated(message: Message) -> bool:
    """Whether a message has no translation, only part of one, or one that awaits a look."""
    if not message.id:
        return False
    given = message.string if isinstance(message.string, list | tuple) else [message.string]
    return message.fuzzy or not all(given)


def words(message: Message) -> str:
    """The source words of a message, on one line."""
    source = message.id if isinstance(message.id, str) else message.id[-1]
    return " ".join(str(source).split())


def catalogue(path: Path) -> Catalog:
    """The messages of a file."""
    with path.open("rb") as source:
        return read_po(source)


COMMANDS = {"compile": compile_all, "collect": collect, "check": check}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]]()

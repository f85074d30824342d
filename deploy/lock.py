"""Writes requirements/: every package of pyproject.toml with its version and hashes, for all platforms.

python -m deploy.lock [--upgrade]
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
HEADER = "# Written by `make lock`. Do not edit: change pyproject.toml and write it anew.\n"
HOST = re.compile(r"https?://|--(extra-)?index-url|--find-links|file:")


def main(arguments: list[str]) -> None:
    """Lock uv itself, what runs, and what develops; the last takes the versions of the one before."""
    REQUIREMENTS.mkdir(exist_ok=True)
    compile_lock("uv.txt", ["-"], arguments, stdin="uv\n")
    compile_lock("base.txt", ["pyproject.toml"], arguments)
    compile_lock("dev.txt", ["pyproject.toml", "--group", "dev", "-c", "requirements/base.txt"], arguments)


def compile_lock(name: str, sources: list[str], arguments: list[str], stdin: str = "") -> None:
    """One file. Exits with a sentence when the address of a package index would stand in it."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].lstrip(">=")
    path = REQUIREMENTS / name
    old = path.read_text() if path.exists() else ""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes", "--no-header"]
    command += [
        "--no-emit-index-url",
        "--universal",
        "-p",
        version,
        *sources,
        "-o",
        str(path.relative_to(ROOT)),
    ]
    subprocess.run([*command, *arguments], cwd=ROOT, input=stdin, text=True, check=True)
    text = path.read_text()
    if found := HOST.search(text):
        path.write_text(old)
        sys.exit(f"requirements/{name} would name a package index (“{found[0]}”); nothing was written.")
    path.write_text(HEADER + text.removeprefix(HEADER))


if __name__ == "__main__":
    main(sys.argv[1:])

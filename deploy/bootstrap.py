"""Makes `.venv` what the lock file says, and compiles the translations. Standard library only.

    deploy/python deploy/bootstrap.py base|dev

Does nothing, in a tenth of a second, when nothing changed.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "locks"
REQUIREMENTS = ROOT / "requirements"


class Refusal(Exception):
    """Something is missing; the message is the sentence that helps."""


def main(wanted: str) -> None:
    """Bring `.venv` to the lock `base` or `dev`; `dev` holds all of `base`."""
    make_environment()
    if not installed(wanted):
        install(wanted)
    compile_translations()


def make_environment() -> None:
    """Create `.venv` unless a working one is there."""
    if PYTHON.exists() and runs([PYTHON, "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]):
        return
    say("Creating .venv …")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        if "ensurepip" in made.stdout + made.stderr:
            raise Refusal(
                "Python's venv module is not complete on this machine. "
                "Install it (on Debian and Ubuntu: sudo apt install python3-venv) and try again."
            )
        raise Refusal(f"A virtual environment could not be made in {VENV}:\n{made.stdout}{made.stderr}")


def installed(name: str) -> bool:
    """Whether the lock file is the one that was installed last."""
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == digest(REQUIREMENTS / f"{name}.txt")


def install(name: str) -> None:
    """Install a lock file, each package checked against its hash: with uv if it can be had, else with pip."""
    lock = REQUIREMENTS / f"{name}.txt"
    say(f"Installing what requirements/{name}.txt names …")
    for stamp in ("base", "dev"):
        (STAMPS / stamp).unlink(missing_ok=True)
    if not (have_uv() and uv(lock)):
        pip(lock)
    STAMPS.mkdir(exist_ok=True)
    for done in {"base", name}:
        (STAMPS / done).write_text(digest(REQUIREMENTS / f"{done}.txt"))


def have_uv() -> bool:
    """Whether uv, of the version that is locked, is in `.venv` or could be put there."""
    if runs([PYTHON, "-m", "uv", "--version"]):
        return True
    return runs([*PIP, "--only-binary", ":all:", "--retries", "1", "-r", REQUIREMENTS / "uv.txt"])


def uv(lock: Path) -> bool:
    """Install with uv; False when it did not work, and pip shall try."""
    return runs([PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", lock])


def pip(lock: Path) -> None:
    """Install with pip. Refusal with a sentence when the package index cannot be reached."""
    done = subprocess.run([*PIP, "-r", lock], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    words = done.stdout + done.stderr
    if any(sign in words for sign in NO_NETWORK):
        raise Refusal(
            "The packages could not be fetched: the package index was not reached. Check the network (and "
            "PIP_INDEX_URL or HTTPS_PROXY if this machine needs them), then run the same command again; "
            "what was fetched already is kept."
        )
    raise Refusal(f"The packages of {lock.relative_to(ROOT)} could not be installed:\n{words[-3000:]}")


PIP: list[str | Path] = [
    PYTHON,
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--require-hashes",
]
NO_NETWORK = (
    "NewConnectionError",
    "Max retries exceeded",
    "Temporary failure in name resolution",
    "ConnectTimeoutError",
    "Network is unreachable",
    "No matching distribution found",
)


def compile_translations() -> None:
    """Compile each django.po that is newer than its django.mo."""
    sources = (ROOT / "portal" / "locale").glob("*/LC_MESSAGES/django.po")
    if any(newer(source, source.with_suffix(".mo")) for source in sources):
        subprocess.run([PYTHON, "-m", "deploy.translations", "compile"], cwd=ROOT, check=True)


def newer(source: Path, target: Path) -> bool:
    """Whether the target is missing or older than its source."""
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def digest(path: Path) -> str:
    """What the stamp says: the hash of the lock file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def runs(command: list[str | Path]) -> bool:
    """Whether a command ends well; its words are not shown."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def say(words: str) -> None:
    """Tell the person at the terminal."""
    print(words, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("UV_LINK_MODE", "copy")  # the cache may lie on another disk
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "base")
    except Refusal as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit("Stopped. Run the same command again to go on.")

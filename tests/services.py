"""Real services for tests: a worker process and a mail server."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection
from redis import Redis

from deploy.services import free_port

ROOT = Path(__file__).resolve().parent.parent


def wait_for(condition: Callable[[], Any], *, seconds: float = 20, what: object = "the condition") -> Any:
    """The first true value of `condition`; AssertionError after `seconds` that names `what`."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            words = what() if callable(what) else what
            raise AssertionError(f"Waited {seconds:.0f} s for {words}")
        time.sleep(0.02)
    return found


class Worker:
    """A Celery worker process that can be waited for, killed in the middle of its work, and started again."""

    def __init__(self, home: Path, redis_url: str, smtp_port: int) -> None:
        self.log = home / "worker.log"
        self.ready = home / "worker.ready"
        self.home, self.redis_url, self.smtp_port = home, redis_url, smtp_port
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, **environment: str) -> None:
        """Start it unless it runs, and return when it takes tasks. `environment` is added to its own."""
        if self.process is not None and self.process.poll() is None:
            if not environment:
                return
            self.kill()
        self.ready.unlink(missing_ok=True)
        command = [sys.executable, "-m", "celery", "-A", "tests.celery_app", "--quiet", "worker"]
        command += ["--pool", "solo", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment() | environment, stdout=log, stderr=subprocess.STDOUT
            )
        wait_for(lambda: self.ready.exists() or self.process_ended(), seconds=40, what=self.words)
        assert not self.process_ended(), self.words()

    def environment(self) -> dict[str, str]:
        """What the worker sees: the test's database, Redis and mail server."""
        return {
            **os.environ,
            "DATABASE_URL": database_url(),
            "REDIS_URL": self.redis_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp_port}",
            "WORKER_READY_FILE": str(self.ready),
            "LOG_LEVEL": "INFO",
            "PYTHONUNBUFFERED": "1",
        }

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def wait(self, condition: Callable[[], Any], *, seconds: float = 20) -> Any:
        """The first true value of `condition`; when it stays false, AssertionError with the worker's log."""
        return wait_for(condition, seconds=seconds, what=self.words)

    def settle(self, redis: Redis) -> None:
        """After a test: let the task in hand end, drop those that wait: the next test starts clean."""
        redis.delete("celery")
        deadline = time.monotonic() + 5
        while redis.exists("unacked") and time.monotonic() < deadline:
            if self.process_ended():
                break
            time.sleep(0.02)
        else:
            if redis.exists("unacked"):
                self.kill()
        redis.delete("celery", "unacked", "unacked_index")

    def process_ended(self) -> bool:
        """Whether it is not running."""
        return self.process is None or self.process.poll() is not None

    def words(self) -> str:
        """The last of its log."""
        return f"the worker; its log says:\n{self.log.read_text(errors='replace')[-6000:]}"


def database_url() -> str:
    """The address of the database that this test uses."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(database['NAME']))}"
    who = quote(database["USER"], safe="") + (
        f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    )
    where = quote(database["HOST"] or "localhost", safe="") + (f":{database['PORT']}" if database["PORT"] else "")
    return f"postgres://{who}@{where}/{database['NAME']}"


class SmtpSink:
    """What the mail server received, and whom it refuses."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.messages: list[EmailMessage] = []
        self.refused: dict[str, str] = {}
        self.seconds = 0.0

    def clear(self) -> None:
        """Forget everything."""
        self.messages.clear()
        self.refused.clear()
        self.seconds = 0.0

    def refuse(self, address: str, answer: str = "550 5.1.1 No such mailbox") -> None:
        """Answer so to this recipient; `451 4.3.0 Try later` is a refusal for now."""
        self.refused[address.lower()] = answer

    def slow_down(self, seconds: float) -> None:
        """Take this long over each message."""
        self.seconds = seconds

    def to(self, address: str) -> list[EmailMessage]:
        """The messages that arrived for this address."""
        return [mail for mail in self.messages if address.lower() in str(mail["X-Received-For"]).split(" ")]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.lower() in self.refused:
            return self.refused[address.lower()]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.seconds:
            import asyncio

            await asyncio.sleep(self.seconds)
        mail = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        mail["X-Received-For"] = " ".join(address.lower() for address in envelope.rcpt_tos)
        self.messages.append(mail)
        return "250 OK"


@contextmanager
def smtp_server() -> Iterator[SmtpSink]:
    """A mail server on a free loopback port."""
    sink = SmtpSink(free_port())
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()

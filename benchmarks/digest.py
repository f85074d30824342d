"""How fast one change finds its followers, and how fast their mails leave.

    python -m benchmarks.digest [--subscriptions 3000] [--mails 2000]

Makes a database of its own, subscriptions, readers of one run, and a mail server that keeps
nothing, in a process of its own. Beside our sending, plain smtplib sends the same number of ready bytes of the
same size to the same server in the same run: the ratio says what the ledger and the composing cost. Absolute
figures belong to the machine.
"""

import argparse
import multiprocessing
import os
import shutil
import smtplib
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="portal-bench-"))
TOPICS = [f"topic-{number}" for number in range(15)]
PLACES = ["cn", "us", "eu", "gb", "jp", "de", "fr", "kr", "sg", "in"]
KINDS = ["notice", "instrument", "guideline", "case"]


def mail_server(port: int, ready: object) -> None:
    """Says yes to every mail and forgets it. A bare socket server: the sink must not be what is measured."""
    import socketserver

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 sink\r\n")
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    while (line := self.rfile.readline()) and line != b".\r\n":
                        pass
                if word == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                self.wfile.write(b"250 OK\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", port), Talk) as server:
        ready.set()  # type: ignore[attr-defined]
        server.serve_forever()


def timed(what: str, count: int, work: Callable[[], object]) -> float:
    """Do it and print it; things per second."""
    start = time.perf_counter()
    work()
    rate = count / (time.perf_counter() - start)
    print(f"{what:<58} {count:>7,} {rate:>10,.0f}/s")
    return rate


def fill(subscriptions: int, readers: int) -> None:
    """Subscribers, each with one subscription: the first `readers` want the changes, for one of ten reasons and in
    one of two languages; of the others few do."""
    from django.utils import timezone

    from portal.updates.models import Facet, Subscriber, Subscription, SubscriptionFilter

    now = timezone.now()
    people = [
        Subscriber(address=f"reader{n}@example.org", language=["en", "zh-hans"][n % 2], token=f"t{n}", confirmed_at=now)
        for n in range(subscriptions)
    ]
    Subscriber.objects.bulk_create(people, batch_size=1000)
    rows = [
        Subscription(
            subscriber=row, frequency="daily" if n < readers else "weekly", signature=str(n % 10), confirmed_at=now
        )
        for n, row in enumerate(people)
    ]
    Subscription.objects.bulk_create(rows, batch_size=1000)
    filters = []
    for n, row in enumerate(rows):
        wanted = [
            (Facet.TOPIC, "topic-0"),
            (Facet.TOPIC, f"other-{n % 10}"),
            (Facet.JURISDICTION, "cn"),
            (Facet.KIND, ""),
        ]
        if n >= readers:
            wanted = [(Facet.TOPIC, TOPICS[n % 15]), (Facet.JURISDICTION, PLACES[n % 10]), (Facet.KIND, KINDS[n % 4])]
        filters += [SubscriptionFilter(subscription=row, facet=facet, value=value) for facet, value in wanted]
    SubscriptionFilter.objects.bulk_create(filters, batch_size=1000)


def changes(number: int) -> None:
    """Notices with a few hundred words each."""
    from portal.core.signals import Change
    from portal.updates import actions

    words = "Exporters of listed items apply for a licence before shipment, and keep the end-user statement. " * 4
    chinese = "出口经营者在装运前应当申请许可证，并保存最终用户和最终用途证明。" * 6
    actions.record_changes(
        [
            Change(
                key=f"notice/{n}", kind="notice", what="published", jurisdictions=("cn",),
                topics=("topic-0", "topic-3"),
                title={"en": f"Notice {n} on listed items", "zh-hans": f"第 {n} 号公告"},
                summary={"en": words, "zh-hans": chinese},
            )
            for n in range(number)
        ]
    )  # fmt: skip


def main() -> None:
    """All of it."""
    import socket

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--subscriptions", type=int, default=3000)
    parser.add_argument("--mails", type=int, default=2000, help="readers of one run, among the subscriptions")
    chosen = parser.parse_args()

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ready = multiprocessing.Event()
    server = multiprocessing.Process(target=mail_server, args=(port, ready), daemon=True)
    server.start()
    ready.wait(10)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="portal.settings", DEBUG="true", VAR_DIR=str(HOME), LOG_LEVEL="ERROR",
        EMAIL_URL=f"smtp://127.0.0.1:{port}", REDIS_URL=f"unix://{HOME}/redis.sock",
    )  # fmt: skip
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{HOME}/bench.sqlite3")
    import django

    from deploy.services import redis_at

    with redis_at(HOME / "redis.sock"):
        django.setup()
        measure(port, chosen.subscriptions, chosen.mails)
    server.terminate()
    shutil.rmtree(HOME, ignore_errors=True)


def warm_up() -> None:
    """A worker is a process that runs for days: the templates, addresses and words that it loads once do not count."""
    from django.urls import reverse
    from django.utils import timezone, translation

    from portal.updates import mails
    from portal.updates.models import DigestRun
    from portal.updates.queries import words

    for language in ("en", "zh-hans"):
        with translation.override(language):
            reverse("pages:home")
        mails.digest(DigestRun(frequency="daily", period_end=timezone.now()), [], language, words())


def measure(port: int, subscriptions: int, mails: int) -> None:
    """Fill, match, send, and send without us."""
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from portal.core import transport
    from portal.updates import actions
    from portal.updates.models import ChangeMatch, Delivery, DigestRun
    from portal.updates.queries import balance

    settings.DEBUG = False  # or Django remembers every query
    call_command("migrate", verbosity=0)
    warm_up()
    fill(subscriptions, mails)
    changes(5)
    start = time.perf_counter()
    actions.match_events()
    took = time.perf_counter() - start
    matches = ChangeMatch.objects.count()
    print(
        f"5 changes against {subscriptions:,} subscriptions: {took / 5 * 1000:.0f} ms each, "
        f"{matches / took:,.0f} matches/s"
    )
    run = DigestRun.objects.create(frequency="daily", period_end=timezone.now())
    timed("matches claimed, deliveries and items written", mails * 5, lambda: actions.claim(run))

    kept: list[bytes] = []
    real = transport.Smtp.hand

    def keep(self: transport.Smtp, data: bytes, to: str) -> transport.Outcome:
        kept.append(data)
        return real(self, data, to)

    def send() -> None:
        transport.Smtp.hand = keep  # type: ignore[method-assign]
        while actions.send_batch(run):
            pass

    ours = timed("mails sent with the ledger", mails, send)

    def bare() -> None:
        with smtplib.SMTP("127.0.0.1", port) as smtp:
            for data in kept:
                smtp.sendmail("portal@localhost", "reader@example.org", data)

    floor = timed(f"the same bytes, bare smtplib ({len(kept[0]) / 1024:.0f} KB each)", len(kept), bare)
    print(f"ours / bare smtplib: {ours / floor:.2f}")
    ledger = balance(run)
    states = set(Delivery.objects.values_list("state", flat=True))
    print(
        f"ledger: {ledger.matches:,} matches = {ledger.accounted:,} accounted for; states: {', '.join(sorted(states))}"
    )
    if not ledger.holds or len(kept) != mails:
        sys.exit("The ledger does not hold.")


if __name__ == "__main__":
    main()

"""What every test may use. The environment is set here, before Django reads its settings.

People: `owner`, `officer`, `contributor`, `learner`, `auditor` (of `firm`), `outsider` (of `other_firm`),
`editor`, `reviewer` and `publisher` (of `authority`), `trainer` (of `provider`); `client_for(person)` signs them in.
Services, each real: `redis`, `worker`, `smtp_sink`.
"""

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="portal-tests-", dir=None if len(tempfile.gettempdir()) < 60 else "/tmp"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)


def redis_url() -> str:
    """The Redis of `make test`, a numbered database for each test process; else one started on demand."""
    given = os.environ.get("TEST_REDIS_URL", "")
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1")[2:]) + 1
    if given and number < 16:
        return f"{given.rpartition('/')[0]}/{number}"
    return f"unix://{HOME}/redis.sock"


if "DJANGO_SETTINGS_MODULE" in os.environ:
    sys.exit("Unset DJANGO_SETTINGS_MODULE: the tests make their own environment before settings are read.")
for name in [
    "DEBUG",
    "SECRET_KEY",
    "SITE_URL",
    "SITE_NAME",
    "ALLOWED_HOSTS",
    "EMAIL_URL",
    "CONTENT_DIR",
    "LOG_LEVEL",
]:
    os.environ.pop(name, None)
os.environ.update(
    TESTING="true",
    DJANGO_SETTINGS_MODULE="portal.settings",
    VAR_DIR=str(HOME),
    REDIS_URL=redis_url(),
)
if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    os.environ["DATABASE_URL"] = f"sqlite:///{HOME}/portal.sqlite3"

import django  # noqa: E402

django.setup()
# Left there, it would make pytest-django read the settings in xdist's processes before they come here.
del os.environ["DJANGO_SETTINGS_MODULE"]

import hypothesis  # noqa: E402
import pytest  # noqa: E402
from django.conf import settings as django_settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone, translation  # noqa: E402
from pytest_django import Settings  # noqa: E402
from redis import Redis  # noqa: E402

from deploy import services  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.core.background import gate  # noqa: E402
from portal.organisations.models import Kind, Organisation, Role  # noqa: E402
from tests.factories import MembershipFactory, OrganisationFactory  # noqa: E402
from tests.services import SmtpSink, Worker, smtp_server  # noqa: E402

# A busy machine is no fault of the code.
hypothesis.settings.register_profile("portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("portal")

if connection.vendor == "sqlite":
    # A file, not memory, so that a worker process can share it; without waiting for the disk.
    database = django_settings.DATABASES["default"]
    database.setdefault("TEST", {})["NAME"] = str(HOME / "test.sqlite3")
    database["OPTIONS"]["init_command"] = database["OPTIONS"]["init_command"].replace("NORMAL", "OFF")


def pytest_report_header() -> str:
    """So that a run says which database it was about."""
    return f"database: {connection.vendor}"


@pytest.fixture(autouse=True)
def _each_test_starts_in_english() -> None:
    """A request leaves its language and time zone behind in the thread."""
    translation.activate(django_settings.LANGUAGE_CODE)
    timezone.deactivate()


# --- Services --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The address of a real Redis that settings.REDIS_URL names."""
    url = django_settings.REDIS_URL
    if url.startswith("unix://"):
        with services.redis_at(Path(url.removeprefix("unix://"))):
            yield url
    else:
        yield url


@pytest.fixture
def redis(redis_server: str) -> Iterator[Redis]:
    """A client of that Redis, with no task waiting in it."""
    with Redis.from_url(redis_server) as client:
        client.delete("celery", "unacked", "unacked_index")
        gate.open()  # an earlier test may have tried without a Redis
        yield client


@pytest.fixture(scope="session")
def smtp_process() -> Iterator[SmtpSink]:
    """The mail server behind `smtp_sink`."""
    with smtp_server() as sink:
        yield sink


@pytest.fixture
def smtp_sink(smtp_process: SmtpSink, settings: Settings) -> SmtpSink:
    """A real mail server; this process and the worker send to it. See tests.services.SmtpSink."""
    smtp_process.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_process.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return smtp_process


@pytest.fixture(scope="session")
def worker_process(redis_server: str, smtp_process: SmtpSink) -> Iterator[Worker]:
    """The process behind `worker`; it outlives a test because it starts slowly."""
    process = Worker(HOME, redis_server, smtp_process.port)
    yield process
    process.kill()


@pytest.fixture
def worker(transactional_db: None, redis: Redis, smtp_sink: SmtpSink, worker_process: Worker) -> Iterator[Worker]:
    """A real Celery worker on this test's database, Redis and mail server. See tests.services.Worker."""
    worker_process.start()
    yield worker_process
    worker_process.settle(redis)


# --- People ----------------------------------------------------------------------------------------


@pytest.fixture
def client_for() -> Callable[..., Client]:
    """`client_for(user)` is a browser in which this person is signed in; `client_for(None)` a visitor's."""

    def make(user: User | None, organisation: Organisation | None = None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        if organisation is not None:
            session = client.session
            session["organisation"] = organisation.pk
            session.save()
        return client

    return make


@pytest.fixture
def firm(db: None) -> Organisation:
    return OrganisationFactory(name="Lanzhou Composites", slug="lanzhou-composites", country="CN")


@pytest.fixture
def other_firm(db: None) -> Organisation:
    return OrganisationFactory(name="Elbe Valves", slug="elbe-valves", country="DE")


@pytest.fixture
def authority(db: None) -> Organisation:
    return OrganisationFactory(
        name="Export Control Bureau", slug="export-control-bureau", kind=Kind.AUTHORITY, country="CN"
    )


@pytest.fixture
def provider(db: None) -> Organisation:
    return OrganisationFactory(name="Trade School", slug="trade-school", kind=Kind.PROVIDER)


@pytest.fixture
def owner(firm: Organisation) -> User:
    return MembershipFactory(organisation=firm, role=Role.OWNER).user


@pytest.fixture
def officer(firm: Organisation) -> User:
    return MembershipFactory(organisation=firm, role=Role.OFFICER).user


@pytest.fixture
def contributor(firm: Organisation) -> User:
    return MembershipFactory(organisation=firm, role=Role.CONTRIBUTOR).user


@pytest.fixture
def learner(firm: Organisation) -> User:
    return MembershipFactory(organisation=firm, role=Role.LEARNER).user


@pytest.fixture
def auditor(firm: Organisation) -> User:
    return MembershipFactory(organisation=firm, role=Role.AUDITOR).user


@pytest.fixture
def outsider(other_firm: Organisation) -> User:
    """A compliance officer of another firm: may do everything there and nothing here."""
    return MembershipFactory(organisation=other_firm, role=Role.OFFICER).user


@pytest.fixture
def editor(authority: Organisation) -> User:
    return MembershipFactory(organisation=authority, role=Role.EDITOR).user


@pytest.fixture
def reviewer(authority: Organisation) -> User:
    return MembershipFactory(organisation=authority, role=Role.REVIEWER).user


@pytest.fixture
def publisher(authority: Organisation) -> User:
    return MembershipFactory(organisation=authority, role=Role.PUBLISHER).user


@pytest.fixture
def trainer(provider: Organisation) -> User:
    return MembershipFactory(organisation=provider, role=Role.TRAINER).user


# --- Content ---------------------------------------------------------------------------------------


@pytest.fixture
def library(db: None, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The little library of tests.library.little, loaded; its folder, to change files and load again.

    Where nobody searches the index is left empty: writing it is half of the time.
    """
    from portal.core.signals import published
    from portal.library import actions
    from portal.search.receivers import follow
    from tests.library import little

    folder = little.write(tmp_path / "content")
    unsearched = bool({"guidance", "cases", "controls", "references"} & set(request.path.parts))
    if unsearched:
        published.disconnect(dispatch_uid="search.follow")
    try:
        actions.load(folder)
    finally:
        if unsearched:
            published.connect(follow, dispatch_uid="search.follow")
    return folder

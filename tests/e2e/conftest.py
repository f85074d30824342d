"""The whole portal as `make run` starts it, and a real browser before it.

`portal` is its address; `page` a browser page that fails its test when the browser reports an error or asks
another host for anything; `sign_in(page, address)`; `mails(address)` are the mails that the portal sent to somebody;
`axe(page)` for accessibility.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from deploy.services import free_port
from portal.demo.people import PASSWORD
from portal.pages.mailbox import read
from tests.services import wait_for

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENSHOTS = ROOT / "var" / "e2e"
# What tests/conftest.py set for this process is not for the server.
OURS = {"TESTING", "DATABASE_URL", "REDIS_URL", "VAR_DIR", "TEST_REDIS_URL", "EMAIL_URL"}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FLAGS += ["--disable-sync", "--no-first-run", "--disable-dev-shm-usage"]


class Server:
    """A running portal: `url`, and `var` with its data, mails and demo accounts."""

    def __init__(self, var: Path, port: int) -> None:
        self.url, self.var, self.port = f"http://127.0.0.1:{port}", var, port
        self.log = var / "serve.log"
        self.opener = build_opener(ProxyHandler({}))
        environment = {name: value for name, value in os.environ.items() if name not in OURS}
        environment |= {"VAR_DIR": str(var), "PORT": str(port), "DEBUG": "true", "SITE_URL": self.url}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deploy.serve"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def ready(self) -> bool:
        """Whether database and Redis answer through the web server."""
        assert self.process.poll() is None, self.words()
        try:
            with self.opener.open(f"{self.url}/ready/", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def words(self) -> str:
        """The last of what it said."""
        return f"the portal; it says:\n{self.log.read_text(errors='replace')[-6000:]}"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One portal for all browser tests, with the content and the demo data, on a free port."""
    running = Server(tmp_path_factory.mktemp("portal"), free_port())
    try:
        wait_for(running.ready, seconds=180, what=running.words)
        yield running
    finally:
        running.process.terminate()
        running.process.wait(30)


@pytest.fixture(scope="session")
def portal(server: Server) -> str:
    """The address of the running portal, without a last stroke."""
    return server.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROMIUM names."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        pytest.exit(f"There is no {path}: install Debian's package chromium, or set CHROMIUM.", returncode=1)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, portal: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """`new_page(width=390, locale="zh-CN")` is a page of a browser of its own, as another person has one."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def local_only(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(portal).netloc:
            route.continue_()
        else:
            faults.append(f"asked another host: {route.request.url}")
            route.abort()

    def make(*, width: int = 1280, height: int = 900, locale: str = "en-GB", **options: object) -> Page:
        context = browser.new_context(
            base_url=portal, viewport={"width": width, "height": height}, locale=locale, **options
        )
        context.set_default_timeout(10_000)
        context.route("http*://**", local_only)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                faults.append(f"{page.url}: {message.text}")
                if message.type == "error" and "the server responded with a status of 4" not in message.text
                else None
            ),
        )
        return page

    yield make
    if getattr(request.node, "failed", False):
        keep_screenshots(request.node.name, contexts)
    for context in contexts:
        context.close()
    assert faults == [], "the browser reported faults"


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page as wide as a laptop."""
    return new_page()


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """`sign_in(page, address)` as a person does it, with the form; people of the demo all have one password."""

    def enter(page: Page, address: str, password: str = PASSWORD) -> None:
        page.goto("/account/login/")
        page.locator("input[name=login]").fill(address)
        page.locator("input[name=password]").fill(password)
        page.locator("form:has(input[name=password]) button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/account/login" not in url)

    return enter


@pytest.fixture
def mails(server: Server) -> Callable[[str], list[EmailMessage]]:
    """`mails(address)`: what the portal sent to somebody, oldest first, from its mailbox folder."""

    def sent(address: str) -> list[EmailMessage]:
        files = sorted((server.var / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime)
        return [mail for path in files for mail in read(path) if address in str(mail["To"])]

    return sent


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)`: AssertionError with a report when axe-core finds a violation of WCAG 2.2 A or AA."""

    def check(page: Page) -> None:
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Tell the fixtures whether the test failed, so that they keep a screenshot."""
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True  # type: ignore[attr-defined]
    return report


def keep_screenshots(name: str, contexts: list[BrowserContext]) -> None:
    """What the pages showed when the test failed, in var/e2e/."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages):
        page.screenshot(path=SCREENSHOTS / f"{name.replace('/', '-')}-{number}.png", full_page=True)

"""Every main page, for everybody who may see it, on a phone and on a laptop, in both languages, light and dark.

Each page: answers 200, has one h1, does not scroll sideways, and reports no error (the fixtures see to that).
axe-core looks at four of the eight ways, which between them have each width, language and colour twice.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e


def words(text: str) -> list[str]:
    return text.split()


PUBLIC = words("""
/ /about/ /accessibility/ /laws/ /laws/cn-ecl/ /laws/cn-ecl/art-12/?on=2019-01-01 /r/cn-ecl/art-12/cited-by
/guidelines/classification/editions/ /guidelines/classification/compare/?from=1&to=1&all=1
/laws/cn-ecl/?view=both /laws/us-ear/compare/?from=2024-01-01&to=2026-11-30 /laws/us-ear/744.21/compare/?from=2020-01-01
/laws/cn-ecl/record/
/guidelines/ /guidelines/classification/ /glossary/ /timeline/ /cases/ /cases/zte-2017/ /notices/
/red-flags/ /red-flags/customer-01/ /red-flags/seen/?seen=customer-01
/regimes/ /regimes/mtcr/ /lists/cn-dual-use/ /lists/eu-annex-i/9a012/ /jurisdictions/cn/ /search/?q=end+use
/search/?q=zzzqqq /search/?q=export&kind=case&state=repealed /assess/ /check/ /questionnaires/mofcom-2021/
/frameworks/mofcom-2021/ /courses/
/courses/commercial-space/ /courses/commercial-space/2/ /verify/ /account/login/ /account/signup/
/updates/ /updates/changes/ /updates/feeds/
""")
OFFICER = words("""
/dashboard/ /assessments/ /assessments/new/ /organisation/ /organisation/members/ /organisation/invite/
/organisation/trail/ /training/ /training/enrol/ /account/profile/ /account/2fa/ /reading/ /reading/bookmarks/
/reading/notes/ /organisation/reading/ /organisation/reading/new/?key=guide/classification
/search/saved/
""")
# Links to follow for pages whose address is only known there: (page, what the address of the link holds); the page
# "" is the one that was found last.
OFFICER_BY_WAY = [
    ("/assessments/", "/assessments/[0-9a-f-]{36}/$"),
    ("", "/submit/$"),
    ("/dashboard/", "/assessments/[0-9a-f-]{36}/$"),
    ("", "/delegate/$"),
    ("/dashboard/", "/assessments/[0-9a-f-]{36}/$"),
    ("", "/sections/e1/$"),
    ("", "/history/$"),
    ("/dashboard/", "/result/$"),
    ("/training/", "/training/[0-9]+/$"),
    ("/organisation/reading/", "/organisation/reading/[0-9a-f-]{36}/$"),
    ("", "/withdraw/$"),
    ("/reading/notes/", "/reading/notes/[0-9]+/$"),
]
PEOPLE: dict[str, tuple[str, list[str], list[tuple[str, str]]]] = {
    "visitor": ("", PUBLIC, [("/notices/", "/notices/xa-.*/$")]),
    "officer": ("compliance@aurora-space.example", OFFICER, OFFICER_BY_WAY),
    "owner": ("owner@aurora-space.example", ["/organisation/settings/", "/organisation/tokens/"], []),
    "learner": (
        "sales@aurora-space.example",
        ["/dashboard/", "/learning/", "/reading/", "/guidelines/end-use-checks/"],
        [("/learning/", "/certificates/[^/]+/$")],
    ),
    "trainer": ("trainer@meridian-training.example", ["/dashboard/", "/training/"], []),
    "editor": (
        "editor@export-control-office.example",
        ["/dashboard/", "/desk/", "/desk/notices/new/", "/desk/texts/", "/desk/texts/new/"],
        [("/desk/", "/desk/notices/[0-9]+/$")],
    ),
    "beginner": (
        "customs@meridian-training.example",
        ["/updates/subscriptions/"],
        [("/learning/", "/learning/[0-9]+/test/$")],
    ),
    "operator": (
        "operator@portal.example",
        ["/dashboard/", "/updates/runs/", "/mailbox/", "/desk/texts/", "/desk/texts/new/"],
        [],
    ),
}
WITH_AXE = {(390, "en", "light"), (390, "zh-hans", "dark"), (1280, "zh-hans", "light"), (1280, "en", "dark")}


def addresses(page: Page, plain: list[str], by_way: list[tuple[str, str]]) -> Iterator[str]:
    """All addresses of one person, those behind links looked up."""
    yield from plain
    last = ""
    for start, pattern in by_way:
        page.goto(start or last)
        links = page.locator("main a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        found = [link for link in links if re.search(pattern, link)]
        assert found, f"No link like {pattern} on {start}"
        last = found[0]
        yield last


def in_language(address: str, language: str) -> str:
    """The mailbox is for developers and in English only."""
    return address if language == "en" or address == "/mailbox/" else f"/{language}{address}"


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_in_every_way(
    who: str, new_page: Callable[..., Page], sign_in: Callable[..., None], axe: Callable[[Page], None]
) -> None:
    email, plain, by_way = PEOPLE[who]
    page = new_page(reduced_motion="reduce")
    if email:
        sign_in(page, email)
    for address in list(addresses(page, plain, by_way)):
        for language in ("en", "zh-hans"):
            answer = page.goto(in_language(address, language))
            assert answer is not None
            assert answer.status == 200, page.url
            assert page.locator("h1").count() == 1, page.url
            for width in (390, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, f"{page.url} is {wide} pixels wide on a screen of {width}"
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                    if (width, language, scheme) in WITH_AXE:
                        axe(page)


@pytest.mark.parametrize("address", ["/", "/laws/cn-ecl/art-12/", "/cases/", "/check/"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    inside = page.evaluate(
        """() => { const at = document.activeElement, style = getComputedStyle(at);
          return !!at.closest('main') && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 }"""
    )
    assert inside, "the first control after the skip link is in the text and shows an outline"


def test_a_guideline_prints_whole(page: Page) -> None:
    page.goto("/guidelines/classification/")
    headings = page.get_by_role("main").locator(".prose h2")
    page.emulate_media(media="print")
    assert headings.count() > 3
    assert all(heading.is_visible() for heading in headings.all())
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.locator(".print-notes li").first).to_contain_text("/r/")
    expect(page.locator(".print-notes li").first).to_be_visible()
    expect(page.locator(".note-number").first).to_be_visible()
    expect(page.get_by_role("navigation", name="Contents")).to_be_hidden()


def test_a_result_prints_with_its_numbers(page: Page, sign_in: Callable[..., None]) -> None:
    sign_in(page, "compliance@aurora-space.example")
    page.goto("/dashboard/")
    page.get_by_role("link", name="See the result").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("table", name="Score per element")).to_be_visible()
    expect(page.locator("svg[role=img]")).to_be_visible()
    expect(page.locator(".total-number")).to_be_visible()

"""How things stand: what counts as a change, and what does not."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.cases.models import Case
from portal.controls.models import ControlEntry, Regime
from portal.core.texts import i18n
from portal.guidance.models import Instrument, Provision, ProvisionText, RedFlag, Term
from portal.reading import presenting
from portal.reading.queries import standing, standings
from portal.reading.standing import Standing
from portal.references.models import Address
from portal.references.queries import address
from tests.reading.factories import make_guideline
from tests.references.factories import AddressFactory

DAY, LATER = dt.date(2026, 11, 22), dt.date(2027, 6, 1)


def of(key: str, on: dt.date = DAY) -> Standing:
    return standing(address(key), on=on)


def changed(key: str, before: Standing, on: dt.date = DAY) -> bool:
    return of(key, on).differs_from(before.version, before.marks)


# --- Pure ------------------------------------------------------------------------------------------


def test_other_words_are_a_change() -> None:
    assert Standing("", {"en": "b"}).differs_from("", {"en": "a"})
    assert not Standing("", {"en": "a"}).differs_from("", {"en": "a"})


def test_a_translation_that_was_added_is_none() -> None:
    assert not Standing("", {"en": "a", "zh-hans": "b"}).differs_from("", {"en": "a"})


def test_another_version_is_a_change_whatever_the_words() -> None:
    assert Standing("2", {"en": "a"}).differs_from("1", {"en": "a"})


def test_people_are_asked_again_for_a_version_not_for_a_mended_word() -> None:
    assert Standing("2", {"en": "a"}).is_later_than("1", {"en": "a"})
    assert not Standing("1", {"en": "b"}).is_later_than("1", {"en": "a"})
    assert Standing("", {"en": "b"}).is_later_than("", {"en": "a"})


def test_what_is_shown_falls_back_to_the_other_language() -> None:
    stands = Standing("1", {"en/gist": "a", "en/official": "b"})
    assert stands.shown("zh-hans") == stands.shown("en")
    assert stands.shown("en")[0] == "en"
    assert Standing("2", stands.marks).shown("en") != stands.shown("en")


# --- Rows ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_guideline_stands_in_the_edition_in_effect() -> None:
    make_guideline()
    make_guideline(number=2, effective_on=LATER)
    assert of("guide/end-use").version == "1"
    assert of("guide/end-use", LATER).version == "2"


@pytest.mark.usefixtures("library")
def test_a_provision_reads_otherwise_from_a_day() -> None:
    before = of("cn-ecl/art-2")
    assert before.version == "2020-12-01"
    assert of("cn-ecl/art-2", LATER).version == "2027-01-01"
    assert changed("cn-ecl/art-2", before, LATER)
    assert not changed("cn-ecl/art-1", of("cn-ecl/art-1"), LATER)


@pytest.mark.usefixtures("library")
def test_a_chapter_and_the_law_change_with_their_articles() -> None:
    for key in ("cn-ecl/chapter-1", "cn-ecl"):
        assert changed(key, of(key), LATER)
        assert of(key, LATER).version == "2027-01-01"


@pytest.mark.usefixtures("library")
def test_an_official_text_beside_our_gist_is_no_change_and_a_retired_text_is() -> None:
    before = {key: of(key) for key in ("cn-ecl", "cn-ecl/art-1")}
    row = Provision.objects.get(key="cn-ecl/art-1")
    old = row.texts.get(language="en")
    ProvisionText.objects.create(
        provision=row,
        language="en",
        kind="official",
        valid_from=old.valid_from,
        body="Official",
        digest="f" * 64,
        recorded_at=timezone.now(),
    )
    assert not any(changed(key, stood) for key, stood in before.items())
    ProvisionText.objects.filter(pk=old.pk).update(retired_at=timezone.now())
    ProvisionText.objects.create(
        provision=row,
        language="en",
        valid_from=old.valid_from,
        body="Mended",
        digest="e" * 64,
        recorded_at=timezone.now(),
    )
    assert all(changed(key, stood) for key, stood in before.items())
    assert not any(of(key).is_later_than(stood.version, stood.marks) for key, stood in before.items())


@pytest.mark.usefixtures("library")
def test_a_repealed_law_has_changed() -> None:
    before = of("cn-old", dt.date(2024, 11, 30))
    assert changed("cn-old", before, dt.date(2024, 12, 1))


def mend(key: str) -> None:
    """Other words for what stands at the key."""
    words = i18n({"en": "Other words", "zh-hans": "别的话"})
    slug = key.partition("/")[2]
    {
        "case": lambda: Case.objects.filter(slug=slug).update(facts=words),
        "term": lambda: Term.objects.filter(slug=slug).update(definition=words),
        "mtcr": lambda: ControlEntry.objects.filter(key="mtcr/1.a.1").update(title=words),
        "flag": lambda: RedFlag.objects.filter(slug=slug).update(why=words),
        "regime": lambda: Regime.objects.filter(slug=slug).update(summary=words),
        "jurisdiction": lambda: Address.objects.filter(key=key).update(title=words),
        "cn-ecl": lambda: Instrument.objects.filter(key=key).update(summary=words),
    }[key.partition("/")[0]]()


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "key",
    [
        "case/forgings-2025",
        "term/end-use",
        "mtcr/1.a.1",
        "mtcr",
        "regime/mtcr",
        "jurisdiction/cn",
        "cn-ecl",
        "flag/shipping-01",
    ],
)
def test_other_words_of_each_kind_are_seen(key: str) -> None:
    before = of(key)
    assert not changed(key, before)
    assert before.shown("zh-hans")[1] != before.shown("en")[1]
    mend(key)
    assert changed(key, before)


@pytest.mark.django_db
def test_queries_do_not_grow(django_assert_num_queries) -> None:
    for number in (1, 30):
        for position in range(number):
            make_guideline(f"g-{number}-{position}")
            AddressFactory(key=f"x/{number}-{position}", kind="lesson")
        book = list(Address.objects.filter(key__contains=f"{number}-"))
        with django_assert_num_queries(2):
            assert len(standings(book)) == 2 * number


# --- Comparing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "arguments", "link"),
    [
        ("instrument", {"key": "cn-ecl"}, "/guidance:comparison/cn-ecl?from=2026-01-02&to=2026-11-22"),
        (
            "provision",
            {"key": "cn-ecl", "label": "art-2"},
            "/guidance:provision_comparison/cn-ecl/art-2?from=2026-01-02&to=2026-11-22",
        ),
        ("guideline", {"slug": "end-use"}, "/guidance:guideline_comparison/end-use?from=1&to=2"),
        ("case", {"slug": "x"}, ""),
    ],
)
def test_where_then_and_now_are_compared(kind: str, arguments: dict[str, str], link: str, monkeypatch) -> None:
    monkeypatch.setattr(presenting, "reverse", lambda name, kwargs: "/".join(["", name, *kwargs.values()]))
    monkeypatch.setattr(presenting, "today", lambda: DAY)
    row = AddressFactory.build(kind=kind, arguments=arguments)
    assert presenting.comparison(row, "1", dt.date(2026, 1, 2), "2") == link


def test_versions_in_words() -> None:
    assert presenting.version_words("guideline", "2") == "edition 2"
    assert presenting.version_words("provision", "2024-12-01") == "the text of 1 December 2024"
    assert presenting.version_words("case", "") == ""

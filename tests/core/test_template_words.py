"""The words that every template may use."""

import datetime as dt

import pytest
from django.test import RequestFactory
from django.utils import translation

from portal.core.templatetags import portal
from portal.core.texts import i18n


def test_a_text_in_the_readers_language_is_plain() -> None:
    assert portal.words(i18n({"en": "End <use>", "zh-hans": "最终用途"})) == "End &lt;use&gt;"


def test_a_text_in_the_other_language_is_marked() -> None:
    with translation.override("zh-hans"):
        shown = portal.words(i18n({"en": "End use"}))
    assert shown.startswith('<span lang="en" class="other-language"')
    assert "End use" in shown


def test_bare_words_carry_no_markup() -> None:
    with translation.override("zh-hans"):
        assert portal.bare(i18n({"en": "End use"})) == "End use"


@pytest.mark.parametrize(("language", "address"), [("en", "/r/cn-ecl"), ("zh-hans", "/zh-hans/r/cn-ecl")])
def test_citations_keep_the_language(language: str, address: str) -> None:
    with translation.override(language):
        assert f'href="{address}"' in portal.prose(i18n({language: "See [[cn-ecl]]."}))


def test_dates_are_in_a_time_element() -> None:
    assert portal.day(dt.date(2024, 12, 1)) == '<time datetime="2024-12-01">1 December 2024</time>'
    assert portal.day(None) == ""


def test_with_query_changes_keeps_and_removes() -> None:
    context = {"request": RequestFactory().get("/cases/", {"q": "a b", "page": "3", "kind": "x"})}
    assert portal.with_query(context, kind="y") == "?q=a+b&kind=y"
    assert portal.with_query(context, page=4) == "?q=a+b&kind=x&page=4"
    assert portal.with_query(context, q=None) == "?kind=x"

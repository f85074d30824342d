"""Short texts in two languages."""

import pytest
from django.template import Context, Template
from django.utils import translation

from portal.core import texts


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Rule", {"en": "Rule"}),
        ({"en": "Rule", "zh-hans": "规则"}, {"en": "Rule", "zh-hans": "规则"}),
        ({"en": "", "zh-hans": "规则"}, {"zh-hans": "规则"}),
        ("", {}),
    ],
)
def test_texts_come_from_strings_and_tables(given: object, kept: dict[str, str]) -> None:
    assert texts.as_dict(texts.i18n(given)) == kept


def test_the_readers_language_is_picked_first() -> None:
    both = texts.i18n({"en": "Rule", "zh-hans": "规则"})
    with translation.override("zh-hans"):
        assert texts.pick(both) == ("规则", "zh-hans")
    assert texts.pick(both, "en") == ("Rule", "en")


def test_the_other_language_is_better_than_nothing() -> None:
    assert texts.pick({"zh-hans": "规则"}, "en") == ("规则", "zh-hans")
    assert texts.pick({}, "en") == ("", "en")


def shown(template: str, text: object) -> str:
    return Template(template).render(Context({"text": text}))


def test_words_in_the_other_language_are_marked() -> None:
    with translation.override("en"):
        assert shown("{{ text|words }}", {"en": "Rule"}) == "Rule"
        marked = shown("{{ text|words }}", {"zh-hans": "规则"})
    assert 'lang="zh-hans"' in marked
    assert "规则" in marked


def test_words_are_escaped() -> None:
    assert shown("{{ text|words }}", {"en": "<b>"}) == "&lt;b&gt;"
    assert shown("{{ text|bare }}", {"en": "<b>"}) == "&lt;b&gt;"


def test_a_state_is_a_word_and_a_shape() -> None:
    assert shown('{% state "In force" "good" %}', "") == '<span class="state state-good">In force</span>'


def test_a_query_keeps_what_it_is_not_told_to_change(rf) -> None:  # type: ignore[no-untyped-def]
    request = rf.get("/", {"q": "9A01", "kind": "case", "page": "3"})
    template = Template("{% with_query kind='' year=2024 as query %}{{ query|safe }}")
    assert template.render(Context({"request": request})) == "?q=9A01&year=2024"

"""Fingerprints tell a changed text from an added translation."""

from portal.courses.fingerprints import differences, digest, flat

WORDS = {"title": {"en": "A"}, "lessons": {1: {"en": {"body": "x"}}}, "draw": [{"lesson": 1, "count": 2}]}


def changed(**words):
    return differences(flat(WORDS), flat({**WORDS, **words}))


def test_the_same_words_do_not_differ():
    assert changed() == []


def test_an_added_translation_is_no_change_but_a_changed_one_is():
    added = {"en": "A", "zh-hans": "甲"}
    assert changed(title=added) == []
    assert changed(lessons={1: {"en": {"body": "x"}, "zh-hans": {"body": "y"}}}) == []
    assert differences(flat({"title": added}), flat({"title": {"en": "A", "zh-hans": "乙"}})) == ["title/zh-hans"]


def test_changed_added_and_removed_words_are_named():
    assert changed(title={"en": "B"}) == ["title/en"]
    assert changed(draw=[{"lesson": 1, "count": 3}]) == ["draw/0/count"]
    assert changed(lessons={}) == ["lessons/1/en/body"]
    assert changed(more="z") == ["more"]


def test_a_digest_does_not_depend_on_the_order_of_fields():
    assert digest({"a": 1, "b": "é"}) == digest({"b": "é", "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})

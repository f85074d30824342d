"""How keys look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.references import keys


@pytest.mark.parametrize(
    "key",
    [
        "cn-ecl",
        "cn-ecl/art-12",
        "us-ear/744.21",
        "mtcr/1.a.1",
        "case/zte-2017",
        "icp/mofcom-2021/e4.r2",
        "q/icp-core/7",
    ],
)
def test_keys(key: str) -> None:
    assert keys.valid(key)


@pytest.mark.parametrize(
    "key", ["", "CN-ECL", "cn ecl", "/cn", "cn/", "cn//ecl", "cn-/x", "规则", "a" * 201, "a\n", "a..b"]
)
def test_what_is_no_key(key: str) -> None:
    assert not keys.valid(key)


@pytest.mark.parametrize(
    ("code", "segment"),
    [("IV(a)(1)", "iv.a.1"), ("9A004.a", "9a004.a"), ("ML 4", "ml-4"), (" 1.A.1. ", "1.a.1")],
)
def test_codes_of_lists_become_segments(code: str, segment: str) -> None:
    assert keys.from_code(code) == segment


@given(st.from_regex(r"[A-Z0-9]{1,5}( [A-Z0-9]{1,3})?(\.[a-z0-9]{1,2}|\([a-z0-9]{1,2}\)){0,4}", fullmatch=True))
def test_segments_of_codes_are_valid_keys(code: str) -> None:
    assert keys.valid("list/" + keys.from_code(code))


def test_ancestors_come_nearest_first() -> None:
    assert keys.ancestors("icp/mofcom-2021/e4.r2") == ["icp/mofcom-2021", "icp"]
    assert keys.ancestors("cn-ecl") == []

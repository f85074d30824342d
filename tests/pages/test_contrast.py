"""The colours of both schemes, computed: WCAG 2.2 AA for every pair that is used."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
PAPERS = ["paper", "paper-raised", "paper-sunken"]
TEXT = [
    *[
        (ink, paper)
        for ink in ("ink", "ink-soft", "ink-faint", "action", "action-strong", "attention", "good")
        for paper in PAPERS
    ],
    *[("ink", wash) for wash in ("action-wash", "attention-wash", "good-wash", "mark")],
    *[("ink-soft", "action-wash"), ("action-strong", "action-wash"), ("action", "action-wash")],
    *[("on-action", "action"), ("on-action", "action-strong"), ("on-attention", "attention")],
    *[("attention", "attention-wash"), ("good", "good-wash"), ("action", "attention-wash"), ("action", "good-wash")],
    ("paper", "ink"),
]
SHAPES = [
    (rule, paper) for rule in ("rule-strong", "series-1", "series-2", "series-3", "series-4") for paper in PAPERS[:2]
]


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", css))


def schemes() -> dict[str, dict[str, str]]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    return {"light": colours(light), "dark": colours(light) | colours(dark)}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2, definition of the term."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_at_least_four_and_a_half(scheme: str) -> None:
    known = schemes()[scheme]
    weak = {pair: round(contrast(known[pair[0]], known[pair[1]]), 2) for pair in TEXT}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_and_shapes_have_at_least_three(scheme: str) -> None:
    known = schemes()[scheme]
    weak = {pair: round(contrast(known[pair[0]], known[pair[1]]), 2) for pair in SHAPES}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_dark_changes_every_colour() -> None:
    """Dark is a design of its own: no colour of the light one is left over."""
    light, dark = schemes()["light"], schemes()["dark"]
    assert [name for name, colour in light.items() if dark[name] == colour] == []

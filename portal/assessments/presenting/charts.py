"""Geometry of the charts; templates draw it as SVG, so that it follows the page's colours and needs no script."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

SIZE, RADIUS = 360, 130


@dataclass(frozen=True, slots=True)
class Axis:
    """One spoke of the radar: where it ends and where its name stands."""

    name: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Radar:
    """Two outlines over the same spokes: what is surely reached, and what could be."""

    size: int
    centre: int
    axes: list[Axis]
    rings: list[str]
    low: str
    high: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval on a line from 0 to 100."""

    low: int
    high: int

    @property
    def width(self) -> int:
        return max(self.high - self.low, 0)


def _at(number: int, count: int, distance: float) -> tuple[float, float]:
    angle = 2 * math.pi * number / count - math.pi / 2
    middle = SIZE / 2
    return round(middle + distance * math.cos(angle), 1), round(middle + distance * math.sin(angle), 1)


def _outline(values: Sequence[float]) -> str:
    points = (_at(number, len(values), RADIUS * value) for number, value in enumerate(values))
    return " ".join(f"{x},{y}" for x, y in points)


def _anchor(x: float) -> str:
    if abs(x - SIZE / 2) < 8:
        return "middle"
    return "start" if x > SIZE / 2 else "end"


def radar(rows: Sequence[tuple[str, int, int]]) -> Radar | None:
    """A radar of (name, low, high in per cent); None for fewer than three spokes, where it would say nothing."""
    if len(rows) < 3:
        return None
    axes = []
    for number, (name, _low, _high) in enumerate(rows):
        x, y = _at(number, len(rows), RADIUS)
        label_x, label_y = _at(number, len(rows), RADIUS + 18)
        axes.append(Axis(name, x, y, label_x, label_y + 4, _anchor(label_x)))
    return Radar(
        size=SIZE,
        centre=SIZE // 2,
        axes=axes,
        rings=[_outline([share] * len(rows)) for share in (0.25, 0.5, 0.75, 1.0)],
        low=_outline([low / 100 for _, low, _ in rows]),
        high=_outline([high / 100 for _, _, high in rows]),
        exact=all(low == high for _, low, high in rows),
    )


def bar(low: int | None, high: int | None) -> Bar | None:
    """The interval of a score; None when there is no number."""
    return None if low is None or high is None else Bar(low, high)

"""The large figure: what stands beside its axis."""

from __future__ import annotations

from datetime import datetime

from data.kpis.result import Point, Value
from layouts.figures import hero
from tests.layouts.answers import result


def test_an_axis_of_millions_is_told_in_millions():
    points = tuple(Point(datetime(2026, 11, day), Value(1_500_000.0 + day * 100_000)) for day in (1, 2, 3))
    drawn = hero(result(points=points), "vi")
    assert drawn is not None
    assert all(tick.text.endswith(" tr") or tick.text == "0" for tick in drawn.y.ticks)
    assert all(len(tick.text) <= 7 for tick in drawn.y.ticks)

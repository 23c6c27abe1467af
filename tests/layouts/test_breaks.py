"""A series whose meaning changes carries the day, wherever it is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from data.kpis.result import Break
from layouts.breaks import breaks
from layouts.figures import hero, spark
from layouts.marks import Label, Line, Scale
from layouts.plotly import figure
from layouts.svg import svg
from tests.layouts.answers import NOW, result

YESTERDAY = datetime(NOW.year, NOW.month, NOW.day) - timedelta(days=1)
BROKEN = result(3.0, [2.0, 4.0, 3.0, 5.0], breaks=(Break(YESTERDAY, "break.areas"),))
Y = Scale(0.0, 5.0)


def test_a_thin_dashed_line_over_the_whole_height_with_its_day() -> None:
    x = Scale(YESTERDAY - timedelta(days=2), YESTERDAY + timedelta(days=4))
    line, label = breaks(BROKEN, x, Y, "vi")
    assert line == Line(((YESTERDAY, 0.0), (YESTERDAY, 5.0)), "border", dashed=True)
    assert isinstance(label, Label)
    assert label.text == "Chuỗi đổi 23/11/2026"
    assert label.anchor == "start"


def test_its_words_stay_inside_at_the_right_end() -> None:
    x = Scale(YESTERDAY - timedelta(days=4), YESTERDAY + timedelta(days=1))
    assert breaks(BROKEN, x, Y, "vi")[1].anchor == "end"  # type: ignore[union-attr]


def test_outside_the_figure_it_is_not_drawn() -> None:
    assert breaks(BROKEN, Scale(YESTERDAY, YESTERDAY + timedelta(days=9)), Y, "vi") == []
    assert breaks(replace(BROKEN, breaks=()), Scale(YESTERDAY - timedelta(days=9), YESTERDAY), Y, "vi") == []


def test_a_tile_draws_it_small_without_words_and_large_with() -> None:
    small, large = spark(BROKEN), hero(BROKEN, "vi")
    assert small is not None and large is not None
    assert [m for m in small.marks if isinstance(m, Line) and m.dashed]
    assert not [m for m in small.marks if isinstance(m, Label)]
    drawn = svg(large, "x")
    assert "Chuỗi đổi 23/11/2026" in drawn
    assert "dashed" in drawn or "dash" in drawn


def test_plotly_draws_it_too() -> None:
    large = hero(BROKEN, "en")
    assert large is not None
    assert "Series changed" in str(figure(large, "light", "en"))

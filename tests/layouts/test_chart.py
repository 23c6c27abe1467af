"""The large figure of an analysis: series, gaps, breaks, rules, words; and the still one that stands there first."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.catalogue.city import CityEvent
from data.catalogue.measure import flows
from data.kpis.result import (
    MISSING,
    Break,
    Level,
    Point,
    Presence,
    Value,
)
from layouts.analysis.annotations import events, gaps, line_name, spread, thresholds
from layouts.analysis.chart import STEP, axis_room, chart, plot, still
from layouts.analysis.numbers import peak
from layouts.html import render
from layouts.marks import Bar, Figure, Gap, Label, Line, PointMark, Rule, Scale, Tick
from layouts.plotly import figure
from layouts.svg import svg
from tests.layouts.test_analysis import CITY, KPI, view
from tests.layouts.visits import TODAY, rate, result, series, text

SHEET = Path(__file__).parents[2] / "assets" / "analysis.css"


def test_the_chart_holds_series_gap_peak_and_event() -> None:
    drawing = chart(result(), CITY, "vi")
    kinds = [type(mark) for mark in drawing.marks]
    assert kinds.count(Line) == 2
    (gap,) = [mark for mark in drawing.marks if isinstance(mark, Gap)]
    assert (gap.start, gap.end) == (datetime(2026, 9, 15, 12), datetime(2026, 9, 18, 12))
    (event,) = [mark for mark in drawing.marks if isinstance(mark, Bar)]
    assert (event.start, event.end) == (datetime(2026, 11, 12, 12), datetime(2026, 11, 16, 12))
    top = peak(result())
    assert any(isinstance(m, Label) and m.strong and m.x == top.at and m.y == top.value.number for m in drawing.marks)
    assert [m.role for m in drawing.marks if isinstance(m, PointMark)].count("estimated") == 2
    assert drawing.y.high > max(n for line in drawing.marks if isinstance(line, Line) for _, n in line.points if n)


def named(scale: Scale, *happened: tuple[str, date, date], breaks: tuple[Break, ...] = ()) -> list[str]:
    """The words of what happened, on a scale of time."""
    found = [
        CityEvent(id=f"e{n}", name=text(name, name), start=first, end=last)
        for n, (name, first, last) in enumerate(happened)
    ]
    busy = replace(CITY, city=CITY.city.model_copy(update={"events": tuple(found)}))
    return [band.text for band in events(result(breaks=breaks), busy, Scale(0.0, 1.0), scale, "vi")]


def test_no_name_of_what_happened_stands_on_another() -> None:
    flood = ("Lũ lịch sử tháng 10/2025", date(2025, 10, 28), date(2025, 10, 31))
    new_year = ("Tết Bính Ngọ", date(2026, 2, 14), date(2026, 2, 22))
    later = ("Tết Đinh Mùi", date(2027, 2, 4), date(2027, 2, 12))
    blossoms = ("Hội hoa xuân", date(2026, 3, 1), date(2026, 3, 8))
    folded = "Lũ lịch sử\ntháng 10/2025"
    years = Scale(datetime(2019, 1, 1), datetime(2027, 12, 31))
    months = Scale(datetime(2025, 10, 1), datetime(2027, 1, 1))
    assert named(years, flood, new_year, later) == [folded, "\n\nTết Bính Ngọ", "Tết Đinh Mùi"]
    assert named(months, flood, new_year) == [folded, "Tết Bính Ngọ"]
    assert named(years, flood, new_year, blossoms) == [folded, "\n\nTết Bính Ngọ", ""]
    broken = (Break(datetime(2026, 1, 1), "break.areas"),)  # named to its left, over the flood
    assert named(years, later, breaks=broken) == ["Tết Đinh Mùi"]
    assert named(years, ("Lũ", date(2025, 10, 28), date(2025, 10, 31)), breaks=broken) == ["\n\nLũ"]


def test_what_happened_is_named_line_below_line_in_both_figures() -> None:
    x = Scale(datetime(2026, 1, 1), datetime(2026, 1, 3))
    band = Bar(datetime(2026, 1, 1), datetime(2026, 1, 3), 1.0, 0.0, "zone", "\nA & b\nc")
    drawing = Figure(100, 100, x, Scale(0.0, 1.0), (band,))
    drawn = svg(drawing)
    (name,) = figure(drawing, "light", "vi")["layout"]["annotations"]
    assert (name["text"], name["yshift"]) == ("A &amp; b<br>c", -18), "Plotly leaves empty lines out"
    rows = re.findall(r'<tspan x="50%" y="0%" dy="([\d.]+)em">([^<]+)<', drawn)
    assert rows == [("0.85", "A &amp; b"), ("2.15", "c")]


def test_the_vintage_break_is_drawn_only_where_it_is_crossed() -> None:
    crossing = result(points=series(date(2025, 6, 1), 60), breaks=(Break(datetime(2025, 7, 1), "break.areas"),))
    broken = [m for m in chart(crossing, CITY, "vi").marks if isinstance(m, Line) and m.role == "border"]
    assert [at for at, _ in broken[0].points] == [datetime(2025, 7, 1)] * 2
    [said] = [m for m in chart(crossing, CITY, "vi").marks if isinstance(m, Label) and m.role == "border"]
    assert "01/07/2025" in said.text
    later = result(breaks=crossing.breaks)
    assert not [m for m in chart(later, CITY, "vi").marks if isinstance(m, Line) and m.role == "border"]


def test_future_buckets_are_no_gap() -> None:
    points = tuple(Point(datetime(2026, 11, 24) + timedelta(days=n), MISSING if n else Value(5.0)) for n in range(4))
    assert gaps(result(points=points), "vi") == []


def test_targets_are_lines_only_where_a_bucket_can_meet_them() -> None:
    assert thresholds(result(), "vi") == []
    point = Point(datetime(2026, 11, 1), Value(0.97, Presence.PRESENT, 97, 100))
    answer = result(rate(), points=(point,), value=point.value, level=Level.WATCH)
    answer = replace(answer, target=replace(answer.target, value=98.0))
    assert [(rule.at, rule.role) for rule in thresholds(answer, "vi")] == [(95.0, "alert"), (98.0, "target")]
    assert flows(KPI.measure)
    assert not flows(rate().measure)


def test_close_rules_say_their_words_at_different_ends() -> None:
    rules = [Rule(98, "target", "a"), Rule(97, "watch", "b"), Rule(10, "alert", "c")]
    assert [rule.anchor for rule in spread(rules, Scale(0.0, 100.0))] == ["start", "end", "start"]


def test_the_pointer_reads_the_day_compared_with() -> None:
    made = plot(chart(result(), CITY, "vi"), result(), CITY, "vi", "dark")
    prev = next(trace for trace in made["data"] if trace.get("text") and "(" in trace["text"][0])
    assert prev["text"][0].endswith("(06/09/2025)")
    lost = next(trace for trace in made["data"] if trace.get("legendrank") == 2)
    assert lost["text"][20] == "<b>chưa có số liệu</b>"
    assert lost["y"][20] is None


def test_lines_are_named_by_the_days_asked_for() -> None:
    seen = view("from=2026-01-01&to=2026-11-24&grain=week&compare=year")
    answer = result(query=seen.query(), points=series(date(2025, 12, 29), 20))
    assert line_name(answer, "vi", "now") == "2026"
    assert line_name(answer, "vi", "prev") == "2025\ncùng kỳ"


def test_one_bucket_is_a_dot_with_its_day() -> None:
    drawing = chart(result(points=series(TODAY, 1)), CITY, "vi")
    assert [tick.text for tick in drawing.x.ticks] == ["24/11"]
    assert PointMark(datetime(2026, 11, 24), drawing.marks[-3].y) in drawing.marks


def test_nothing_to_draw_draws_nothing() -> None:
    assert chart(result(points=()), CITY, "vi") is None


@pytest.mark.parametrize("letters", range(1, 12))
def test_the_still_figure_has_a_place_for_every_axis(letters: int) -> None:
    room = axis_room(Scale(0.0, 1.0, (Tick(0.5, "9" * letters),)))
    assert room % STEP == 0 and room >= 14 + 6.8 * letters
    assert f".room-{room // STEP}{{" in SHEET.read_text()


def test_the_still_figure_is_silent_and_leaves_room_where_the_other_does() -> None:
    drawing = chart(result(), CITY, "vi")
    markup = render(still(drawing))
    assert 'aria-hidden="true"' in markup and "aria-label" not in markup
    assert f"room-{drawing.margin.left // STEP:.0f} is-wide" in markup
    plain = render(still(chart(replace(result(), points=series(TODAY, 3)), CITY, "vi", left=88.0)))
    assert "room-11" in plain

"""Heat tiles: the mean of a weekday's hour, ratios of sums, hatched where nothing is known."""

from __future__ import annotations

import json
from datetime import datetime

from data.catalogue.board import HeatTile
from data.kpis.result import MISSING, Freshness, Point, Value
from layouts.heat import figure, heat, means, peak, step
from layouts.html import render
from layouts.marks import HeatCell
from tests.layouts.answers import result

ITEM = HeatTile.model_validate_json(
    json.dumps({"heat": "DVC-11", "span": 6, "weeks": 2, "name": {"vi": "Theo giờ", "en": "By hour"}})
)
MONDAY, NEXT, SUNDAY = datetime(2026, 11, 9, 8), datetime(2026, 11, 16, 8), datetime(2026, 11, 15, 23)
POINTS = (Point(MONDAY, Value(10.0)), Point(NEXT, Value(20.0)), Point(SUNDAY, Value(3.0)))


def test_the_same_hour_of_two_mondays_is_their_mean():
    assert means(result(points=POINTS)) == {(0, 8): 15.0, (6, 23): 3.0}


def test_an_hour_without_a_number_is_neither_zero_nor_counted():
    assert means(result(points=(*POINTS, Point(datetime(2026, 11, 2, 8), MISSING))))[0, 8] == 15.0


def test_a_ratio_is_of_the_sums_and_keeps_its_scale():
    points = (
        Point(MONDAY, Value(100.0, numerator=1.0, denominator=10.0)),
        Point(NEXT, Value(500.0, numerator=45.0, denominator=90.0)),
    )
    assert means(result(points=points)) == {(0, 8): 460.0}  # 1,000 x (1 + 45) / (10 + 90)


def test_monday_stands_on_top_and_the_unknown_is_hatched():
    drawn = figure(result(points=POINTS), means(result(points=POINTS)), "vi")
    cells = {(mark.start, mark.low): mark.step for mark in drawn.marks if isinstance(mark, HeatCell)}
    assert len(cells) == 7 * 24
    assert (cells[8.0, 6.0], cells[23.0, 0.0], cells[0.0, 0.0]) == (7, 1, 0)


def test_classes_are_of_equal_width_and_equals_stand_in_the_middle():
    assert [step(number, 0.0, 7.0) for number in (None, 0.0, 0.99, 1.0, 6.0, 7.0)] == [0, 1, 1, 2, 7, 7]
    assert step(5.0, 5.0, 5.0) == 4


def test_the_sentence_names_the_highest_and_the_lowest_hour():
    said = peak(result(points=POINTS), means(result(points=POINTS)), "en")
    assert said.startswith("Highest Mon 8:00: 15")
    assert "lowest Sun 23:00: 3" in said


def test_a_silent_source_leaves_no_map_behind():
    drawn = render(heat(result(points=POINTS, freshness=Freshness.LOST), ITEM, "vi"))
    assert "<rect" not in drawn
    assert "Chưa có số liệu theo giờ." in render(heat(result(points=()), ITEM, "vi"))

"""The scorecard: pace beside a linear path, absences in words, a heading for every cell."""

from __future__ import annotations

import json
from datetime import date, datetime

from data.catalogue.board import ScorecardTile
from data.kpis.result import MISSING, Freshness, Point, TargetState, Value
from layouts.html import render
from layouts.marks import Line, PointMark
from layouts.scorecard import pace, path, scorecard
from tests.layouts.answers import kpi, result

ITEM = ScorecardTile.model_validate_json(
    json.dumps({"scorecard": ["DVC-11"], "years": [2025, 2030], "span": 12, "name": {"vi": "Bảng", "en": "Table"}})
)
GOAL = {
    "target": [
        {"from": "2023-12-31", "value": 30}, {"from": "2025-12-31", "value": 45}, {"from": "2030-12-31", "value": 70},
    ],
    "target_path": "linear", "direction": "up", "status": {}, "unit": "percent", "decimals": 1,
}  # fmt: skip


def test_a_linear_path_wants_the_share_of_days_gone_by():
    goal = kpi(**GOAL)
    assert goal.wanted(date(2023, 12, 30)) is None
    assert goal.wanted(date(2025, 12, 31)) == 45.0
    assert (
        goal.wanted(date(2026, 12, 31)) == 45.0 + 25.0 * 365 / 1826
    )  # 1,826 days from the end of 2025 to that of 2030
    assert goal.wanted(date(2031, 1, 1)) == 70.0


def test_pace_is_good_on_the_side_the_goal_lies():
    up = result(kpi=kpi(**GOAL), value=Value(0.482), target=TargetState(47.0, True, 1.0))
    assert pace(up) == ("ahead", 1.2)
    down = result(kpi=kpi(**GOAL | {"direction": "down"}), value=Value(0.482), target=TargetState(47.0, False, 1.0))
    assert pace(down) == ("behind", -1.2)
    assert pace(result(kpi=kpi(**GOAL), value=Value(0.47), target=TargetState(47.0, True, 1.0))) == ("level", 0.0)


def test_nothing_is_judged_that_is_not_known():
    wanted = TargetState(47.0, None, 1.0)
    assert pace(result(kpi=kpi(**GOAL), value=MISSING, target=wanted)) == ("unknown", None)
    lost = result(kpi=kpi(**GOAL), value=Value(0.9), target=wanted, freshness=Freshness.LOST)
    assert pace(lost) == ("unknown", None)
    assert pace(result(kpi=kpi(**GOAL), value=Value(0.9), target=None)) == ("unknown", None)


def test_the_path_runs_from_target_to_target_and_the_numbers_beside_it():
    held = result(kpi=kpi(**GOAL), value=Value(0.4), points=(Point(datetime(2026, 11, 23), Value(0.4)),))
    drawn = path(held)
    way, known = [mark for mark in drawn.marks if isinstance(mark, Line)]
    assert [number for _, number in way.points] == [30.0, 45.0, 70.0]
    assert known.points == ((float(date(2026, 11, 23).toordinal()), 40.0),)
    assert [mark.y for mark in drawn.marks if isinstance(mark, PointMark)] == [45.0, 70.0, 40.0]


def test_one_target_is_no_path():
    assert path(result(kpi=kpi(**GOAL | {"target": [{"from": "2026-01-01", "value": 5}]}))) is None


def test_a_line_says_number_targets_pace_and_names_every_cell():
    goal = kpi(**GOAL)
    held = result(kpi=goal, value=Value(0.482), target=TargetState(47.0, True, 1.0))
    drawn = render(scorecard(ITEM, {"DVC-11": goal}, {"DVC-11": held}, "vi"))
    assert "48,2%" in drawn
    assert "Vượt 1,2" in drawn
    assert "45,0%" in drawn
    assert "70,0%" in drawn
    assert 'data-label="Mục tiêu 2030"' in drawn
    assert "1 trên 1 chỉ tiêu đúng lộ trình" in drawn
    assert '<th scope="row">' in drawn


def test_an_awaited_line_keeps_its_targets():
    drawn = render(scorecard(ITEM, {"DVC-11": kpi(**GOAL)}, {}, "en"))
    assert "70.0%" in drawn
    assert 'data-state="loading"' in drawn


def test_a_year_without_a_goal_and_a_figure_not_yet_out_are_said_in_words():
    goal = kpi(**GOAL | {"target": [{"from": "2026-01-01", "value": 5}]})
    last = Point(datetime(2026, 11, 20), Value(0.4))
    held = result(kpi=goal, value=MISSING, points=(last,), last_known=last)
    drawn = render(scorecard(ITEM, {"DVC-11": goal}, {"DVC-11": held}, "vi"))
    assert "chưa đặt" in drawn
    assert "gần nhất 40,0%" in drawn

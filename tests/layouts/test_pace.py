"""Pace by hand: the displayed value less what should be reached, on the side the KPI calls good."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.kpis.result import TargetState
from layouts.pace import Pace, held_against, pace, target_in, told
from tests.layouts.goals import goal, goal_kpi


@pytest.mark.parametrize(
    ("number", "wanted", "direction", "found"),
    [
        (0.913, 90.0, "up", Pace("ahead", 1.3)),  # 91.3 - 90
        (0.9, 90.0, "up", Pace("on", 0.0)),
        (0.8996, 90.0, "up", Pace("on", 0.0)),  # displayed as 90.0
        (0.8994, 90.0, "up", Pace("behind", 0.1)),  # displayed as 89.9
        (0.894, 88.5021, "up", Pace("ahead", 0.9)),  # 0.8979: half up to the decimals of the KPI
        (0.2, 25.0, "down", Pace("ahead", 5.0)),  # less is better
        (0.26, 25.0, "down", Pace("behind", 1.0)),
    ],
)
def test_pace_is_the_distance_to_what_is_wanted(number, wanted, direction, found):
    assert pace(goal(number, kpi=goal_kpi(direction=direction), target=TargetState(wanted, None, 1.0))) == found


def test_without_a_number_a_target_or_a_good_side_there_is_no_pace():
    assert pace(goal(None)) is None
    assert pace(goal(target=None)) is None
    assert pace(goal(kpi=goal_kpi(direction="none"))) is None


@given(st.floats(0, 1), st.floats(0, 100))
def test_the_two_directions_mirror_each_other(number, wanted):
    state = TargetState(wanted, None, 1.0)
    up = pace(goal(number, target=state))
    down = pace(goal(number, kpi=goal_kpi(direction="down"), target=state))
    assert up.gap == down.gap
    assert (up.way, down.way) in {("ahead", "behind"), ("behind", "ahead"), ("on", "on")}


def test_pace_is_told_with_its_number_and_what_it_is_measured_from():
    late = goal(0.8994)
    assert told(pace(late), late.kpi, "vi") == "Chậm, thiếu 0,1\u00a0điểm\u00a0%"
    assert held_against(late, "vi") == "cần đạt 90% vào 31/12/2025"
    plain = {"vi": "km", "en": "km"}
    steps = goal(4.4, kpi=goal_kpi(unit=plain, target_path="steps"), target=TargetState(4.5, None, 0.9))
    assert told(pace(steps), steps.kpi, "en") == "Behind by 0.1\u00a0km"
    assert held_against(steps, "en") == "target in force 4.5"


def test_a_year_has_the_target_set_in_it_and_no_other():
    found = goal_kpi(target=[{"from": "2025-07-01", "value": 60}, {"from": "2025-01-01", "value": 50}])
    assert target_in(found, 2025) == 60
    assert target_in(found, 2030) is None
    assert target_in(goal_kpi(), 2030) == 95


def test_a_linear_path_wants_the_share_of_days_gone_by():
    path = goal_kpi()
    assert path.wanted(date(2023, 12, 30)) is None
    assert path.wanted(date(2025, 12, 31)) == 90.0
    assert path.wanted(date(2026, 12, 31)) == 90.0 + 5.0 * 365 / 1826  # 1,826 days from 2025 to 2030
    assert path.wanted(date(2031, 1, 1)) == 95.0

"""The outlook of a river: hand-computed rates and times, refusals, and how often its band held in the flood of 2025."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.outlook.river import Threshold, forecast, rate
from data.simulator.river import FLOOD_2025

NOW = datetime(2025, 10, 28, 12)
HOUR = timedelta(hours=1)
STEPS = (Threshold("watch", 1.0), Threshold("alert", 1.5), Threshold("emergency", 2.0))


def hourly(*levels: float, until: datetime = NOW) -> list[tuple[datetime, float]]:
    return [(until - HOUR * (len(levels) - 1 - place), level) for place, level in enumerate(levels)]


def test_a_steady_rise_comes_to_the_next_level_when_arithmetic_says():
    # 0.10 m an hour, 0.30 m short of 1.5 m: three hours. The band is 0.02 m an hour wide on both sides.
    found = forecast(hourly(0.9, 1.0, 1.1, 1.2), STEPS)
    assert (found.refusal, found.next) == (None, STEPS[1])
    assert found.rate_1h == pytest.approx(0.1) and found.rate_3h == pytest.approx(0.1)
    assert abs(found.due - (NOW + 3 * HOUR)) < timedelta(seconds=1)
    assert abs(found.early - (NOW + HOUR * (0.3 / 0.12))) < timedelta(seconds=1)
    assert abs(found.late - (NOW + HOUR * (0.3 / 0.08))) < timedelta(seconds=1)
    assert len(found.path) == 13
    assert found.path[-1][1:] == pytest.approx((1.2 + 6 * 0.08, 1.8, 1.2 + 6 * 0.12))


def test_a_rise_that_slows_has_a_band_between_its_two_rates():
    # 0.3 m in three hours, 0.05 m in the last: late is beyond the horizon, so it is not promised.
    found = forecast(hourly(0.9, 1.05, 1.15, 1.2), STEPS)
    assert found.rate_3h == pytest.approx(0.1) and found.rate_1h == pytest.approx(0.05)
    assert found.early < found.due and found.late is None


@pytest.mark.parametrize(
    ("levels", "why"),
    [((0.9, 0.91, 0.92, 0.93), "steady"), ((1.2, 1.4, 1.45, 1.41), "turning"), ((1.6, 1.5, 1.4, 1.3), "falling"),
     ((0.2, 0.25, 0.3, 0.35), "far"), ((2.1, 2.2, 2.3, 2.4), "top"), ((1.2,), "gap"), ((), "gap")],
)  # fmt: skip
def test_where_it_would_have_to_guess_it_refuses_and_says_why(levels, why):
    found = forecast(hourly(*levels), STEPS)
    assert found.refusal == why and found.due is None
    assert bool(found.path) == (why == "far")


def test_a_hole_in_the_last_hours_is_no_trend():
    levels = [(NOW - 9 * HOUR, 0.5), (NOW - HOUR, 1.1), (NOW, 1.2)]
    assert forecast(levels, STEPS).refusal == "gap"
    assert rate(levels, 1) == pytest.approx(0.1) and rate(levels, 3) is None


def test_where_all_water_upstream_falls_the_rise_ends_when_it_arrives():
    own, falling = hourly(0.9, 1.0, 1.1, 1.2), hourly(4.0, 3.8, 3.6, 3.4)
    found = forecast(own, STEPS, [(falling, 2 * HOUR), (falling, 5 * HOUR)])
    assert found.refusal == "far"  # two hours at 0.1 m are 1.4 m
    assert found.path[4][2] == found.path[-1][2] == pytest.approx(1.4)
    rising = hourly(3.0, 3.2, 3.4, 3.6)
    assert forecast(own, STEPS, [(falling, 2 * HOUR), (rising, 5 * HOUR)]).due is not None
    silent = [(at - 8 * HOUR, level) for at, level in rising]
    assert forecast(own, STEPS, [(falling, 2 * HOUR), (silent, HOUR)]).refusal == "far"


def level_at(points, at: datetime) -> float:
    before = max(held for held in points if held[0] <= at)
    after = min(held for held in points if held[0] > at)
    share = (at - before[0]) / (after[0] - before[0])
    return before[1] + (after[1] - before[1]) * share


def test_in_the_flood_of_october_2025_the_band_of_three_hours_held_four_times_in_five():
    """Between published levels of Hội An the simulator interpolates: this is the best such a method can do."""
    points = FLOOD_2025["hoi_an"]
    steps = [Threshold(str(level), level) for level in (1.0, 1.5, 2.0, 2.5, 3.0, 3.5)]
    at, told, held = datetime(2025, 10, 27), 0, 0
    while at < datetime(2025, 10, 30):
        levels = [(at - HOUR * back, level_at(points, at - HOUR * back)) for back in range(6, -1, -1)]
        found = forecast(levels, steps)
        if found.path:
            told += 1
            _, low, _, high = found.path[6]
            held += low <= level_at(points, at + 3 * HOUR) <= high
        at += HOUR
    assert told > 40
    assert held / told >= 0.8, (held, told)


@settings(max_examples=200, deadline=None)
@given(levels=st.lists(st.floats(-0.5, 4), min_size=0, max_size=12))
def test_a_band_holds_its_middle_widens_and_begins_where_the_river_is(levels):
    found = forecast(hourly(*levels), STEPS)
    if not found.path:
        assert found.refusal is not None and found.due is None
        return
    widths = [high - low for _, low, _, high in found.path]
    assert found.path[0][1] == found.path[0][3] == levels[-1]
    assert all(low <= middle <= high for _, low, middle, high in found.path)
    assert widths == sorted(widths)
    if found.due is not None:
        assert found.next.level > levels[-1] and NOW <= found.early <= found.due <= (found.late or found.due)
        assert found.due - NOW <= 6 * HOUR

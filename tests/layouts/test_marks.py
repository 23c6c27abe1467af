"""Figures as values: scales, ticks, thresholds, gaps."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar.period import Grain
from layouts.axis import number_axis, time_ticks
from layouts.figures import bullet, hero, spark
from layouts.marks import Bullet, Gap, Label, Line, PointMark, Rule, Scale
from tests.layouts.answers import WORDS, Freshness, Level, TargetState, Value, kpi, result


def of(figure, kind):
    return [mark for mark in figure.marks if isinstance(mark, kind)]


def test_scale_shares_numbers_and_moments():
    assert Scale(10.0, 20.0).share(15.0) == 0.5
    start = datetime(2026, 11, 24)
    assert Scale(start, start + timedelta(hours=24)).share(start + timedelta(hours=6)) == 0.25


def test_number_axis_starts_at_zero_with_round_ticks():
    axis = number_axis(120.0, 4860.0, str)
    assert [tick.at for tick in axis.ticks] == [0.0, 2000.0, 4000.0]
    assert axis.high == pytest.approx(4860 + 0.06 * 4860)


def test_number_axis_does_not_flatten_a_high_series():
    axis = number_axis(96.0, 99.0, str)
    assert axis.low == 96.0
    assert [tick.at for tick in axis.ticks] == [96.0, 97.0, 98.0, 99.0]


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_number_axis_holds_its_data(low, width):
    axis = number_axis(low, low + width, str)
    assert axis.low <= low + 1e-6 * abs(low) + 1e-12
    assert axis.high >= low + width
    assert 1 <= len(axis.ticks) <= 6


def test_hours_fall_on_the_clock_and_midnight_is_a_date():
    ticks = time_ticks(datetime(2026, 11, 23, 20), datetime(2026, 11, 24, 19), Grain.HOUR, "vi")
    assert [tick.text for tick in ticks] == ["24/11", "6 giờ", "12 giờ", "18 giờ"]
    assert [tick.anchor for tick in ticks] == ["middle", "middle", "middle", "end"]


def test_days_count_back_from_the_newest():
    ticks = time_ticks(datetime(2026, 11, 1), datetime(2026, 11, 30), Grain.DAY, "vi")
    assert [tick.at.day for tick in ticks] == [6, 12, 18, 24, 30]


def test_spark_draws_line_end_dot_and_nearest_threshold():
    figure = spark(result(series=[2.0, 4.0, 3.0]))
    assert [n for _, n in of(figure, Line)[0].points] == [2.0, 4.0, 3.0]
    assert of(figure, PointMark)[0].y == 3.0
    assert of(figure, Rule)[0].at == 5
    assert figure.y.low < 2.0 and figure.y.high > 5.0


def test_spark_leaves_out_a_threshold_far_from_the_data():
    assert of(spark(result(series=[0.0, 1.0, 1.0])), Rule) == []


def test_spark_needs_two_numbers():
    assert spark(result(series=[None, 3.0])) is None


def test_percent_is_drawn_in_display_unit():
    shown = kpi(unit="percent", direction="up", status={"watch": 98, "alert": 95})
    assert of(spark(result(0.986, [0.97, 0.986], kpi=shown)), PointMark)[0].y == pytest.approx(98.6)


def test_a_missing_bucket_stays_a_gap_in_the_line():
    assert [n for _, n in of(hero(result(series=[2.0, None, 3.0]), "vi"), Line)[0].points] == [2.0, None, 3.0]


def test_a_lost_source_hatches_from_its_last_number():
    answer = result(series=[2.0, 3.0, None, None], freshness=Freshness.LOST)
    (gap,) = of(hero(answer, "vi"), Gap)
    assert gap.start == answer.points[1].at
    assert gap.end == answer.points[3].at
    assert of(hero(answer, "vi"), Line)[0].role == "stale"


def test_a_late_source_is_not_hatched():
    assert of(hero(result(series=[2.0, 3.0, None], freshness=Freshness.LATE), "vi"), Gap) == []


def test_hero_names_an_official_scale_in_its_own_words():
    river = kpi(unit={"vi": "m", "en": "m"}, decimals=2, status={"watch": 1.0, "alert": 1.5, "words": WORDS})
    rules = of(hero(result(0.42, [0.4, 0.42], kpi=river), "vi"), Rule)
    assert [(rule.text, rule.anchor) for rule in rules] == [
        ("Báo động II 1,5\u00a0m", "start"),
        ("Báo động I 1,0\u00a0m", "start"),
    ]


def test_words_of_close_thresholds_do_not_stand_on_each_other():
    close = kpi(status={"watch": 10.0, "alert": 10.4})
    rules = of(hero(result(9.0, [1.0, 2.0, 9.0], kpi=close), "vi"), Rule)
    assert len({(rule.side, rule.anchor) for rule in rules}) == 2 and all(rule.text for rule in rules)


def test_hero_shows_capacity_and_the_grey_series_with_its_name():
    crowd = kpi(capacity=8500, capacity_name={"vi": "sức chứa", "en": "capacity"})
    answer = result(4860, [4000.0, 4200.0, 4500.0, 4600.0, 4800.0, 4860.0] * 3, kpi=crowd, against=[3000.0] * 18)
    figure = hero(answer, "vi")
    assert of(figure, Rule)[0].text == "Sức chứa 8.500"
    assert [line.role for line in of(figure, Line)] == ["prev", "now"]
    assert of(figure, Label)[0].text == "Năm trước"


def test_hero_says_itself_in_one_sentence():
    said = hero(result(series=[2.0, 4.0, 3.0]), "en").alt
    assert said == (
        "Overdue reports: lowest 2\u00a0reports (22 Nov 2026), highest 4\u00a0reports (23 Nov 2026), "
        "latest 3\u00a0reports (24 Nov 2026)."
    )


def test_hero_without_numbers_is_none():
    assert hero(result(None, [None, None]), "vi") is None


def test_the_line_takes_the_role_of_the_level():
    assert of(spark(result(6, [2.0, 6.0], level=Level.ALERT)), Line)[0].role == "alert"


def test_bullet_has_target_and_pace():
    figure = bullet(result(60.0, target=TargetState(100.0, False, 0.9)))
    assert figure.marks == (Bullet(60.0, 100.0, 90.0, "now"),)
    assert figure.x.high == 105.0
    assert bullet(result(60.0)) is None
    assert bullet(result(None, target=TargetState(100.0, None, 0.9), value=Value(None))) is None

"""The machine against cases worked out by hand, and against what must hold whatever comes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.alerts import Reading, Standing, Transition, step
from data.catalogue import Text
from data.catalogue.alert import Alert

T0 = datetime(2025, 10, 29, 6, 0)
NAME = Text(vi="x", en="x")


def rule(**given_: object) -> Alert:
    told = {"id": "river", "name": NAME, "kpi": "HT-07", "owner": NAME, "for": 600, "clear_for": 900, "stay": 1200}
    return Alert.model_validate(told | given_)


def reading(minute: float | None, level: int | None, held: int | None = None) -> Reading:
    """A reading so many minutes after T0; without a margin a value is clear as soon as it is below."""
    at = None if minute is None else T0 + timedelta(minutes=minute)
    return Reading("river", "", at, None if level is None else float(level), level, level if held is None else held)


def run(alert: Alert, readings, standing: Standing | None = None) -> tuple[Standing, list[Transition]]:
    stands, found = standing or Standing(), []
    for one in readings:
        stands, moved = step(alert, stands, one)
        found += [moved] if moved else []
    return stands, found


def told(found: list[Transition]) -> list[tuple[int, int, int]]:
    """(before, after, minute) of transitions."""
    return [(move.before, move.after, round((move.event.changed_at - T0).total_seconds() / 60)) for move in found]


def test_a_level_is_entered_when_it_has_held_and_left_when_it_has_been_clear():
    """Above from minute 5; ten minutes hold until 15. Below from 40; a quarter of an hour clear until 55."""
    levels = [(0, 0), (5, 1), (10, 1), (15, 1), (20, 1), (40, 0), (50, 0), (55, 0), (60, 0)]
    stands, found = run(rule(), [reading(*one) for one in levels])
    assert told(found) == [(0, 1, 15), (1, 0, 55)]
    assert [move.event.id for move in found] == ["river::2025-10-29T06:15:00"] * 2
    assert found[-1].event.ended_at == T0 + timedelta(minutes=55)
    assert (stands.level, stands.event) == (0, None)


def test_a_peak_too_short_is_no_event():
    assert run(rule(), [reading(0, 0), reading(5, 3), reading(10, 0), reading(20, 3), reading(29, 3)])[1] == []


def test_where_life_is_at_stake_nobody_waits():
    assert told(run(rule(safety=True), [reading(5, 2)])[1]) == [(0, 2, 5)]


def test_a_rise_goes_through_the_levels_that_have_held():
    """Watch since 0, alert since 5, emergency since 12: entered at 10, 15 and 22."""
    levels = [(0, 1), (5, 2), (10, 2), (12, 3), (15, 3), (20, 3), (22, 3)]
    _, found = run(rule(), [reading(*one) for one in levels])
    assert told(found) == [(0, 1, 10), (1, 2, 15), (2, 3, 22)]
    assert {move.event.id for move in found} == {"river::2025-10-29T06:10:00"}
    assert [move.event.peak for move in found] == [1, 2, 3]


def test_within_the_margin_a_level_stands():
    """The value is below the threshold from 20 on, but clear of it by the margin only from 60."""
    levels = [(0, 1), (10, 1), (20, 0, 1), (59, 0, 1), (60, 0, 0), (75, 0, 0)]
    assert told(run(rule(), [reading(*one) for one in levels])[1]) == [(0, 1, 10), (1, 0, 75)]


def test_a_level_stays_for_its_time():
    """Clear since 11; a quarter of an hour clear is at 26, twenty minutes of standing at 30."""
    levels = [(0, 1), (10, 1), (11, 0), (26, 0), (29, 0), (30, 0)]
    assert told(run(rule(), [reading(*one) for one in levels])[1]) == [(0, 1, 10), (1, 0, 30)]


def test_from_emergency_one_comes_down_to_where_the_value_is():
    levels = [(0, 3), (10, 3), (20, 1), (35, 1), (36, 1)]
    assert told(run(rule(), [reading(*one) for one in levels])[1]) == [(0, 3, 10), (3, 1, 35)]


@pytest.mark.parametrize("nothing", [(None, None), (12, None), (None, 2)])
def test_what_is_missing_neither_begins_nor_ends_anything(nothing):
    kept = [reading(0, 1), reading(10, 1)]
    assert run(rule(), [*kept, reading(*nothing)]) == run(rule(), kept)
    assert run(rule(), [reading(*nothing)] * 50)[1] == []


def test_the_past_is_not_lived_again():
    """A delivery of older rows, or a load taken back, brings earlier moments."""
    kept = [reading(0, 1), reading(10, 1)]
    assert run(rule(), [*kept, reading(4, 0), reading(10, 3)]) == run(rule(), kept)


def test_a_lower_level_than_the_least_is_no_event():
    assert told(run(rule(least="alert"), [reading(0, 1), reading(60, 1), reading(70, 2), reading(80, 2)])[1]) == [
        (0, 2, 80)
    ]


LEVELS = st.integers(0, 3)
READINGS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 300)), st.one_of(st.none(), LEVELS), LEVELS), max_size=60
).map(lambda rows: [reading(at, now, None if now is None else max(now, held)) for at, now, held in rows])
RULES = st.builds(
    lambda wait, clear, stay, safety, least: rule(
        **{"for": wait * 60}, clear_for=clear * 60, stay=stay * 60, safety=safety, least=least
    ),
    st.integers(0, 30), st.integers(1, 30), st.integers(1, 60), st.booleans(),
    st.sampled_from(("watch", "alert", "emergency")),
)  # fmt: skip


@given(RULES, READINGS, st.integers(0, 60))
def test_the_same_log_makes_the_same_transitions_wherever_it_is_cut(alert, readings, cut):
    whole = run(alert, readings)
    stands, first = run(alert, readings[:cut])
    again, second = run(alert, readings[cut:], stands)
    assert (again, first + second) == whole


@given(RULES, READINGS)
def test_delivered_twice_nothing_happens_twice(alert, readings):
    """A process that died between two writes reads the last reading again."""
    assert run(alert, [one for each in readings for one in (each, each)]) == run(alert, readings)


@given(RULES, READINGS)
def test_what_must_hold_of_every_run(alert, readings):
    least = ("normal", "watch", "alert", "emergency").index(alert.least)
    stands, open_, entered = Standing(), None, None
    ids = set()
    for one in readings:
        stands, move = step(alert, stands, one)
        assert (stands.event is None) == (stands.level == 0)
        if move is None:
            continue
        assert move.before != move.after and (move.after == 0 or move.after >= least)
        if move.before == 0:
            assert open_ is None, "two events of one rule and part at once"
            assert move.event.id not in ids, "an event that ended began again"
            open_ = move.event.id
            ids.add(open_)
        assert move.event.id == open_
        if move.after > move.before:
            assert one.level >= move.after, "no level without its condition"
        else:
            assert one.held < move.before, "no end without its condition"
            assert one.at - entered >= timedelta(seconds=alert.stay)
        entered = one.at
        open_ = None if move.after == 0 else open_


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"source": "river"}, "two rules"), ({"kpi": None}, "two rules"), ({"silent_for": 60}, "go together"),
     ({"owner": None}, "nobody's business"),
     ({"kpi": None, "source": "river", "silent_for": 60, "margin": 1}, "silent or not")],
)  # fmt: skip
def test_a_rule_says_one_thing(wrong, said):
    with pytest.raises(ValueError, match=said):
        rule(**{"for": 0} | wrong)

"""The programme of a wall: by events, calendar and time of day, and the same whoever asks."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.alerts.event import Event, event_id
from data.catalogue.alert import Alert
from data.catalogue.board import Board
from data.catalogue.playlist import Playlist
from data.walls.programme import ALARM, ENDED, Programme, Turn, programme, worst_first

NOON = datetime(2026, 11, 24, 12, 0)
NAME = {"vi": "x", "en": "x"}


def board(name: str, tiles: int = 4) -> Board:
    row = [{"kpi": f"K{i}", "span": 12 // tiles} for i in range(tiles)]
    return Board.model_validate_json(json.dumps({"id": name, "name": NAME, "title": NAME, "rows": [row]}))


BOARDS = {name: board(name) for name in ("overview", "egov", "flood", "lantern")}
PLAYLIST = Playlist.model_validate_json(
    json.dumps(
        {
            "id": "hall", "name": NAME, "dim": {"from": "22:00", "to": "05:30"},
            "scenes": [
                {"board": "overview"},
                {"board": "egov", "hours": {"from": "06:30", "to": "18:00"}, "working_days": True},
                {"board": "lantern", "joins": "lantern_night", "dwell": 45}, {"board": "flood", "joins": "event"},
            ],
        }
    )
)  # fmt: skip


def rule(name: str, scene: str | None = "flood", safety: bool = False) -> Alert:
    raw = {"id": name, "name": NAME, "kpi": "K", "owner": NAME, "scene": scene, "safety": safety}
    return Alert.model_validate_json(json.dumps(raw))


RULES = {
    "river": rule("river"), "rise": rule("rise", safety=True), "crowd": rule("crowd", "lantern"),
    "quiet": rule("quiet", None),
}  # fmt: skip


def event(name: str, level: int, minutes: int = 30, ended: float | None = None, peak: int | None = None) -> Event:
    began = NOON - timedelta(minutes=minutes)
    over = None if ended is None else NOON - timedelta(seconds=ended)
    return Event(event_id(name, "", began), name, "", began, level, peak or level, 1.0, began, over)


def plan(*events: Event, now: datetime = NOON, works: bool = True) -> Programme:
    return programme(PLAYLIST, BOARDS, RULES, events, now, works)


def scenes(found: Programme) -> list[str]:
    return [turn.scene for turn in found.turns]


def test_on_a_calm_working_day_only_what_always_joins_is_shown():
    found = plan()
    assert (found.state, scenes(found), found.dimmed) == ("normal", ["overview", "egov"], False)
    assert found.turns[0] == Turn("overview", 28, 0)  # 12 s and 4 s for each of 4 tiles


def test_office_hours_and_days_are_kept():
    assert scenes(plan(now=NOON.replace(hour=18))) == ["overview"]
    assert scenes(plan(works=False)) == ["overview"]


def test_a_lantern_night_joins_from_the_day_before():
    # 22 December 2026 is the 14th of the 11th lunar month.
    eve, night, after = (datetime(2026, 12, day, 20) for day in (21, 22, 23))
    assert [("lantern" in scenes(plan(now=at))) for at in (eve, night, after)] == [True, True, False]
    assert next(turn for turn in plan(now=night).turns if turn.scene == "lantern").seconds == 45


def test_what_is_watched_joins_and_comes_back_every_second_turn():
    found = plan(event("river", 1))
    assert found.state == "watch"
    assert scenes(found) == ["overview", "flood", "egov", "flood"]


def test_a_watch_without_a_scene_changes_no_turn():
    found = plan(event("quiet", 1))
    assert (found.state, scenes(found)) == ("watch", ["overview", "egov"])


@pytest.mark.parametrize(("level", "state"), [(2, "alert"), (3, "emergency")])
def test_an_alert_takes_the_wall_whole(level, state):
    found = plan(event("river", level))
    assert (found.state, scenes(found)) == (state, [ALARM])


def test_an_alert_without_a_scene_does_not_take_the_wall():
    assert scenes(plan(event("quiet", 3))) == ["overview", "egov"]


def test_two_alerts_stand_by_level_then_life_then_the_newest():
    river, rise, crowd = event("river", 2, 10), event("rise", 2, 90), event("crowd", 3, 60)
    found = plan(river, rise, crowd)
    assert [one.rule for one in found.alarms] == ["crowd", "rise", "river"]
    assert found.state == "emergency"


def test_what_has_just_ended_is_told_for_a_minute_and_then_no_more():
    assert scenes(plan(event("river", 0, 90, ended=5, peak=2))) == [ENDED]
    assert scenes(plan(event("river", 0, 90, ended=61, peak=2))) == ["overview", "egov"]
    assert scenes(plan(event("river", 0, 90, ended=5, peak=1))) == ["overview", "egov"]


def test_another_alert_goes_before_a_farewell():
    assert scenes(plan(event("river", 0, 90, ended=5, peak=2), event("crowd", 2))) == [ALARM]


def test_a_wall_is_dimmed_at_night_unless_something_is_wrong():
    night = NOON.replace(hour=23)
    assert plan(now=night).dimmed
    assert not plan(event("quiet", 1), now=night).dimmed


def test_a_rule_that_is_no_more_moves_nothing():
    assert scenes(plan(event("gone", 3))) == ["overview", "egov"]


def test_what_stands_follows_from_the_moment_alone():
    found = plan()
    assert [found.at(second).scene for second in (0, 27.9, 28, 55.9, 56, 56_000_000 + 28)] == [
        "overview", "overview", "egov", "egov", "overview", "egov",
    ]  # fmt: skip


levels = st.lists(
    st.tuples(
        st.sampled_from(sorted(RULES)), st.integers(0, 3), st.integers(0, 500),
        st.one_of(st.none(), st.floats(0, 200)),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(found=levels, hour=st.integers(0, 23), works=st.booleans())
def test_a_wall_is_never_empty_and_never_hides_an_alert(found, hour, works):
    events = [event(name, level, minutes, ended) for name, level, minutes, ended in found]
    shown = programme(PLAYLIST, BOARDS, RULES, events, NOON.replace(hour=hour), works)
    assert shown.turns and all(turn.seconds > 0 for turn in shown.turns)
    loud = [one for one in events if one.ended_at is None and one.level >= 2 and RULES[one.rule].scene]
    assert (scenes(shown) == [ALARM]) == bool(loud)
    if loud:
        assert list(shown.alarms) == worst_first(loud, RULES)
        assert shown.alarms[0].level == max(one.level for one in loud)

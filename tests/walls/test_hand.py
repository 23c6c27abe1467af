"""The hand on a room: every place stands on the same scene, an alert always wins, and a hand always ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.catalogue.room import Room
from data.walls.hand import ACTS, LEADS, Hand, HandError, laid, led_from, standing
from data.walls.programme import ALARM, Programme, Turn, seconds
from tests.walls.test_programme import BOARDS, NAME, NOON, PLAYLIST, RULES, event, plan, programme

ROOM = Room.model_validate(
    {"id": "main", "name": NAME, "playlist": "hall", "pause": "2 minutes", "pin": "30 minutes",
     "places": ({"id": "a", "name": NAME, "show": "map"}, {"id": "b", "name": NAME, "show": "kpis"})}
)  # fmt: skip
SECOND = timedelta(seconds=1)
# 50 + 30 + 20 seconds; at NOON, 43,200 s after a midnight that is a whole number of rounds, the first begins.
THREE = Programme("normal", (Turn("x", 50, 0), Turn("y", 30, 1), Turn("z", 20, 2)))
START = NOON - timedelta(seconds=seconds(NOON) % 100)


def scene(found: Programme, hand: Hand | None, at) -> str:
    return found.turns[standing(found, hand, at).turn].scene


def test_without_a_hand_the_clock_leads():
    assert [scene(THREE, None, START + n * SECOND) for n in (0, 49, 50, 79, 80, 99, 100)] == list("xxyyzzx")


def test_next_stands_at_once_for_its_whole_time_and_the_playlist_goes_on_from_it():
    hand = laid("next", THREE, None, ROOM, "lan", START + 10 * SECOND)
    at = [scene(THREE, hand, START + (10 + n) * SECOND) for n in (0, 29.9, 30, 49.9, 50, 99.9, 100)]
    assert at == list("yyzzxxy")
    assert scene(THREE, hand, hand.until) == scene(THREE, None, hand.until)


def test_previous_goes_round_and_picked_is_what_was_picked():
    assert laid("previous", THREE, None, ROOM, "lan", START).scene == "z"
    assert laid("pick", THREE, None, ROOM, "lan", START, "y").turn == 1
    with pytest.raises(HandError, match="scene"):
        laid("pick", THREE, None, ROOM, "lan", START, "moon")


def test_a_pause_ends_by_itself_and_goes_on_where_it_was():
    hand = laid("pause", THREE, None, ROOM, "lan", START + 45 * SECOND)
    assert hand.held_until == START + timedelta(minutes=2, seconds=45)
    assert [scene(THREE, hand, hand.held_until + n * SECOND) for n in (-1, 4.9, 5)] == ["x", "x", "y"]
    assert standing(THREE, hand, hand.held_until - SECOND).still
    assert not standing(THREE, hand, hand.held_until).still


def test_a_pin_lasts_longer_and_going_on_under_it_keeps_it():
    pin = laid("pin", THREE, None, ROOM, "lan", START)
    on = laid("next", THREE, pin, ROOM, "minh", START + 60 * SECOND)
    assert (on.scene, on.act, on.held_until, on.who) == ("y", "pin", pin.held_until, "minh")
    assert scene(THREE, on, pin.held_until - SECOND) == "y"


def test_the_last_of_two_people_wins():
    first = laid("pick", THREE, None, ROOM, "lan", START, "z")
    second = laid("pick", THREE, first, ROOM, "minh", START + SECOND, "y")
    assert (scene(THREE, second, START + SECOND), second.who) == ("y", "minh")


def test_a_board_that_comes_back_every_second_turn_does_not_trap_the_hand():
    watched = plan(event("river", 1))  # overview, flood, egov, flood
    hand, seen = None, []
    for press in range(4):
        hand = laid("next", watched, hand, ROOM, "lan", START + press * SECOND)
        seen.append(hand.turn)
    assert sorted(seen) == [0, 1, 2, 3]


def test_an_alert_overrides_the_hand_and_gives_it_back():
    pin = laid("pick", plan(), laid("pin", plan(), None, ROOM, "lan", NOON), ROOM, "lan", NOON, "egov")
    loud = plan(event("river", 2))
    assert scene(loud, pin, NOON + SECOND) == ALARM
    assert led_from(loud, pin, NOON) is None
    with pytest.raises(HandError, match="alert"):
        laid("next", loud, pin, ROOM, "lan", NOON)
    assert scene(plan(), pin, NOON + 90 * SECOND) == "egov"


def test_a_scene_that_left_the_playlist_is_led_by_the_clock():
    pin = laid("pick", plan(), None, ROOM, "lan", NOON, "egov")
    evening = plan(now=NOON.replace(hour=19))
    assert not standing(evening, pin, NOON).led


acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2400), st.sampled_from("xyz")), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(acts=acts, after=st.integers(0, 5000), level=st.integers(0, 3))
def test_a_hand_always_ends_and_never_hides_an_alert(acts, after, level):
    hand, now = None, START
    for act, waits, pick in acts:
        now += waits * SECOND
        hand = laid(act, THREE, hand if hand and hand.holds(now) else None, ROOM, "lan", now, pick)
        assert now <= hand.held_until <= now + timedelta(seconds=ROOM.pin)
        assert hand.until == hand.held_until + LEADS
        assert scene(THREE, hand, now) == hand.scene
    later = now + after * SECOND
    found = standing(THREE, hand, later)
    assert 0 <= found.spent < THREE.turns[found.turn].seconds
    if not hand.holds(later):
        assert found == standing(THREE, None, later)
    events = [event("river", level)] if level else []
    shown = programme(PLAYLIST, BOARDS, RULES, events, NOON, True)
    assert (scene(shown, hand, later) == ALARM) == (level >= 2)


@settings(max_examples=100, deadline=None)
@given(acts=acts, moments=st.lists(st.floats(0, 5000), min_size=1, max_size=5))
def test_what_stands_is_told_to_every_screen_by_the_same_three_numbers(acts, moments):
    """A screen knows seconds into the programme, until when they stand still, and when the hand ends: as wall.js."""
    now = START
    hand = None
    for act, waits, pick in acts:
        now += waits * SECOND
        hand = laid(act, THREE, hand if hand and hand.holds(now) else None, ROOM, "lan", now, pick)
    begins = led_from(THREE, hand, now)
    for later in moments:
        at = now + later * SECOND
        led = at < hand.until
        place = begins + max(0.0, (at - hand.held_until).total_seconds()) if led else seconds(at)
        assert THREE.at(place).scene == scene(THREE, hand, at)

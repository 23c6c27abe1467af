"""The hand: what whoever holds the remote of a room has asked of it, and which scene stands under it.

Pure functions. What stands in a room follows from the programme, the city's clock and the hand alone, so all its
screens are in step. A hand ends by itself; it holds nothing while an alert has the walls, and again when that is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from data.catalogue.room import Room
from data.walls.programme import Programme, seconds

Act = Literal["next", "previous", "pick", "pause", "pin"]
ACTS: tuple[str, ...] = Act.__args__  # type: ignore[attr-defined]
LEADS = timedelta(minutes=10)  # how long a room that goes on by itself still goes on from where the hand left it


@dataclass(frozen=True, slots=True)
class Hand:
    """``scene``, turn number ``turn`` of the programme, had stood ``spent`` seconds when ``who`` took it.

    It stands still until ``held_until``, then the programme goes on from it; at ``until`` the clock leads again.
    """

    who: str
    act: Act
    scene: str
    turn: int
    spent: float
    taken_at: datetime
    held_until: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        """Whether it has not ended."""
        return now < self.until


@dataclass(frozen=True, slots=True)
class Standing:
    """Turn number ``turn`` stands since ``spent`` seconds: ``led`` by a hand, and ``still`` while that holds it."""

    turn: int
    spent: float
    led: bool = False
    still: bool = False


class HandError(ValueError):
    """An act that cannot be done now: an alert has the walls, or there is no such scene."""


def led_from(plan: Programme, hand: Hand | None, now: datetime) -> float | None:
    """Seconds into the programme at which a hand holds it; None when it has ended or what it holds is not shown."""
    if hand is None or not hand.holds(now):
        return None
    scenes = [turn.scene for turn in plan.turns]
    if hand.scene not in scenes:
        return None
    kept = hand.turn < len(scenes) and scenes[hand.turn] == hand.scene
    index = hand.turn if kept else scenes.index(hand.scene)
    before = sum(turn.seconds for turn in plan.turns[:index])
    return before + max(0.0, min(hand.spent, plan.turns[index].seconds - 1))


def standing(plan: Programme, hand: Hand | None, now: datetime) -> Standing:
    """What stands in a room."""
    begins = led_from(plan, hand, now)
    if begins is None or hand is None:
        return Standing(*plan.position(seconds(now)))
    gone = max(0.0, (now - hand.held_until).total_seconds())
    return Standing(*plan.position(begins + gone), led=True, still=now < hand.held_until)


def laid(act: Act, plan: Programme, hand: Hand | None, room: Room, who: str, now: datetime, pick: str = "") -> Hand:
    """The hand after an act of ``who``; ``pick`` is the scene to go to. A room that is held still stays so until then.

    HandError("alert") while an alert has the walls, HandError("scene") for a scene that is not shown now.
    """
    if plan.taken:
        raise HandError("alert")
    here = standing(plan, hand, now)
    turn, spent, held = here.turn, here.spent, hand.held_until if hand is not None and here.still else now
    if act in ("pause", "pin"):
        held = now + timedelta(seconds=room.pause if act == "pause" else room.pin)
    else:
        turn, spent = _gone_to(act, plan, here.turn, pick), 0.0
    kept = act if hand is None or held == now or act in ("pause", "pin") else hand.act
    return Hand(who, kept, plan.turns[turn].scene, turn, spent, now, held, held + LEADS)


def _gone_to(act: Act, plan: Programme, here: int, pick: str) -> int:
    if act == "pick":
        scenes = [turn.scene for turn in plan.turns]
        if pick not in scenes:
            raise HandError("scene")
        return scenes.index(pick)
    return (here + (1 if act == "next" else -1)) % len(plan.turns)

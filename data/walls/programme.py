"""The programme: which scenes a wall goes through now, told by events, calendar and time of day.

A pure function. What stands on a wall at a moment follows from the programme and the city's clock alone, so screens
that play the same one are in step, and no timer of a browser has to be trusted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from typing import Literal

from data.alerts.event import Event
from data.calendar.lunar import lunar_night
from data.catalogue.alert import Alert
from data.catalogue.board import Board
from data.catalogue.playlist import Playlist, Scene

State = Literal["normal", "watch", "alert", "emergency"]
STATES: tuple[State, ...] = ("normal", "watch", "alert", "emergency")
ALARM, ENDED = "alarm", "ended"
ALERT = 2
SHORTEST, LONGEST, BASE, EACH = 20, 60, 12, 4  # seconds: of a scene, and of a scene for each tile
FAREWELL = timedelta(seconds=60)
STACKED = 2  # alerts whose bands stand above each other; the others are quiet facts
NEAR = timedelta(hours=24)
BEGINNING = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Turn:
    """A scene by its name, for so many seconds. ``place`` is where it stands in the playlist, None for an alarm."""

    scene: str
    seconds: int
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """Turns that follow each other for ever, counted from midnight of 1 January 1970 by the city's clock.

    ``alarms`` are what it is about, the worst first; at least an alert means that no other board is shown.
    """

    state: State
    turns: tuple[Turn, ...]
    alarms: tuple[Event, ...] = ()
    dimmed: bool = False

    @property
    def taken(self) -> bool:
        """Whether an alert has the walls, or has just given them back."""
        return self.turns[0].scene in (ALARM, ENDED)

    def at(self, seconds: float) -> Turn:
        """The turn that stands so many seconds after the beginning."""
        return self.turns[self.position(seconds)[0]]

    def position(self, seconds: float) -> tuple[int, float]:
        """Its number, and how many seconds it has stood."""
        left = seconds % sum(turn.seconds for turn in self.turns)
        for number, turn in enumerate(self.turns):
            if left < turn.seconds:
                return number, left
            left -= turn.seconds
        return len(self.turns) - 1, float(self.turns[-1].seconds)


def programme(
    playlist: Playlist,
    boards: Mapping[str, Board],
    rules: Mapping[str, Alert],
    events: Sequence[Event],
    now: datetime,
    works: bool = True,
) -> Programme:
    """The programme of a playlist; ``events`` are those that last and those that ended of late, ``works`` says
    whether offices are open today."""
    open_ones = [event for event in events if event.ended_at is None and event.rule in rules]
    staged = worst_first([event for event in open_ones if rules[event.rule].scene in boards], rules)
    loud = [event for event in staged if event.level >= ALERT]
    if loud:
        return Programme(STATES[loud[0].level], (Turn(ALARM, LONGEST),), tuple(loud))
    ended = [
        event
        for event in events
        if event.ended_at is not None and event.peak >= ALERT and now - event.ended_at < FAREWELL
        and event.rule in rules and rules[event.rule].scene in boards
    ]  # fmt: skip
    state: State = "watch" if any(event.level for event in open_ones) else "normal"
    dimmed = state == "normal" and playlist.dim is not None and playlist.dim.hold(f"{now:%H:%M}")
    if ended:
        return Programme(state, (Turn(ENDED, LONGEST),), tuple(worst_first(ended, rules)))
    watched = [rules[event.rule].scene or "" for event in staged]
    shown = [
        Turn(scene_name(playlist, place), dwell(scene, boards[scene.board]), place)
        for place, scene in enumerate(playlist.scenes)
        if scene.board in boards and _joins(scene, watched, now, works)
    ]
    return Programme(state, tuple(_with_watched(shown, playlist, watched)), tuple(staged), dimmed)


def seconds(at: datetime) -> float:
    """Seconds of a programme at a moment by the city's clock."""
    return (at - BEGINNING).total_seconds()


def scene_name(playlist: Playlist, place: int) -> str:
    """The name of a scene: its board's, with its place where the board stands more than once."""
    board = playlist.scenes[place].board
    alone = sum(scene.board == board for scene in playlist.scenes) == 1
    return board if alone else f"{board}-{place + 1}"


def worst_first(events: Sequence[Event], rules: Mapping[str, Alert]) -> list[Event]:
    """The higher level first, then what concerns life, then the newest."""
    newest = sorted(events, key=lambda event: (event.began_at, event.id), reverse=True)
    return sorted(newest, key=lambda event: (-event.level, not rules[event.rule].safety))


def dwell(scene: Scene, board: Board) -> int:
    """Seconds a scene stands: as declared, else longer the more there is to read."""
    tiles = sum(len(row) for row in board.staged.rows)
    return scene.dwell or min(LONGEST, max(SHORTEST, BASE + EACH * tiles))


def _joins(scene: Scene, watched: Sequence[str], now: datetime, works: bool) -> bool:
    if scene.hours is not None and not scene.hours.hold(f"{now:%H:%M}"):
        return False
    if scene.working_days and not works:
        return False
    if scene.joins == "event":
        return scene.board in watched
    if scene.joins == "lantern_night":
        return any(lunar_night(moment.date()) for moment in (now, now + NEAR))
    return True


def _with_watched(shown: Sequence[Turn], playlist: Playlist, watched: Sequence[str]) -> list[Turn]:
    """The board of what is watched comes back every second slot."""
    again = [turn for turn in shown if playlist.scenes[turn.place or 0].board in watched]
    others = [turn for turn in shown if turn not in again]
    if not again or not others:
        return list(shown)
    return [turn for pair in zip(others, cycle(again), strict=False) for turn in pair]

"""``lantern exercise``: begin, stop and list exercises, as the page of exercises does."""

from __future__ import annotations

import argparse
import getpass

from commands.refusal import Refused
from data.alerts.events import Events
from data.audit import Audit
from data.catalogue import load
from data.catalogue.exercise import FASTEST, SLOWEST
from data.catalogue.faults.fault import near
from data.clock.clock import SystemClock
from data.exercises.precedence import overruling
from data.exercises.run import lasts
from data.exercises.runs import RunError, Runs
from data.settings import Settings
from data.state import State

CONSOLE = "console"
REMEDIES = {
    "playing": "another exercise is playing; 'lantern exercise stop' ends it",
    "alert": "a real alert lasts, and it always wins; 'lantern alerts' says which",
    "speed": f"the speed is a whole number from {SLOWEST} to {FASTEST}",
}


def exercise_start(settings: Settings, options: argparse.Namespace) -> int:
    """Begin an exercise; 'lantern clock' plays it."""
    catalogue = load(settings.city)
    exercise = catalogue.exercises.get(options.name)
    if exercise is None:
        raise Refused(f"there is no exercise '{options.name}'; {near(options.name, [*catalogue.exercises])}")
    playlist = options.playlist or exercise.playlist
    if playlist not in catalogue.playlists:
        raise Refused(f"there is no playlist '{playlist}'; {near(playlist, [*catalogue.playlists])}")
    state, clock = State.open(settings.state), SystemClock(catalogue.city.timezone)
    who, now = f"{CONSOLE}:{getpass.getuser()}", clock.now()
    speed = exercise.speed if options.speed is None else options.speed
    try:
        real = overruling(Events(state).open(), catalogue.alerts, catalogue.boards, now)
        run = Runs(state).start(exercise, playlist, speed, who, now, real)
        Audit(state).add(now, who, CONSOLE, "exercise", f"/exercises/{exercise.id}/start", speed=speed, run=run.id)
    except RunError as error:
        raise Refused(REMEDIES[error.why]) from error
    finally:
        state.close()
    print(f"{exercise.name.get('en')} plays on {playlist} at {speed} times the speed of life, until {run.until:%H:%M}.")
    return 0


def exercise_stop(settings: Settings, options: argparse.Namespace) -> int:
    """Stop the exercise that plays."""
    catalogue = load(settings.city)
    state, clock = State.open(settings.state), SystemClock(catalogue.city.timezone)
    who, now = f"{CONSOLE}:{getpass.getuser()}", clock.now()
    try:
        run = Runs(state).last()
        if run is None or not run.plays(now):
            raise Refused("no exercise is playing")
        Runs(state).end(run.id, now, "stopped", who)
        Audit(state).add(now, who, CONSOLE, "exercise", f"/exercises/{run.id}/stop")
    finally:
        state.close()
    print(f"{run.exercise} is stopped; the walls show the city again.")
    return 0


def exercise_list(settings: Settings, options: argparse.Namespace) -> int:
    """Every exercise of the city, and what plays."""
    catalogue = load(settings.city)
    state, clock = State.open(settings.state), SystemClock(catalogue.city.timezone)
    try:
        last = Runs(state).last()
    finally:
        state.close()
    for one in catalogue.exercises.values():
        takes = lasts(one, one.speed)
        print(f"{one.id:24} {one.start:%Y-%m-%d %H:%M} to {one.end:%Y-%m-%d %H:%M}  {one.speed} times, {takes}")
    if last is not None and last.plays(clock.now()):
        print(f"{last.exercise} plays on {last.playlist} at {last.speed} times, until {last.until:%H:%M}")
    else:
        print("no exercise is playing")
    return 0

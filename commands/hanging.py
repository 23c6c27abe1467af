"""``lantern wall``: pair, list and revoke screens, as the page of screens does."""

from __future__ import annotations

import argparse
import getpass

from commands.refusal import Refused
from data.audit import Audit
from data.catalogue import load
from data.catalogue.faults.fault import near
from data.clock.clock import SystemClock
from data.settings import Settings
from data.state import State
from data.walls.screens import Choice, ScreenError, Screens

CONSOLE = "console"
REMEDIES = {
    "code": "no screen shows this code now; it changes every five minutes, look at the screen again",
    "name": "the name is empty, or another screen has it; 'lantern wall list' names those there are",
}


def wall_pair(settings: Settings, options: argparse.Namespace) -> int:
    """Pair the screen that shows a code."""
    catalogue = load(settings.city)
    if options.playlist not in catalogue.playlists:
        raise Refused(f"there is no playlist '{options.playlist}'; {near(options.playlist, catalogue.playlists)}")
    choice = Choice(
        options.name, options.playlist, options.theme, options.language or catalogue.city.language, options.room
    )
    state, clock = State.open(settings.state), SystemClock(catalogue.city.timezone)
    who = f"{CONSOLE}:{getpass.getuser()}"
    try:
        screen = Screens(state).pair(options.code.replace(" ", ""), choice, who, clock.now())
        Audit(state).add(clock.now(), who, CONSOLE, "screen", f"/screens/{screen.id}", name=screen.choice.name)
    except ScreenError as error:
        raise Refused(REMEDIES.get(str(error), str(error))) from error
    finally:
        state.close()
    print(f"{screen.choice.name} is paired and begins with {screen.choice.playlist}.")
    return 0


def wall_list(settings: Settings, options: argparse.Namespace) -> int:
    """Every paired screen: what it shows and when it last said so."""
    catalogue = load(settings.city)
    state, clock = State.open(settings.state), SystemClock(catalogue.city.timezone)
    try:
        found = Screens(state).all()
    finally:
        state.close()
    if not found:
        print("no screen is paired: open /wall on one, then lantern wall pair CODE --name NAME")
    for one in found:
        seen = f"{one.seen_at:%d/%m %H:%M}" if one.seen_at else "never"
        print(
            f"{one.choice.name:24} {one.standing(clock.now()):8} {one.choice.playlist:16} {one.scene:16} heard {seen}"
        )
    return 0


def wall_revoke(settings: Settings, options: argparse.Namespace) -> int:
    """End what a screen may see."""
    catalogue = load(settings.city)
    state, clock = State.open(settings.state), SystemClock(catalogue.city.timezone)
    try:
        kept = Screens(state)
        found = next((one for one in kept.all() if one.choice.name == options.name), None)
        if found is None:
            raise Refused(f"there is no screen '{options.name}'; 'lantern wall list' names those there are")
        kept.revoke(found.id, clock.now())
        who = f"{CONSOLE}:{getpass.getuser()}"
        Audit(state).add(clock.now(), who, CONSOLE, "screen", f"/screens/{found.id}", revoked=found.choice.name)
    finally:
        state.close()
    print(f"{found.choice.name} shows a code again.")
    return 0

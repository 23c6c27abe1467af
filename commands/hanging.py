"""``lantern wall``: pair, list and revoke screens, as the page of screens does."""

from __future__ import annotations

import argparse
import getpass

from commands.refusal import Refused
from data.audit import Audit
from data.catalogue import Catalogue, load
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
    playlist, place = _shows(catalogue, options)
    language, words = options.language or catalogue.city.language, "" if place else options.room
    choice = Choice(options.name, playlist, options.theme, language, words, place)
    state, clock = State.open(settings.state), SystemClock(catalogue.city.timezone)
    who = f"{CONSOLE}:{getpass.getuser()}"
    try:
        screen = Screens(state).pair(options.code.replace(" ", ""), choice, who, clock.now())
        Audit(state).add(clock.now(), who, CONSOLE, "screen", f"/screens/{screen.id}", name=screen.choice.name)
    except ScreenError as error:
        raise Refused(REMEDIES.get(str(error), str(error))) from error
    finally:
        state.close()
    print(f"{screen.choice.name} is paired and begins with {screen.choice.place or screen.choice.playlist}.")
    return 0


def _shows(catalogue: Catalogue, options: argparse.Namespace) -> tuple[str, str]:
    """Playlist and place, as they are written or as the room of that place has them."""
    if not options.place:
        if options.playlist not in catalogue.playlists:
            raise Refused(f"there is no playlist '{options.playlist}'; {near(options.playlist, catalogue.playlists)}")
        return options.playlist, ""
    room = catalogue.rooms.get(options.room)
    if room is None:
        raise Refused(f"there is no room '{options.room}'; {near(options.room, catalogue.rooms)}")
    if room.place(options.place) is None:
        letters = [place.id for place in room.places]
        raise Refused(f"room '{room.id}' has no place '{options.place}'; {near(options.place, letters)}")
    return room.playlist, f"{room.id}/{options.place}"


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
            f"{one.choice.name:24} {one.standing(clock.now()):8} {one.choice.place or one.choice.playlist:16} "
            f"{one.scene:16} heard {seen}"
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

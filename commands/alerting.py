"""``lantern alerts``: what lasts now, and whether the log still says the same."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field

from commands.refusal import Refused
from data.alerts.event import Event
from data.alerts.events import Events
from data.alerts.log import Log
from data.alerts.machine import LEVELS
from data.alerts.rounds import Rounds
from data.catalogue import Catalogue, load
from data.settings import Settings
from data.state import State


def alerts(settings: Settings, options: argparse.Namespace) -> int:
    """List the events that last, or (``--replay``) hold them against the log."""
    catalogue, state = load(settings.city), State.open(settings.state)
    try:
        return _replay(settings, catalogue, Events(state)) if options.replay else _list(catalogue, Events(state))
    finally:
        state.close()


def _list(catalogue: Catalogue, events: Events) -> int:
    open_ = events.open()
    for event in open_:
        rule = catalogue.alerts.get(event.rule)
        name = rule.name.get("en") if rule else event.rule
        owner = rule.owner.get("en") if rule and rule.owner else ""
        part = f" ({event.part})" if event.part else ""
        print(f"{LEVELS[event.level]:9}  since {event.began_at:%Y-%m-%d %H:%M}  {name}{part}  {owner}".rstrip())
    print(f"{len(open_)} events last; {len(catalogue.alerts)} rules")
    return 0


@dataclass(slots=True)
class Told:
    """What a log tells, event by event."""

    events: dict[str, Event] = field(default_factory=dict)

    def write(self, events: list[Event]) -> None:
        """The last word on an event counts."""
        self.events |= {event.id: event for event in events}


def _replay(settings: Settings, catalogue: Catalogue, events: Events) -> int:
    newest = Log(settings.store).newest()
    if newest is None:
        print("nothing has happened yet")
        return 0
    told = Told()
    rounds = Rounds(settings.store, catalogue.alerts.values(), told.write)
    stand = {s.event.id: s.event for s in rounds.standings.values() if s.event and s.event.id in rounds.lasting}
    kept = {event.id: event for event in events.open()}
    if wrong := sorted({key for key in stand.keys() | kept.keys() if stand.get(key) != kept.get(key)}):
        raise Refused(f"{newest.name} tells another story of {', '.join(wrong)}; start 'lantern clock', which mends it")
    print(f"{newest.name} makes the same {len(told.events)} events again, {len(stand)} of which last")
    return 0

"""Rounds: looking at the rules again and again, and writing down what became of them. One process does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from data.alerts.event import Event
from data.alerts.log import Key, Log, Tick
from data.alerts.machine import Standing, Transition, step
from data.alerts.reading import Reading
from data.catalogue.alert import Alert

Write = Callable[[Sequence[Event]], None]


class Rounds:
    """What stands, made of the log alone: a reading counts when it is on the disk, and then always.

    ``write`` keeps events for others. It is asked again for everything the newest file tells when a process begins,
    so that one that died between log and events has lost nothing.
    """

    def __init__(self, store: Path, rules: Iterable[Alert], write: Write) -> None:
        self.log, self.write = Log(store), write
        self.rules = {rule.id: rule for rule in rules}
        self.standings: dict[Key, Standing] = {}
        newest = self.log.newest()
        if newest is not None:
            self.standings, ticks = self.log.read(newest)
            moved = [move for tick in ticks for move in self.fold(tick)]
            write(_last(moved))

    @property
    def lasting(self) -> frozenset[str]:
        """The events that last, by what stands."""
        return frozenset(s.event.id for (rule, _), s in self.standings.items() if s.event and rule in self.rules)

    def look(self, at: datetime, snapshot: int, readings: Sequence[Reading]) -> list[Transition]:
        """One tick: log what may change anything, then change it."""
        self.log.watch(at)
        matter = tuple(reading for reading in readings if self._matters(reading))
        if not matter:
            return []
        tick = Tick(at, snapshot, matter)
        self.log.add(self.log.begin(at, self.standings), tick)
        moved = self.fold(tick)
        if moved:
            self.write(_last(moved))
        return moved

    def fold(self, tick: Tick) -> list[Transition]:
        """What a tick does to what stands; a rule there is no longer has no say, and what it left open ends."""
        found = []
        for reading in tick.readings:
            rule = self.rules.get(reading.rule)
            if rule is None:
                continue
            key = (reading.rule, reading.part)
            self.standings[key], move = step(rule, self.standings.get(key, Standing()), reading)
            found += [move] if move else []
        return found

    def _matters(self, reading: Reading) -> bool:
        """Whether a reading may change anything: not what is normal where all is, nor what was known before."""
        stands = self.standings.get((reading.rule, reading.part), Standing())
        if reading.at is None or reading.level is None or (stands.at is not None and reading.at <= stands.at):
            return False
        return bool(reading.level or stands.level or any(stands.above))


def _last(moved: Sequence[Transition]) -> list[Event]:
    """Each event as its last transition left it."""
    return list({move.event.id: move.event for move in moved}.values())

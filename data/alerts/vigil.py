"""The vigil: a thread that looks at the rules after every publish and every half minute, and never holds up a load."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from data.alerts.events import Events
from data.alerts.look import look
from data.alerts.machine import LEVELS, Transition
from data.alerts.rounds import Rounds
from data.kpis.service import KpiService
from data.state.state import State, StateError
from data.store.reader import NoSnapshot
from data.store.writer import FAILURES
from data.walls.screens import Screens

LOG = logging.getLogger(__name__)
EVERY = 30.0  # seconds between two looks


class Vigil:
    """Looks at the rules of a city in a thread of its own. A look that fails is told, and the next one is made."""

    def __init__(self, service: KpiService, state: State) -> None:
        self.service, self.state = service, state
        self._rounds: Rounds | None = None
        self._due, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._keep, name="vigil", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def wake(self) -> None:
        """Something was published."""
        self._due.set()

    def stop(self) -> None:
        """Look no longer."""
        self._stopping.set()
        self._due.set()
        self._thread.join(timeout=10)

    def look(self) -> Sequence[Transition]:
        """One look: what changed."""
        reader, now = self.service.reader, self.service.clock.now()
        reader.refresh()
        if self._rounds is None:
            rules = self.service.catalogue.alerts.values()
            events = Events(self.state)
            rounds = Rounds(reader.store, rules, events.write)
            events.settle(rounds.lasting, now)
            self._rounds = rounds
        moved = self._rounds.look(
            now, reader.snapshot().manifest.snapshot, look(self.service, now, Screens(self.state).all())
        )
        for move in moved:
            LOG.warning("%s %s: %s", move.event.rule, move.event.part or "-", LEVELS[move.after])
        return moved

    def _keep(self) -> None:
        while not self._stopping.is_set():
            try:
                self.look()
            except (*FAILURES, StateError, NoSnapshot) as error:
                LOG.error("the rules were not looked at: %s", error)
                self._rounds = None  # what stands is read again from the log
            self._due.wait(EVERY)
            self._due.clear()

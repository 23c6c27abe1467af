"""The prompter: a thread of the process that loads, which tells a run its script and ends it where it has to end."""

from __future__ import annotations

import logging
import shutil
import threading
from pathlib import Path

from data.alerts.events import Events
from data.alerts.machine import LEVELS
from data.audit import Audit
from data.catalogue import Catalogue
from data.catalogue.script import ScriptError
from data.clock.clock import Clock
from data.exercises.precedence import overruling
from data.exercises.rehearsal import Rehearsal
from data.exercises.run import Run, Why, stage
from data.exercises.runs import Runs
from data.state.state import State, StateError
from data.store.writer import FAILURES

LOG = logging.getLogger(__name__)
EVERY, RETRY = 0.25, 5.0  # seconds between two looks


class Prompter:
    """Plays whatever run there is. It reads the real events, and writes nothing of the real city but a run's end."""

    def __init__(
        self, catalogue: Catalogue, store: Path, state: State, clock: Clock, trail: Audit | None = None
    ) -> None:
        self.catalogue, self.store, self.clock, self.trail = catalogue, store, clock, trail
        self._runs, self._events = Runs(state), Events(state)
        self._rehearsal: Rehearsal | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="prompter", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no longer; a run goes on where it is when somebody looks again."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
        self._close()

    def look(self) -> bool:
        """End a run that has to end, else tell one step that is due; whether another is due already."""
        run = self._runs.last()
        if run is None or run.ended_at is not None:
            self._close()
            return False
        now = self.clock.now()
        if (end := self._end(run)) is not None:
            why, by = end
            self._close()
            ended = self._runs.end(run.id, min(now, run.until), why, by)
            LOG.warning("exercise %s ended: %s %s", run.exercise, why, by)
            if ended is not None and self.trail is not None:
                self.trail.add(now, "clock", "console", "exercise", f"/exercises/{run.id}/end", why=why, by=by)
            return False
        held = self._rehearsed(run)
        moment = run.moment(held.exercise, now)
        if not held.due(moment):
            return False
        for move in held.step():
            LOG.warning("exercise: %s %s: %s", move.event.rule, move.event.part or "-", LEVELS[move.after])
        return held.due(moment)

    def _end(self, run: Run) -> tuple[Why, str] | None:
        real = overruling(self._events.open(), self.catalogue.alerts, self.catalogue.boards, run.began_at)
        if real is not None:
            return "alert", real.id
        if run.exercise not in self.catalogue.exercises:
            return "gone", ""
        return None if run.plays(self.clock.now()) else ("script", "")

    def _rehearsed(self, run: Run) -> Rehearsal:
        """The rehearsal of a run, begun or taken up again; what is left of others goes."""
        if self._rehearsal is not None and self._rehearsal.run.id != run.id:
            self._close()
        if self._rehearsal is None:
            folder = run.folder(self.store)
            for old in stage(self.store).glob("*-*"):
                if old != folder:
                    shutil.rmtree(old)
            exercise = self.catalogue.exercises[run.exercise]
            self._rehearsal = Rehearsal(self.catalogue, exercise, run, folder, self.clock)
        return self._rehearsal

    def _close(self) -> None:
        if self._rehearsal is not None:
            self._rehearsal.close()
        self._rehearsal = None

    def _keep(self) -> None:
        wait = 0.0
        while not self._stopping.wait(wait):
            try:
                wait = 0.0 if self.look() else EVERY
            except (*FAILURES, StateError, ScriptError) as error:
                LOG.error("the exercise does not go on: %s", error)
                self._close()
                wait = RETRY

"""A rehearsal: the script of a run told step by step to a city of its own, by the real connectors, writer and machine.

A step is one moment at which the script tells something. What is to be told up to it is written whole, and the real
discovery takes the lines that are new: a step that is done again after a crash does nothing twice.
"""

from __future__ import annotations

import csv
import os
from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

from data.alerts.events import Events
from data.alerts.look import look
from data.alerts.machine import Transition
from data.alerts.rounds import Rounds
from data.catalogue import Catalogue
from data.catalogue.exercise import Exercise
from data.catalogue.script import Cue, cues
from data.clock.clock import Clock
from data.clock.sync import Sync
from data.exercises.cast import cast
from data.exercises.clocks import ScriptClock
from data.exercises.run import STATE, STORE, Run
from data.kpis.service import open_service
from data.state.state import State
from data.store.writer import Writer

DROP = "drop"
AFTER = timedelta(seconds=1)  # the clock stands so long after a step: what is read at a moment is known after it


class Rehearsal:
    """One run, in a folder of its own. One process holds it; whoever reads opens the store in that folder."""

    def __init__(self, catalogue: Catalogue, exercise: Exercise, run: Run, folder: Path, machine: Clock) -> None:
        self.run, self.exercise, self.folder = run, exercise, folder
        self.catalogue = cast(catalogue, exercise, run.playlist)
        self.told: dict[str, Sequence[Cue]] = {
            part.source: cues(catalogue.folder, part, self._dataset(part.source)) for part in exercise.plays
        }
        (folder / DROP).mkdir(parents=True, exist_ok=True)
        self._state = State.open(f"sqlite:///{folder / STATE}")
        self.clock = ScriptClock(exercise.start, machine)
        self._writer = Writer(folder / STORE, self.catalogue, self.clock)
        self.clock.at = max(exercise.start, datetime.fromisoformat(self._writer.manifest.created_at))
        self._sync = Sync(self._writer, folder / DROP, self.clock)
        self._service = open_service(self.catalogue, folder / STORE, self.clock, threads=1)
        self._rounds = Rounds(folder / STORE, self.catalogue.alerts.values(), Events(self._state).write)
        moments = {cue.at for held in self.told.values() for cue in held if exercise.start < cue.at <= exercise.end}
        self.steps = [exercise.start, *sorted(moments)]
        self._next = max(0, bisect_right(self.steps, self.clock.at) - 1)  # the last one again: it may be half done

    def due(self, moment: datetime) -> bool:
        """Whether a step is to be told by a moment of the script."""
        return self._next < len(self.steps) and self.steps[self._next] <= moment

    def step(self) -> Sequence[Transition]:
        """Tell the next step, and look at the rules: every one in its turn, however late it is."""
        self.clock.at = self.steps[self._next] + AFTER
        for source in self.told:
            self._tell(source)
        self._sync.tick()
        self._service.reader.refresh()
        snapshot = self._service.reader.snapshot().manifest.snapshot
        moved = self._rounds.look(self.clock.at, snapshot, look(self._service, self.clock.at))
        self._next += 1
        return moved

    def close(self) -> None:
        """Let go of store and state."""
        self._service.reader.close()
        self._writer.close()
        self._state.close()

    def _dataset(self, source: str):
        return self.catalogue.datasets[self.catalogue.sources[source].dataset]

    def _tell(self, source: str) -> None:
        columns = list(self._dataset(source).columns)
        text = StringIO()
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(columns)
        known = (cue for cue in self.told[source] if cue.at <= self.clock.at)
        lines.writerows([cue.cells.get(name, "") for name in columns] for cue in known)
        path = self.folder / DROP / self.catalogue.sources[source].path
        part = path.with_name(f"{path.name}.part")
        part.write_text(text.getvalue(), encoding="utf-8")
        os.replace(part, path)

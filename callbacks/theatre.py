"""The theatre: what of the city a wall shows, the real one or, while an exercise plays, the one of the exercise.

Every worker follows the same run in the state and the same store beside the real one, so all of them show the same
step. A real alert is looked for before anything is shown: it wins without waiting for anybody to end the run.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.alerts.event import Event
from data.alerts.events import Events
from data.areas.outline import Outlines
from data.catalogue import Playlist
from data.catalogue.exercise import Exercise
from data.exercises.cast import cast
from data.exercises.clocks import FollowingClock
from data.exercises.precedence import overruling
from data.exercises.run import SAID, STATE, STORE, Run, Why
from data.exercises.runs import Runs
from data.kpis.scope import Scope
from data.kpis.service import KpiService, open_service
from data.kpis.sight import Sight
from data.state.state import State
from data.store.reader import NoSnapshot
from data.walls.programme import FAREWELL

FRESH = 3.0  # seconds a look is good for: it is made once a second for all walls


@dataclass(frozen=True, slots=True)
class Showing:
    """A playlist with the city it is shown of; ``exercise`` and ``run`` are None for the real one."""

    playlist: Playlist
    service: KpiService
    events: Events | None
    outlines: Outlines | None
    exercise: Exercise | None = None
    run: Run | None = None

    @property
    def now(self) -> datetime:
        """Its own time: of the script in an exercise."""
        return self.service.clock.now()

    def happening(self) -> Sequence[Event]:
        """Events that last and those that ended so lately that a wall says so."""
        held = self.events
        return [] if held is None else [*held.open(), *held.ended(self.now - FAREWELL)]

    def sight(self, scope: Scope) -> Sight:
        """The city as far as a scope goes."""
        return Sight(self.service, scope)

    @property
    def step(self) -> str:
        """What changes with every step of an exercise; "" in the real city."""
        if self.run is None or self.events is None:
            return ""
        self.service.reader.refresh()
        return f"{self.run.id}-{self.service.reader.number}-{self.events.revision()}"


@dataclass(frozen=True, slots=True)
class Look:
    """The newest run, the one that plays, and the real event that forbids it."""

    last: Run | None = None
    playing: Run | None = None
    real: Event | None = None


class Theatre:
    """Follows the runs of a city for one web worker."""

    def __init__(self, service: KpiService, events: Events | None, outlines: Outlines | None, state: State | None):
        self.service, self.events, self.outlines = service, events, outlines
        self.runs = Runs(state) if state is not None else None
        self._open: tuple[Run, Exercise, KpiService, State] | None = None
        self._looked: tuple[float, Look] | None = None
        self._lock = threading.Lock()

    def shown(self, name: str) -> Showing | None:
        """What the walls of a playlist show now; None where there is no such playlist."""
        real, run = self.real(name), self.look().playing
        if real is None or run is None or run.playlist != name or (held := self._opened(run)) is None:
            return real
        _, exercise, service, state = held
        return Showing(service.catalogue.playlists[name], service, Events(state), self.outlines, exercise, run)

    def real(self, name: str) -> Showing | None:
        """A playlist of the real city; None where there is none."""
        playlist = self.service.catalogue.playlists.get(name)
        return None if playlist is None else Showing(playlist, self.service, self.events, self.outlines)

    def look(self) -> Look:
        """The newest run and what is real, as looked at for the revision a moment ago; now while nobody follows."""
        if self._looked is not None and self.service.clock.monotonic() - self._looked[0] < FRESH:
            return self._looked[1]
        return self._look()

    def overruled(self, since: datetime) -> Event | None:
        """The real event that an exercise begun at a moment has to give way to."""
        catalogue = self.service.catalogue
        lasting = self.events.open() if self.events is not None else ()
        return overruling(lasting, catalogue.alerts, catalogue.boards, since)

    def over(self, name: str) -> tuple[datetime, Why] | None:
        """Since when and why the exercise of a playlist's walls is over, as long as they say so."""
        look, now = self.look(), self.service.clock.now()
        if look.last is None or look.last.playlist != name:
            return None
        found = look.last.over(now)
        if found is None and look.real is not None:
            found = (max(look.last.began_at, look.real.changed_at), "alert")
        return found if found is not None and now - found[0] < SAID else None

    def revision(self) -> str:
        """What changes with every run, its end and each of its steps."""
        look = self._look()
        self._looked = (self.service.clock.monotonic(), look)
        if look.last is None:
            return ""
        held = self.shown(look.last.playlist)
        return f"{look.last.id}.{held.step if held else ''}.{self.over(look.last.playlist)}"

    def _look(self) -> Look:
        run = self.runs.last() if self.runs is not None else None
        if run is None or not run.plays(self.service.clock.now()):
            return Look(run)
        real = self.overruled(run.began_at)
        known = run.exercise in self.service.catalogue.exercises
        return Look(run, run if known and real is None else None, real)

    def close(self) -> None:
        """Let go of what is open."""
        with self._lock:
            if self._open is not None:
                _, _, service, state = self._open
                service.reader.close()
                state.close()
            self._open = None

    def _opened(self, run: Run) -> tuple[Run, Exercise, KpiService, State] | None:
        """The city of a run; None before its first step can be read."""
        if self._open is None or self._open[0].id != run.id:
            self.close()
            with self._lock:
                self._open = self._found(run)
        return self._open

    def _found(self, run: Run) -> tuple[Run, Exercise, KpiService, State] | None:
        folder = run.folder(self.service.reader.store)
        exercise = self.service.catalogue.exercises[run.exercise]
        played = cast(self.service.catalogue, exercise, run.playlist)
        service = open_service(played, folder / STORE, self.service.clock, threads=1)
        try:
            service.reader.snapshot()
        except NoSnapshot:
            return None
        service.clock = FollowingClock(service.reader, self.service.clock)
        return run, exercise, service, State.open(f"sqlite:///{folder / STATE}")

"""An examination: every check of a city's machine, each on its own, so that one that fails hides no other."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from data.clock.clock import Clock
from data.health.check import Check, graded
from data.health.pulse import Pulse
from data.reports.orders import Orders
from data.state.state import State
from data.store import jobs
from data.store.manifest import Manifest

BEAT_WATCH, BEAT_ALERT = 30.0, 120.0  # seconds without a beat; a large load beats between its steps
BACKLOG_WATCH, BACKLOG_ALERT = 50, 500
JOB_WATCH, JOB_ALERT = 30.0, 300.0
FREE_WATCH, FREE_ALERT = 0.10, 0.03
FREE_LEAST = 500_000_000  # bytes
AHEAD_WATCH, AHEAD_ALERT = 60.0, 3600.0
START = "start 'lantern clock', the one process that loads and publishes"


@dataclass(frozen=True, slots=True)
class Examination:
    """What is looked at. ``manifest`` is the newest snapshot's, None while there is none; ``state`` None in a
    demonstration, ``orders`` where no reports are made."""

    store: Path
    drop: Path
    clock: Clock
    manifest: Manifest | None
    state: State | None = None
    orders: Orders | None = None

    def checks(self) -> tuple[Check, ...]:
        """Every check."""
        pulse = Pulse.read(self.store)
        return (
            self._snapshot(), self._beat(pulse), self._backlog(pulse), self._jobs(), self._ahead(),
            self._free("store", self.store), self._free("drop", self.drop), *self._state(),
            *self._reports(),
        )  # fmt: skip

    def _snapshot(self) -> Check:
        """How old the newest publish is; that nothing new came is for the sources to say."""
        if self.manifest is None:
            return Check("snapshot", "alert", None, "seconds", "no data yet: run 'lantern sync', or wait for the first")
        age = self._since(self.manifest.created_at)
        return Check("snapshot", "ok", round(max(age, 0.0), 1), "seconds")

    def _beat(self, pulse: Pulse | None) -> Check:
        if pulse is None:
            return Check("clock", "alert", None, "seconds", START)
        age = max(0.0, self._since(pulse.at))
        if pulse.error:
            return Check("clock", "alert", round(age, 1), "seconds", f"its last try failed: {pulse.error}")
        return graded("clock", age, "seconds", BEAT_WATCH, BEAT_ALERT, START)

    @staticmethod
    def _backlog(pulse: Pulse | None) -> Check:
        waiting = pulse.waiting if pulse is not None else 0
        remedy = "deliveries come faster than they are loaded: look at the log of 'lantern clock'"
        return graded("backlog", waiting, "deliveries", BACKLOG_WATCH, BACKLOG_ALERT, remedy)

    def _jobs(self) -> Check:
        asked = [self._since(job.asked_at) for job in jobs.waiting(self.store)]
        return graded("jobs", max(asked, default=0.0), "seconds", JOB_WATCH, JOB_ALERT, START)

    def _ahead(self) -> Check:
        """How far what was published lies in the future: then this machine's clock, or that of a source, is wrong."""
        if self.manifest is None:
            return Check("ahead", "ok", 0.0, "seconds")
        times = [*self.manifest.event_times.values(), self.manifest.created_at]
        ahead = max((-self._since(at) for at in times if at), default=0.0)
        remedy = "set this machine's clock (NTP), then look for sources whose newest data lie in the future"
        return graded("ahead", max(0.0, ahead), "seconds", AHEAD_WATCH, AHEAD_ALERT, remedy)

    @staticmethod
    def _free(name: str, folder: Path) -> Check:
        named = f"disk of the {name}"
        try:
            usage = shutil.disk_usage(folder)
        except OSError as error:
            return Check(named, "alert", None, "share free", f"{folder}: {error.strerror}")
        share = usage.free / usage.total
        few = usage.free < FREE_LEAST or share < FREE_ALERT
        level = "alert" if few else "watch" if share < FREE_WATCH else "ok"
        remedy = f"{usage.free / 1e9:.1f} GB are left at {folder}: make room, or lower LANTERN_KEEP"
        return Check(named, level, round(share, 4), "share free", remedy if level != "ok" else "")

    def _state(self) -> tuple[Check, ...]:
        if self.state is None:
            return ()
        if not self.state.readable():
            return (
                Check("state", "alert", None, "", "the state cannot be read, nobody can sign in: restore a backup"),
            )
        return (Check("state", "ok", None, ""),)

    def _reports(self) -> tuple[Check, ...]:
        """Reports that should have come by themselves: watched while they are tried again, an alert once given up."""
        if self.orders is None or (self.state is not None and not self.state.readable()):
            return ()
        found = self.orders.troubled()
        failed = [order for order in found if order.standing == "failed"]
        told = "; ".join(f"{order.report or order.act} {order.period}: {order.error}" for order in found)
        level = "alert" if failed else "watch" if found else "ok"
        remedy = f"{told}. Mend that, then try again on /reports" if found else ""
        return (Check("reports", level, float(len(found)), "reports", remedy),)

    def _since(self, at: str) -> float:
        return (self.clock.now() - datetime.fromisoformat(at)) / timedelta(seconds=1)

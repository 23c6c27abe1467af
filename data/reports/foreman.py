"""The foreman: a thread of the process that loads, which has orders made by processes of their own, few at a time.

Whatever dies when, an order is made, tried again, or said to have failed: one whose maker was killed is given on, one
whose foreman was killed is taken up by the next.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from data.clock.clock import Clock
from data.reports.order import Order
from data.reports.orders import FOLDER
from data.reports.timetable import Timetable
from data.state.state import StateError

LOG = logging.getLogger(__name__)
EVERY = 0.5  # seconds between two looks
TURN = timedelta(seconds=10)  # between two looks at the timetable
TIDY = timedelta(hours=1)
PATIENCE = timedelta(minutes=15)  # no report takes so long: what does not end is ended
Make = Callable[[Order], subprocess.Popen]


class Foreman:
    """Has orders made. ``make`` begins a process that makes one; it tells the order how it ended."""

    def __init__(self, timetable: Timetable, archive: Path, clock: Clock, make: Make, most: int | None = None) -> None:
        self.timetable, self.orders, self.archive = timetable, timetable.orders, archive
        self.clock, self.make = clock, make
        self.most = most or max(1, (os.cpu_count() or 1) // 2)  # the other half is for who looks at numbers
        self.running: dict[int, tuple[Order, subprocess.Popen]] = {}
        self._turn = self._tidied = datetime.min
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="foreman", daemon=True)

    def start(self) -> None:
        """Take up what was left, and begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no longer; what is being made is made anew when somebody looks again."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
        for order, process in self.running.values():
            _end(process)
            self.orders.release(order)
        self.running.clear()

    def take_up(self) -> None:
        """What another foreman had made when it died is tried again."""
        for order in self.orders.working():
            if order.id not in self.running:
                self.orders.fail(order, "stopped", "the process that had it made was stopped", self.clock.now())

    def look(self) -> None:
        """Take note of what ended, order what is due, have the next one made."""
        now = self.clock.now()
        for order, process in list(self.running.values()):
            self._minded(order, process, now)
        if now - self._turn >= TURN:
            self._turn = now
            for key in self.timetable.look(now):
                LOG.warning("report %s is due and is made", key)
        while len(self.running) < self.most and (order := self.orders.next(now)) is not None:
            if order.id in self.running:
                break  # its last attempt is still ending
            begun = self.orders.begin(order, now)
            if begun is not None:
                self.running[begun.id] = begun, self.make(begun)
        if now - self._tidied >= TIDY:
            self._tidied = now
            self._tidy(now)

    def _minded(self, order: Order, process: subprocess.Popen, now: datetime) -> None:
        code, held = process.poll(), self.orders.order(order.id)
        working = held.standing == "working" and held.attempt == order.attempt
        late = working and order.began_at is not None and now - order.began_at > PATIENCE
        if code is None and working and not late:
            return
        _end(process)
        if working:
            error = f"it took longer than {PATIENCE}" if late else f"the process that made it ended with code {code}"
            self.orders.fail(order, "stopped", error, now)
        del self.running[order.id]
        self._told(self.orders.order(order.id))

    @staticmethod
    def _told(order: Order) -> None:
        if order.fault:
            LOG.error("%s of %s %s: %s: %s", order.act, order.report, order.period, order.standing, order.error)

    def _tidy(self, now: datetime) -> None:
        for order in self.orders.spent(now):
            for folder in (self.archive / FOLDER).glob(f"{order.id}-*"):
                shutil.rmtree(folder)
            self.orders.forget(order)

    def _keep(self) -> None:
        taken_up = False
        while not self._stopping.wait(EVERY):
            try:
                if not taken_up:
                    self.take_up()
                    taken_up = True
                self.look()
            except (StateError, OSError) as error:
                LOG.error("orders were not looked at: %s", error)


def _end(process: subprocess.Popen) -> None:
    """Nothing it writes is there before it is whole, so it may end at any moment."""
    process.kill()
    process.wait()

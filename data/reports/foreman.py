"""The foreman: a thread of the process that loads, which has orders made by printers, few at a time.

To begin costs a printer more than most orders do, so it is given one order after another and ends when there has been
none for a while. Whatever dies when, an order is made, tried again, or said to have failed: one whose printer was
killed is given on to another, one whose foreman was killed is taken up by the next.
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
from data.reports.printer import Printer
from data.reports.timetable import Timetable
from data.state.state import StateError

LOG = logging.getLogger(__name__)
EVERY = 0.5  # seconds between two looks
TURN = timedelta(seconds=10)  # between two looks at the timetable
TIDY = timedelta(hours=1)
PATIENCE = timedelta(minutes=15)  # no report takes so long: what does not end is ended
IDLE = timedelta(seconds=60)  # how long a printer waits for an order: its memory is worth more than its start


class Foreman:
    """Has orders made. ``hire`` begins the process of a printer; that tells each order how it ended."""

    def __init__(
        self,
        timetable: Timetable,
        archive: Path,
        clock: Clock,
        hire: Callable[[], subprocess.Popen],
        most: int | None = None,
    ) -> None:
        self.timetable, self.orders, self.archive = timetable, timetable.orders, archive
        self.clock, self.hire = clock, hire
        self.most = most or max(1, (os.cpu_count() or 1) // 2)  # the other half is for who looks at numbers
        self.printers: list[Printer] = []
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
        for printer in self.printers:
            printer.end()
            if printer.order is not None:
                self.orders.release(printer.order)
        self.printers.clear()

    def take_up(self) -> None:
        """What another foreman had made when it died is tried again."""
        held = {printer.order.id for printer in self.printers if printer.order is not None}
        for order in self.orders.working():
            if order.id not in held:
                self.orders.fail(order, "stopped", "the process that had it made was stopped", self.clock.now())

    def look(self) -> None:
        """Take note of what ended, order what is due, have the next ones made."""
        now = self.clock.now()
        for printer in list(self.printers):
            self._minded(printer, now)
        if now - self._turn >= TURN:
            self._turn = now
            for key in self.timetable.look(now):
                LOG.warning("report %s is due and is made", key)
        while self._room and (order := self.orders.next(now)) is not None:
            printer, begun = self._printer(now), self.orders.begin(order, now)
            if begun is not None:
                printer.give(begun)
        if now - self._tidied >= TIDY:
            self._tidied = now
            self._tidy(now)

    @property
    def _room(self) -> bool:
        return len(self.printers) < self.most or any(printer.order is None for printer in self.printers)

    def _printer(self, now: datetime) -> Printer:
        """One that is free, or a new one."""
        free = next((printer for printer in self.printers if printer.order is None), None)
        if free is None:
            free = Printer(self.hire(), now)
            self.printers.append(free)
        return free

    def _minded(self, printer: Printer, now: datetime) -> None:
        """Take note of what became of an order; end a printer that is to make it no longer, or waits in vain."""
        order, gone = printer.order, printer.gone
        if order is None:
            if gone or now - printer.since > IDLE:
                self._dismiss(printer)
            return
        held = self.orders.order(order.id)
        working = held.standing == "working" and held.attempt == order.attempt
        late = working and now - (order.began_at or now) > PATIENCE
        if working and not gone and not late:
            return
        ends = gone or late or held.standing == "cancelled"
        if ends:
            printer.end()
        if working:
            code = printer.process.returncode
            error = f"it took longer than {PATIENCE}" if late else f"the process that made it ended with code {code}"
            self.orders.fail(order, "stopped", error, now)
        self._told(self.orders.order(order.id))
        self._dismiss(printer) if ends else printer.free(now)

    def _dismiss(self, printer: Printer) -> None:
        printer.end()
        self.printers.remove(printer)

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

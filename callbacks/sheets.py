"""Sheets: finished pages, drawn once for all who look at the same thing in the same minute.

After a push every wall asks for the page it already shows; one of them pays, the others are
handed the same text. A reader who has just come to a board is likely to ask for one of its areas
next: those are drawn ahead, one after another, in a thread that yields to whoever is waiting.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from data.access import Grant
from data.remarks.remark import BLANK, Notebook

LOG = logging.getLogger(__name__)
MOST_LETTERS = 6_000_000
MOST_AHEAD = 32
PAUSE = 0.15


@dataclass(frozen=True, slots=True)
class Key:
    """All a page depends on: the address, what its reader sees of the city and how, what ``mark`` tells of data and
    minute, and the remarks its reader has."""

    path: str
    search: str
    language: str
    theme: str
    mark: str
    grant: Grant
    notebook: Notebook = BLANK


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as markup, the words of its tab, and the addresses (path, search) likely to be asked for next.

    One that is not to be ``kept`` is drawn again for the next who asks; one that shows ``personal`` columns is noted.
    ``status`` is that of a first answer.
    """

    markup: str
    title: str
    next: tuple[tuple[str, str], ...] = ()
    kept: bool = False
    personal: bool = False
    status: int = 200


@dataclass(slots=True)
class Sheets:
    """A bounded store of sheets with single flight: one thread draws a page, the others wait for it."""

    draw: Callable[[Key], Sheet]
    most: int = MOST_LETTERS
    _held: OrderedDict[Key, Sheet] = field(default_factory=OrderedDict)
    _flights: dict[Key, threading.Lock] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "ahead"))
    _planned: set[Key] = field(default_factory=set)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _waiting: int = 0
    _mark: str = ""  # what data and minute somebody asked for last

    def at(self, key: Key) -> Sheet:
        """The sheet of a key, drawn now if it is not held."""
        with self._lock:
            self._waiting += 1
            self._mark = key.mark
        try:
            return self._held.get(key) or self._drawn(key)
        finally:
            with self._lock:
                self._waiting -= 1

    def ahead(self, key: Key, sheet: Sheet) -> None:
        """Draw what follows a sheet when nobody waits; what is one too many is drawn when it is asked for."""
        for path, search in sheet.next:
            near = replace(key, path=path, search=search)
            if near not in self._held and near not in self._planned and len(self._planned) < MOST_AHEAD:
                self._planned.add(near)
                self._pool.submit(self._prepare, near).add_done_callback(_told)

    def stop(self) -> None:
        """Draw nothing more ahead."""
        self._stopping.set()
        self._pool.shutdown(cancel_futures=True)

    def _prepare(self, key: Key) -> None:
        try:
            while self._waiting and not self._stopping.wait(PAUSE):
                pass
            if key.mark == self._mark and not self._stopping.is_set():
                self._drawn(key)
        finally:
            self._planned.discard(key)

    def _drawn(self, key: Key) -> Sheet:
        with self._lock:
            flight = self._flights.setdefault(key, threading.Lock())
        try:
            with flight:
                found = self._held.get(key)
                if found is None:
                    found = self.draw(key)
                    if found.kept:
                        self._hold(key, found)
                return found
        finally:
            with self._lock:
                self._flights.pop(key, None)

    def _hold(self, key: Key, sheet: Sheet) -> None:
        with self._lock:
            if any(held.mark != key.mark for held in self._held):
                self._held.clear()
            self._held[key] = sheet
            letters = sum(len(held.markup) for held in self._held.values())
            while letters > self.most and len(self._held) > 1:
                letters -= len(self._held.popitem(last=False)[1].markup)


def _told(drawing: Future[None]) -> None:
    """Whoever asks for the page is told what is wrong with it; the log is told that it could not be drawn ahead."""
    if not drawing.cancelled() and (error := drawing.exception()) is not None:
        LOG.error("could not draw a page ahead", exc_info=error)

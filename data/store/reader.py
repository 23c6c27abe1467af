"""The reader: follows the current snapshot for one process that only reads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from data.areas.vintage import Restatement
from data.store import manifest, past
from data.store.atom import Shape, digest
from data.store.snapshot import Snapshot

MOST_PINNED = 2


class NoSnapshot(Exception):
    """There is nothing to read yet, or it was built for other definitions."""


class Reader:
    """Hands out the newest snapshot; one already handed out stays as it was."""

    def __init__(
        self, store: Path, shapes: Mapping[str, Shape], restatements: Sequence[Restatement], threads: int = 2
    ) -> None:
        self.store, self.shapes, self.restatements, self.threads = store, shapes, restatements, threads
        self._digest = digest(shapes.values())
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._pinned: dict[int, Snapshot] = {}
        self._past: dict[int, Snapshot] = {}

    def snapshot(self) -> Snapshot:
        """The newest snapshot; NoSnapshot before the first publish.

        It looks every time: a page told of a snapshot by one worker may ask another for it.
        """
        self.refresh()
        if self._snapshot is None:
            raise NoSnapshot(f"no snapshot in {self.store} yet; run 'lantern sync' or wait for the first load")
        return self._snapshot

    @property
    def number(self) -> int:
        """Number of the snapshot in use, 0 while there is none."""
        return self._snapshot.manifest.snapshot if self._snapshot else 0

    def refresh(self) -> bool:
        """Open the newest snapshot if there is one; True when it changed."""
        number = manifest.current_number(self.store)
        if number is None or (self._snapshot and self._snapshot.manifest.snapshot == number):
            return False
        with self._lock:
            found = manifest.current(self.store)
            if found is None or found.digest != self._digest:
                return False
            if self._snapshot and self._snapshot.manifest.snapshot == found.snapshot:
                return False
            self._snapshot = Snapshot(self.store, found, self.shapes, self.restatements, self.threads)
            return True

    def close(self) -> None:
        """Let go of the snapshot: an engine still open when the process ends may crash it."""
        with self._lock:
            if self._snapshot:
                self._snapshot.close()
            for held in (*self._pinned.values(), *self._past.values()):
                held.close()
            self._snapshot, self._pinned, self._past = None, {}, {}

    def pinned(self, number: int) -> Snapshot | None:
        """Snapshot ``number`` if its files are still there and it was built for these definitions: it opens at once.

        A page never has one computed again from the lake; `past` does.
        """
        if number == self.snapshot().manifest.snapshot:
            return self.snapshot()
        with self._lock:
            found = self._pinned.pop(number, None) or self._whole(number)
            if found is not None:
                self._pinned[number] = found
                while len(self._pinned) > MOST_PINNED:
                    self._pinned.pop(next(iter(self._pinned)))  # whoever still reads it keeps it open
            return found

    def _whole(self, number: int) -> Snapshot | None:
        try:
            held = manifest.read(self.store, number)
        except FileNotFoundError:
            return None
        whole = held.mart and all((self.store / name).is_file() for name in held.files)
        if not whole or held.digest != self._digest:
            return None
        return Snapshot(self.store, held, self.shapes, self.restatements, self.threads)

    def past(self, number: int) -> Snapshot:
        """Snapshot ``number`` as it was, made again from the lake if need be; NoSnapshot if there never was one."""
        with self._lock:
            found = self._past.pop(number, None) or self._known(past.open_snapshot, number, self.restatements)
            self._past[number] = found
            while len(self._past) > MOST_PINNED:
                self._past.pop(next(iter(self._past)))
            return found

    def at_hand(self, number: int) -> bool:
        """Whether `past` opens at once; NoSnapshot if there never was such a snapshot."""
        return number in self._past or self._known(past.at_hand, number)

    def _known(self, asked: Callable[..., Any], number: int, *more: object) -> Any:
        try:
            return asked(self.store, number, self.shapes, *more)
        except FileNotFoundError as error:
            raise NoSnapshot(f"there is no snapshot {number}; 'lantern snapshots' lists them") from error

"""Sync: what lies in the drop folder and is new goes into the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from data.catalogue import Source
from data.clock import handed
from data.clock.clock import Clock
from data.sources.delivery import Delivery, SourceError
from data.sources.discovery import Discovery
from data.store.ledger import Load
from data.store.writer import Writer

COMPACT_AT = timedelta(hours=3)
Batch = Sequence[tuple[Source, Sequence[Delivery]]]


class Sync:
    """Polls every source of a city and loads what came, all in one publish a tick.

    A file that could not be read is tried again only when it has changed. A source that
    cannot be looked for carries the reason and does not stop the others.
    """

    def __init__(
        self, writer: Writer, drop: Path, clock: Clock, announce: Callable[[Batch], None] = lambda batch: None
    ) -> None:
        self.writer, self.clock, self.announce = writer, clock, announce
        self.discoveries = [found for s in writer.catalogue.sources.values() if (found := self._discovery(s, drop))]
        self.waiting = 0  # deliveries found and not loaded yet
        self._failed: dict[tuple[str, str], str] = {}
        self._lost: set[str] = set()
        self._compact_next = self._next_compaction(clock.now())

    def tick(self) -> list[Load]:
        """Do what was handed over, then load whatever is new now; [] when nothing is."""
        handed.work(self.writer, self.clock)
        batch = [(d.source, found) for d in self.discoveries if (found := self._new(d))]
        self.waiting = sum(len(found) for _, found in batch)
        if not batch:
            self._idle()
            return []
        self.announce(batch)
        loads = self.writer.load(batch)
        self._remember(batch, loads)
        self.waiting = 0
        return loads

    def _discovery(self, source: Source, drop: Path) -> Discovery | None:
        try:
            return Discovery(source, self.writer.catalogue.folder if source.at == "pack" else drop)
        except SourceError as error:
            self.writer.report(source.id, str(error))
            return None

    def _new(self, discovery: Discovery) -> list[Delivery]:
        name = discovery.source.id
        try:
            found = discovery.deliveries(self.writer.cursors(name), self.clock.epoch())
        except SourceError as error:
            self.writer.report(name, str(error))
            self._lost.add(name)
            return []
        if name in self._lost:
            self.writer.report(name, None)
            self._lost.remove(name)
        newest = {item.relative: item.cursor.digest for item in found}
        return [item for item in found if self._failed.get((name, item.relative)) != newest[item.relative]]

    def _remember(self, batch: Batch, loads: Sequence[Load]) -> None:
        taken = {(load.source, load.path, load.end) for load in loads}
        for _, deliveries in batch:
            for item in deliveries:
                if (item.source, item.relative, item.end) not in taken:
                    self._failed[item.source, item.relative] = item.cursor.digest

    def _idle(self) -> None:
        """Once a day, in the small hours, fold what the day has brought."""
        if self.clock.now() >= self._compact_next:
            self._compact_next = self._next_compaction(self.clock.now())
            self.writer.compact()
        self.writer.tidy()

    @staticmethod
    def _next_compaction(now: datetime) -> datetime:
        at = now.replace(hour=0, minute=0, second=0, microsecond=0) + COMPACT_AT
        return at if at > now else at + timedelta(days=1)

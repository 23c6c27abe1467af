"""The heart beats, and goes on after a disk was full."""

from __future__ import annotations

import errno
from datetime import timedelta
from pathlib import Path

from data.catalogue import Source
from data.clock.clock import FixedClock
from data.clock.heart import Heart
from data.clock.sync import Sync
from data.health import Pulse
from data.store import durable
from data.store.manifest import current
from tests.kpis.delivered import NOW
from tests.kpis.november import loaded

FULL = OSError(errno.ENOSPC, "No space left on device")


class Loads:
    """Stands for a sync that fails as often as it is told."""

    waiting = 3

    def __init__(self, *failures: Exception | None) -> None:
        self.failures = list(failures)

    def tick(self) -> list:
        failure = self.failures.pop(0)
        if failure is not None:
            raise failure
        return []


def test_a_failure_is_told_and_the_next_try_is_made(tmp_path):
    clock, sync = FixedClock(NOW), Loads(FULL, FULL, None)
    heart = Heart(tmp_path, clock)
    heart.run(sync)
    assert Pulse.read(tmp_path).error == "[Errno 28] No space left on device"
    clock.advance(timedelta(seconds=1))
    heart.run(sync)
    heart.run(sync)
    clock.advance(timedelta(seconds=6))
    heart.beat(sync.waiting)
    assert (heart.error, Pulse.read(tmp_path).error, Pulse.read(tmp_path).waiting) == ("", "", 3)


def test_it_does_not_write_at_every_look(tmp_path):
    clock = FixedClock(NOW)
    heart = Heart(tmp_path, clock)
    heart.beat()
    clock.advance(timedelta(seconds=4))
    heart.step("load.pulled")
    assert Pulse.read(tmp_path).at == NOW.isoformat()
    clock.advance(timedelta(seconds=2))
    heart.step("load.pulled")
    assert Pulse.read(tmp_path).at > NOW.isoformat()


class Dated(FixedClock):
    """A clock whose files are as old as it says."""

    def epoch(self) -> float:
        return 4_000_000_000.0


def test_a_full_disk_loses_nothing_and_the_load_is_made_up_for(tmp_path, monkeypatch):
    """Nothing can be forced to disk: the store stays as it was; with room again the same file is loaded."""
    service, writer = loaded(tmp_path)
    before, clock = current(writer.store), Dated(NOW)
    drop = tmp_path / "later"
    deliver_file(drop, service.catalogue.sources["rain"])
    heart, sync = Heart(writer.store, clock), Sync(writer, drop, clock)
    with monkeypatch.context() as patch:
        for name in ("sync", "write"):
            patch.setattr(durable, name, _full)
        assert heart.run(sync) == []
        assert "No space left" in heart.error
        assert Pulse.read(writer.store).error == heart.error
    assert current(writer.store) == before
    assert "rain" in {load.source for load in heart.run(sync)}
    assert heart.error == ""
    assert current(writer.store).snapshot == before.snapshot + 1
    writer.close()


def deliver_file(drop: Path, source: Source) -> None:
    """A delivery of a source: its head and one row that will be set aside."""
    path = drop / source.path.replace("*", "2026-11-20")
    path.parent.mkdir(parents=True)
    columns = list(source.columns)
    path.write_text("\n".join([",".join(columns), ",".join("x" for _ in columns), ""]), encoding="utf-8")


def _full(*given: object) -> None:
    raise FULL

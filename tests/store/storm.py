"""A storm: lives of a loading process, each killed somewhere, until the plan is done after all."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb

from data.store import ledger, manifest
from data.store.atom import shapes
from data.store.manifest import Manifest
from data.store.snapshot import Snapshot
from data.store.step import STEPS
from tests.store.town import catalogue, contents, lake_counts, rebuilt

ROOT = Path(__file__).parents[2]
KILLED = -9


class Storm:
    """Runs lives in forks of one warm process and examines the store after each."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed, self.chance = folder, seed, random.Random(seed)
        self.catalogue = catalogue(folder / "pack")
        self.shapes = shapes(self.catalogue)
        self.kills: Counter[str] = Counter()
        self.connection = duckdb.connect()
        self._worker = subprocess.Popen(
            [sys.executable, "-m", "tests.store.worker", str(folder / "pack")],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.cities = 0
        self.city = self.new_city()
        assert self.live() == 0
        self.wanted = self.state()
        self.new_city()

    def close(self) -> None:
        """End the warm process."""
        with self._worker as worker:
            worker.stdin.close()
            assert worker.wait(timeout=20) == 0
        self.connection.close()

    def new_city(self) -> Path:
        """A folder in which nothing has been loaded yet."""
        self.cities += 1
        self.city = self.folder / f"city-{self.cities}"
        self.city.mkdir()
        return self.city

    @property
    def store(self) -> Path:
        """The store of the present city."""
        return self.city / "store"

    def live(self, **fate: object) -> int:
        """One life; how it ended."""
        order = {"folder": str(self.city), "log": str(self.city / "log"), **fate}
        self._worker.stdin.write(json.dumps(order) + "\n")
        self._worker.stdin.flush()
        return int(self._worker.stdout.readline())

    def kill_at(self, step: str) -> None:
        """Kill a life at a step, examine what is left; begin a new city when this one is complete."""
        for nth in (self.chance.randint(1, 3), 1, 1):
            ended = self.live(step=step, nth=nth)
            self.examine()
            if ended == KILLED:
                self.kills[step] += 1
                return
            assert ended == 0, f"a life ended with {ended}"
            self.complete()
        raise AssertionError(f"step {step} was never reached")

    def complete(self) -> None:
        """Let the present city come to its end, compare it with the one nobody killed, begin another."""
        assert self.live() == 0
        self.examine()
        assert self.state() == self.wanted
        self.new_city()

    def examine(self) -> Manifest | None:
        """What must hold after every death: nothing acknowledged is lost, nothing is half there."""
        held = manifest.current(self.store)
        acked = self.acknowledged()
        if held is None:
            assert not acked
            return None
        loads = {load.load: load for load in ledger.read(self.store, held.ledger)}
        assert list(loads) == list(range(1, held.last_load + 1)), "the visible loads are whole and without gap"
        assert acked <= set(loads)
        lake = lake_counts(self.connection, self.store, held)
        assert {n: lake.get(n, 0) for n in loads} == {n: load.loaded for n, load in loads.items()}
        assert set(lake) <= set(loads)
        assert all((self.store / load.quarantine).is_file() for load in loads.values() if load.quarantine)
        return held

    def acknowledged(self) -> set[int]:
        """Loads a life said were safe."""
        log = self.city / "log"
        lines = log.read_text().splitlines() if log.exists() else []
        return {int(word) for line in lines for word in line.split()[1:]}

    def state(self) -> dict[str, list[str]]:
        """All tables as a reader sees them, which is also what the lake alone says."""
        held = manifest.current(self.store)
        snapshot = Snapshot(self.store, held, self.shapes)
        try:
            found = contents(snapshot.connection, self.shapes)
        finally:
            snapshot.close()
        assert found == rebuilt(self.city, self.store, held, self.shapes)
        loads = ledger.read(self.store, held.ledger)
        found["loads"] = [repr((x.load, x.path, x.end, x.delivered, x.loaded, held.undone.get(x.load))) for x in loads]
        return found

    def rage(self, kills: int) -> None:
        """Kill at every step in turn, in random order, until there were ``kills`` of them."""
        while sum(self.kills.values()) < kills:
            for step in self.chance.sample(STEPS, len(STEPS)):
                self.kill_at(step)
        self.complete()

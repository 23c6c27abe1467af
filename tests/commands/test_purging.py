"""Simulated data leaves on request only, and a real city never gets any."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import run
from data.catalogue import CatalogueError, load
from data.clock.clock import SystemClock
from data.clock.sync import Sync
from data.store import ledger, manifest
from data.store.writer import Writer
from tests.catalogue import pack
from tests.store.town import DATASETS, HEADINGS, KPIS, SOURCES

DEMONSTRATION = pack.CITY + "demonstration: true\n"
PLAYED = SOURCES.replace("- id: gates\n", "- id: gates\n  authority: simulated\n")


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demonstration whose gates are simulated, with one load of them and one of the book."""
    folder = pack.write(tmp_path / "pack", city=DEMONSTRATION, datasets=DATASETS, sources=PLAYED, kpis=KPIS)
    drop = tmp_path / "drop"
    drop.mkdir()
    for name, row in (("visit_1.csv", "2026-01-05 08:00,east,5"), ("book.csv", "2026-02-05 08:00,east,5")):
        (drop / name).write_text(f"{HEADINGS['visit']}\n{row}\n")
    for name, value in (("CITY", folder), ("DROP", drop), ("STORE", tmp_path / "store")):
        monkeypatch.setenv(f"LANTERN_{name}", str(value))
    known = load(folder)
    clock = SystemClock(known.city.timezone)
    writer = Writer(tmp_path / "store", known, clock)
    sync = Sync(writer, drop, clock)
    for _ in range(3):
        sync.tick()
    writer.close()
    return tmp_path


def standing(store: Path) -> dict[str, int]:
    held = manifest.current(store)
    return {x.source: x.loaded for x in ledger.read(store, held.ledger) if x.load not in held.undone}


def test_a_purge_asks_counts_and_keeps_the_rest(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = standing(city / "store")
    assert before["gates"] == 1
    assert run(["purge", "--simulated"]) == 1
    assert "nothing was purged" in capsys.readouterr().err
    assert standing(city / "store") == before
    assert run(["purge", "--simulated", "--yes"]) == 0
    assert "1 loads, 1 rows" in capsys.readouterr().out
    assert standing(city / "store") == {name: count for name, count in before.items() if name != "gates"}
    assert run(["purge", "--simulated", "--yes"]) == 0


def test_a_purge_says_what_it_would_purge_only_when_told(city: Path) -> None:
    assert run(["purge"]) == 1
    assert standing(city / "store")["gates"] == 1


def test_a_real_city_has_no_simulated_source(tmp_path: Path) -> None:
    folder = pack.write(tmp_path, datasets=DATASETS, sources=PLAYED, kpis=KPIS)
    with pytest.raises(CatalogueError, match=r"sources\.yaml:.*gates.*a real city has no simulated source"):
        load(folder)


def test_the_simulator_does_not_write_for_a_real_city(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = pack.write(tmp_path / "pack", datasets=DATASETS, sources=SOURCES, kpis=KPIS)
    monkeypatch.setenv("LANTERN_CITY", str(folder))
    monkeypatch.setenv("LANTERN_DROP", str(tmp_path / "drop"))
    assert run(["simulate"]) == 1
    assert "real city" in capsys.readouterr().err
    assert not (tmp_path / "drop").exists()


def test_a_load_is_taken_back_and_given_back_from_the_terminal(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loads = {x.source: x.load for x in ledger.read(city / "store", manifest.current(city / "store").ledger)}
    number = str(loads["gates"])
    assert run(["snapshots", "--undo", number]) == 0
    assert "gates" not in standing(city / "store")
    assert run(["snapshots", "--undo", number]) == 1
    assert "no standing load" in capsys.readouterr().err
    assert run(["snapshots", "--restore", number]) == 0
    assert standing(city / "store")["gates"] == 1

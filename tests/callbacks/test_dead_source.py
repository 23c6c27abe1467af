"""A source that dies darkens what hangs on it, and nothing else in the city changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from callbacks.boards import tile_query
from data.catalogue import Catalogue
from data.kpis import history, inspection, quarantine
from data.kpis.result import Freshness
from data.kpis.service import KpiService, open_service
from layouts.html import render
from layouts.source import source as source_page
from layouts.tile import tile
from tests.store.town import Town
from tests.store.town import catalogue as town_catalogue

NOW = datetime(2026, 11, 24, 19, 42)
DEAD = "gauge"


def fill(town: Town, gauges_until: datetime) -> None:
    """Every source delivers up to this evening, the gauges up to a moment of their own."""
    days = [NOW - timedelta(days=n) for n in range(9, -1, -1)]
    town.put("visit_1.csv", *(f"{day:%Y-%m-%d 10:00},east,{n + 3}" for n, day in enumerate(days)))
    town.put("dossier_1.csv", *(f"{n},N,{day:%Y-%m-%d},,{n},desk" for n, day in enumerate(days)))
    town.put("gauge_1.csv", *(f"a,{day:%Y-%m-%d 19:40},{n}" for n, day in enumerate(days) if day <= gauges_until))
    town.tick()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Catalogue]:
    """The folders of both towns."""
    folder = tmp_path_factory.mktemp("towns")
    known = town_catalogue(folder / "pack")
    for name, until in (("well", NOW), ("struck", NOW - timedelta(days=7))):
        town = Town(folder / name, known)
        fill(town, until)
        town.writer.close()
    return folder, known


@pytest.fixture
def towns(filled: tuple[Path, Catalogue], tmp_path: Path) -> Iterator[tuple[Town, Town]]:
    """One where all is well, one where the gauges fell silent a week ago."""
    folder, known = filled
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    well, struck = (Town(tmp_path / name, known) for name in ("well", "struck"))
    yield well, struck
    well.writer.close()
    struck.writer.close()


def service(town: Town) -> KpiService:
    return open_service(town.catalogue, town.store, town.clock)


def tiles(town: Town) -> dict[str, tuple[bool, str]]:
    """Of each KPI whether it reads the gauges, and its tile as HTML."""
    asked = service(town)
    kpis = list(asked.catalogue.kpis.values())
    results = asked.ask([tile_query(kpi, NOW) for kpi in kpis])
    return {
        kpi.code: (DEAD in kpi.datasets, render(tile(result, "vi"))) for kpi, result in zip(kpis, results, strict=True)
    }


def test_a_silent_source_darkens_its_own_tiles_only(towns: tuple[Town, Town]) -> None:
    well, struck = map(tiles, towns)
    changed = {code for code in well if well[code] != struck[code]}
    assert changed == {code for code, (reads, _) in well.items() if reads} != set()
    assert all('data-state="stale"' in struck[code][1] for code in changed)
    assert not any('data-state="stale"' in markup for _, markup in well.values())
    assert set(well) - changed


def test_its_lantern_alone_is_out(towns: tuple[Town, Town]) -> None:
    def lit(town: Town) -> dict[str, Freshness]:
        return {record.state.source.id: record.state.freshness for record in inspection.records(service(town), 1)}

    well, struck = map(lit, towns)
    assert {name for name in well if well[name] is not struck[name]} == {"gauges"}
    assert (well["gauges"], struck["gauges"]) == (Freshness.ON_TIME, Freshness.LOST)


def test_a_delivery_that_cannot_be_read_is_told_on_its_page_only(towns: tuple[Town, Town]) -> None:
    town = towns[0]
    before = tiles(town)
    (town.drop / "gauge_2.csv").write_bytes(b"station,at,level\na,\xff\xfe\xff,5\n")
    town.tick()
    after = tiles(town)
    assert {code for code in before if after[code] != before[code]} <= {c for c, (reads, _) in before.items() if reads}
    told = {record.state.source.id: record.state.error for record in inspection.records(service(town), 1)}
    assert "gauge_2.csv" in (told.pop("gauges") or "")
    assert not any(told.values())


def test_a_page_names_what_hangs_on_its_source(towns: tuple[Town, Town]) -> None:
    asked = service(towns[1])
    record = inspection.record(asked, "gauges", 5)
    reads = [kpi.code for kpi in asked.catalogue.kpis.values() if DEAD in kpi.datasets]
    assert [kpi.code for kpi in record.kpis] == reads
    assert [board.id for board in record.boards] == ["overview"]
    drawn = render(source_page(record, quarantine.faults(asked, "gauges", 0, 5), 5, "vi", NOW))
    assert "Mất tín hiệu" in drawn and 'href="/board/overview"' in drawn
    assert all(f'href="/kpi/{code}"' in drawn for code in reads)


def test_a_ledger_that_cannot_be_read_leaves_the_page_standing(towns: tuple[Town, Town]) -> None:
    for path in (towns[0].store / "ledger").glob("*.jsonl"):
        path.unlink()
    asked = service(towns[0])
    history._file.cache_clear()
    record = inspection.record(asked, "gauges", 5)
    assert record.loads is None and record.state.freshness is Freshness.ON_TIME
    assert "Không đọc được sổ nạp" in render(
        source_page(record, quarantine.faults(asked, "gauges", 0, 5), 5, "vi", NOW)
    )

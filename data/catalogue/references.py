"""References between entries: every name must lead somewhere, every column must exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from data.catalogue.board import NAMING, DriversTile, MapTile, Points, ScorecardTile, Tile
from data.catalogue.faults.alerts import alert_faults
from data.catalogue.faults.areas import area_faults
from data.catalogue.faults.city import city_faults
from data.catalogue.faults.datasets import dataset_faults
from data.catalogue.faults.exercises import exercise_faults
from data.catalogue.faults.fault import Fault, near
from data.catalogue.faults.kpis import kpi_faults
from data.catalogue.faults.outlooks import outlook_faults
from data.catalogue.faults.playlists import playlist_faults
from data.catalogue.faults.providers import provider_faults
from data.catalogue.faults.reports import report_faults
from data.catalogue.faults.roles import role_faults
from data.catalogue.faults.rooms import room_faults
from data.catalogue.faults.sources import source_faults
from data.catalogue.kpi import Kpi

if TYPE_CHECKING:
    from data.catalogue.loader import Catalogue

__all__ = ["Fault", "near", "references"]


def references(catalogue: Catalogue) -> Iterator[Fault]:
    """Every fault between the entries of a catalogue, in the order a pack is written."""
    checks = (
        city_faults,
        area_faults,
        dataset_faults,
        source_faults,
        kpi_faults,
        _boards,
        role_faults,
        provider_faults,
        alert_faults,
        playlist_faults,
        room_faults,
        outlook_faults,
        exercise_faults,
        report_faults,
    )
    return chain.from_iterable(check(catalogue) for check in checks)


def _boards(catalogue: Catalogue) -> Iterator[Fault]:
    known = [*catalogue.codes, *catalogue.kpis]
    for board in catalogue.boards.values():
        for key, rows in (("rows", board.rows), ("wall", board.wall or ())):
            for row, tiles in enumerate(rows):
                for index, tile in enumerate(tiles):
                    yield from _tile(catalogue, known, board.id, (key, row, index), tile)


def _tile(
    catalogue: Catalogue, known: list[str], board: str, path: tuple[str | int, ...], tile: Tile
) -> Iterator[Fault]:
    if isinstance(tile, ScorecardTile):
        yield from _scorecard(catalogue, board, path, tile)
    if isinstance(tile, DriversTile):
        for place, name in enumerate(tile.drivers):
            if catalogue.kpi(name) is None:
                yield Fault("boards", board, (*path, "drivers", place), f"no KPI '{name}'", near(name, known))
    named = next(((kind, name) for kind in NAMING if (name := getattr(tile, kind, None))), None)
    if named is None:
        return
    kpi = catalogue.kpi(named[1])
    if kpi is None:
        yield Fault("boards", board, path, f"no KPI '{named[1]}'", near(named[1], known))
    elif (by := {"map": "area", "ranking": getattr(tile, "by", "")}.get(named[0])) and by not in kpi.dimensions:
        message = f"KPI '{kpi.code}' is not told by '{by}'"
        yield Fault("boards", board, path, message, f"write {by} in its dimensions, or choose another KPI")
    elif (within := getattr(tile, "within", None)) and within not in catalogue.areas:
        yield Fault("boards", board, path, f"no area '{within}'", near(within, catalogue.areas))
    elif within and getattr(tile, "by", "area") != "area":
        yield Fault("boards", board, path, "within goes with by: area", "remove one of the two")
    elif named[0] == "heat":
        yield from _by_hour(catalogue, board, path, kpi)
    if isinstance(tile, MapTile) and tile.points is not None and kpi is not None:
        yield from _pointed(catalogue, board, path, kpi, tile.points)


def _pointed(
    catalogue: Catalogue, board: str, path: tuple[str | int, ...], kpi: Kpi, points: Points
) -> Iterator[Fault]:
    """The columns of a map's points are those of the one dataset its KPI reads."""
    dataset = catalogue.datasets.get(kpi.datasets[0]) if len(kpi.datasets) == 1 else None
    if dataset is None:
        message = f"{kpi.code} reads {len(kpi.datasets)} datasets; points are rows of one"
        yield Fault("boards", board, (*path, "points"), message, "choose another KPI, or remove points")
        return
    for key in ("name", "latitude", "longitude", "number"):
        column = getattr(points, key)
        if column is not None and column not in dataset.columns:
            message = f"dataset '{dataset.id}' has no column '{column}'"
            yield Fault("boards", board, (*path, "points", key), message, near(column, dataset.columns))


def _scorecard(catalogue: Catalogue, board: str, path: tuple[str | int, ...], tile: ScorecardTile) -> Iterator[Fault]:
    """Every line names a KPI, and every year is one that some line has a target in."""
    kpis = [catalogue.kpi(name) for name in tile.scorecard]
    for place, (name, kpi) in enumerate(zip(tile.scorecard, kpis, strict=True)):
        if kpi is None:
            known = [*catalogue.codes, *catalogue.kpis]
            yield Fault("boards", board, (*path, "scorecard", place), f"no KPI '{name}'", near(name, known))
    set_in = {step.start.year for kpi in kpis if kpi for step in kpi.target}
    for place, year in enumerate(tile.years):
        if all(kpis) and year not in set_in:
            remedy = f"targets are set in {', '.join(map(str, sorted(set_in))) or 'no year'}"
            yield Fault("boards", board, (*path, "years", place), f"no KPI of it has a target in {year}", remedy)


def _by_hour(catalogue: Catalogue, board: str, path: tuple[str | int, ...], kpi: Kpi) -> Iterator[Fault]:
    """A heat tile needs hours, which a dataset of days or months does not have."""
    coarse = [key for key in kpi.datasets if (held := catalogue.datasets.get(key)) and held.grain != "hour"]
    for key in coarse:
        message = (
            f"KPI '{kpi.code}' is not told by hour: its dataset '{key}' is kept by {catalogue.datasets[key].grain}"
        )
        yield Fault("boards", board, path, message, f"write grain: hour for {key}, or choose another KPI")

"""A sight: the service as one asker has it, with their scope in every question and nothing else in the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from data.catalogue import Board, Catalogue
from data.catalogue.board import DriversTile, ListTile, Rows, ScorecardTile, Tile, named
from data.kpis import history
from data.kpis.budget import Budget
from data.kpis.query import KpiQuery
from data.kpis.record import Origin
from data.kpis.result import KpiResult, SourceState
from data.kpis.rows import Batches, RowColumn, RowPage
from data.kpis.scope import Scope
from data.kpis.service import KpiService
from data.kpis.sieve import Sieve
from data.store.snapshot import Snapshot


class Sight:
    """What pages, files and streams ask. It answers as `KpiService` does, within ``scope``.

    With a ``snapshot`` it answers as that state of the data was known then, and within a ``budget``.
    """

    def __init__(
        self, service: KpiService, scope: Scope, snapshot: Snapshot | None = None, budget: Budget | None = None
    ) -> None:
        self.service, self.scope, self.snapshot, self.budget = service, scope, snapshot, budget
        self.catalogue = seen(service.catalogue, scope)
        self.reader, self.clock, self.working = service.reader, service.clock, service.working

    def ask(self, queries: Sequence[KpiQuery], snapshot: Snapshot | None = None) -> list[KpiResult]:
        """Answer a batch in order; KeyError for a KPI the asker's catalogue does not have."""
        return self.service.ask(queries, self.scope, snapshot or self.snapshot, self.budget)

    def rows(
        self, query: KpiQuery, sort: str = "", offset: int = 0, limit: int = 50, sieves: Sequence[Sieve] = ()
    ) -> RowPage:
        """One page of the rows a query counts that ``sieves`` let through."""
        held = {"snapshot": self.snapshot, "budget": self.budget, "sieves": sieves}
        return self.service.rows(query, self.scope, sort, offset, limit, **held)

    def sql(self, query: KpiQuery) -> str:
        """What answers a query, as text; "" for who sees a part of the rows."""
        return self.service.sql(query, self.scope, self.snapshot)

    def stream(self, query: KpiQuery, sieves: Sequence[Sieve] = ()) -> tuple[tuple[RowColumn, ...], Batches | None]:
        """Every row a query counts that ``sieves`` let through, batch by batch; None where rows are not shown to the
        asker."""
        return self.service.stream(query, self.scope, self.snapshot, sieves)

    def pinned(self, number: int) -> Sight | None:
        """The same sight of snapshot ``number``; None when that cannot be opened any more."""
        found = self.reader.pinned(number)
        return None if found is None else Sight(self.service, self.scope, found, self.budget)

    def record(self, query: KpiQuery, load: int, line: int) -> tuple[RowPage, Origin] | None:
        """One row a query counts and where it came from; None where it is not counted or only a part is seen."""
        found = self.service.rows(
            query, self.scope, limit=1, only=(load, line), snapshot=self.snapshot, budget=self.budget
        )
        held = history.load_of(self.reader.store, self.reader.snapshot().manifest, load) if found.keys else None
        if held is None:
            return None
        source = self.catalogue.sources.get(held.source)
        return found, Origin(source, held.path, line, load, datetime.fromisoformat(held.loaded_at))

    def sources(self) -> tuple[SourceState, ...]:
        """Every source of the asker's catalogue as known now."""
        return tuple(state for state in self.service.sources() if state.source.id in self.catalogue.sources)


def seen(catalogue: Catalogue, scope: Scope) -> Catalogue:
    """The catalogue without the datasets an asker may not see, and without all that stands on them."""
    if scope.datasets is None:
        return catalogue
    kpis = {key: kpi for key, kpi in catalogue.kpis.items() if scope.allows(kpi.datasets)}
    shown = {name for kpi in kpis.values() for name in (kpi.id, kpi.code)}
    boards = {key: left for key, board in catalogue.boards.items() if (left := _left(board, shown)) is not None}
    sources = {key: source for key, source in catalogue.sources.items() if scope.allows([source.dataset])}
    datasets = {key: dataset for key, dataset in catalogue.datasets.items() if scope.allows([key])}
    reports = {key: report for key, report in catalogue.reports.items() if shown.issuperset(report.kpis)}
    return replace(catalogue, kpis=kpis, boards=boards, sources=sources, datasets=datasets, reports=reports)


def _left(board: Board, shown: set[str]) -> Board | None:
    """A board with the tiles that are left; None when it has no number any more."""
    left = _rows(board.rows, shown)
    wall = None if board.wall is None else _rows(board.wall, shown)
    some = any(named(tile) for row in left for tile in row)
    return board.model_copy(update={"rows": left, "wall": wall}) if some else None


def _rows(rows: Rows, shown: set[str]) -> Rows:
    left = (tuple(tile for one in row if (tile := _tile(one, shown)) is not None) for row in rows)
    return tuple(row for row in left if row)


def _tile(tile: Tile, shown: set[str]) -> Tile | None:
    if isinstance(tile, ListTile):
        return tile
    if isinstance(tile, ScorecardTile):
        lines = tuple(name for name in tile.scorecard if name in shown)
        return tile.model_copy(update={"scorecard": lines}) if lines else None
    if isinstance(tile, DriversTile):
        kept = tuple(name for name in tile.drivers if name in shown)
        return tile.model_copy(update={"drivers": kept}) if kept else None
    return tile if shown.issuperset(named(tile)) else None

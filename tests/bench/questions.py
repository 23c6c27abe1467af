"""What a board costs beyond the SQL it needs: planning, reading, judging."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

from callbacks.boards import tile_query
from data.catalogue import KpiTile, MapTile
from data.kpis.plan import Plan
from data.kpis.query import KpiQuery
from data.kpis.question import Question
from data.kpis.scope import EVERYTHING
from data.kpis.service import KpiService
from tests.bench.table import Row

RUNS = 15


def measured(service: KpiService) -> Iterator[Row]:
    """Fresh and cached batch of the front page over its bare SQL, and its statements."""
    batch = queries(service)
    run_sql, datasets = bare(service, batch)
    runs: dict[str, list[float]] = {"bare": [], "fresh": [], "cached": []}
    for _ in range(RUNS):
        runs["bare"].append(timed(run_sql))
        fresh = KpiService(service.catalogue, service.reader, service.clock)
        runs["fresh"].append(timed(lambda fresh=fresh: fresh.ask(batch)))
        runs["cached"].append(timed(lambda fresh=fresh: fresh.ask(batch)))
    asked = KpiService(service.catalogue, service.reader, service.clock)
    asked.ask(batch)
    floor = median(runs["bare"])
    yield Row(f"{len(batch)} questions of a board: their SQL alone", floor * 1000, "ms")
    yield Row("the whole batch, fresh, over its SQL alone", median(runs["fresh"]) / floor, bar=4)
    yield Row("the whole batch, cached, over its SQL alone", median(runs["cached"]) / floor, bar=0.2)
    yield Row("SQL statements of the batch", asked.statements, "", bar=datasets)


def queries(service: KpiService) -> list[KpiQuery]:
    """What the front page asks."""
    now = service.clock.now()
    front = next(iter(service.catalogue.boards.values()))
    tiles = [item for row in front.rows for item in row]
    shown = dict.fromkeys(item.kpi for item in tiles if isinstance(item, KpiTile))
    mapped = dict.fromkeys(item.map for item in tiles if isinstance(item, MapTile))
    return [tile_query(service.catalogue.kpi(name), now) for name in shown] + [
        tile_query(service.catalogue.kpi(name), now, "area") for name in mapped
    ]


def bare(service: KpiService, batch: list[KpiQuery]) -> tuple[Callable[[], None], int]:
    """The fused SQL of a batch on the bare cursor, and how many datasets its KPIs read."""
    snapshot = service.reader.snapshot()
    plan = Plan()
    for query in batch:
        for ask in Question(service.catalogue, snapshot.manifest, query, service.clock.now()).asks:
            plan.add(ask)
    statements = plan.statements(snapshot.rows_sql, EVERYTHING)
    kpis = [service.catalogue.kpi(query.kpi) for query in batch]

    def run() -> None:
        cursor = snapshot.cursor()
        for statement in statements:
            cursor.execute(statement.sql, statement.values).fetchall()

    return run, len({dataset for kpi in kpis for dataset in kpi.datasets})


def timed(act: Callable[[], object]) -> float:
    """Seconds it took."""
    began = perf_counter()
    act()
    return perf_counter() - began

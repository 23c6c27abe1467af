"""Intake: one delivery on its way from a connector's table to typed rows and quarantine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from data.catalogue import Catalogue, Dataset, Source
from data.sources.blocks import filled
from data.sources.delivery import Delivery, Pulled
from data.store import durable
from data.store.contract import MISFORMED, Contract
from data.store.derivation import derived_sql
from data.store.dialect import literal, quoted


@dataclass(frozen=True, slots=True)
class Counted:
    """What a delivery turned into. Event times are those of things that happened."""

    load: int
    delivery: Delivery
    delivered: int
    misformed: int
    misruled: int
    start: str | None
    end: str | None
    quarantine: str | None
    months: tuple[str, ...] = ()

    @property
    def loaded(self) -> int:
        """Rows that passed."""
        return self.delivered - self.misformed - self.misruled


class Intake:
    """Checks deliveries on one connection. Good rows gather in table ``good_<dataset>``."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, store: Path, now: datetime) -> None:
        self.connection, self.catalogue, self.store, self.now = connection, catalogue, store, now

    def check(
        self, source: Source, pulled: Sequence[tuple[int, Delivery, Pulled]], event_times: Sequence[str]
    ) -> list[Counted]:
        """Check deliveries that have the same headings; their good rows are added to ``good_<dataset>``."""
        dataset = self.catalogue.datasets[source.dataset]
        tables = [
            filled(item.table, source.read.fill_down).append_column("_load", _constant(load, item.table.num_rows))
            for load, _, item in pulled
        ]
        raw = pa.concat_tables(tables)
        self.connection.register("raw_rows", raw)
        headings = {name: str(kind) for name, kind, *_ in self.connection.execute("DESCRIBE raw_rows").fetchall()}
        city = self.catalogue.city
        contract = Contract(
            source, dataset, pulled[0][2].reading, headings, city.timezone, city.scope, self.now, tuple(event_times)
        )
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE typed_rows AS {contract.typed_sql('raw_rows')}")
        self.connection.unregister("raw_rows")
        self._keep_good(dataset, contract)
        counted = self._counted(pulled, event_times)
        if source.deliver == "period":
            counted = [replace(item, months=self._months(dataset, item.load)) for item in counted]
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE bad_rows AS {contract.bad_sql('typed_rows')}")
        written = [self._set_aside(item) for item in counted]
        self.connection.execute("DROP TABLE typed_rows")
        self.connection.execute("DROP TABLE bad_rows")
        return written

    def _keep_good(self, dataset: Dataset, contract: Contract) -> None:
        good = contract.good_sql("typed_rows", derived_sql(dataset))
        table = f"good_{dataset.id}"
        exists = self.connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [table]).fetchone()
        verb = f"INSERT INTO {table} BY NAME" if exists else f"CREATE TEMP TABLE {table} AS"
        self.connection.execute(f"{verb} SELECT *, FALSE AS _gone FROM ({good})")

    def _counted(self, pulled: Sequence[tuple[int, Delivery, Pulled]], event_times: Sequence[str]) -> list[Counted]:
        """What came of each delivery; one question for all of them."""
        forms = ", ".join(map(literal, MISFORMED))
        own = [name for name in event_times if name in {c[0] for c in self._typed_columns()}]
        moments = ", ".join(quoted(name) for name in own)
        rows = self.connection.execute(
            f"SELECT _load, count(*), count(*) FILTER (len(_faults) > 0 AND _faults[1].reason IN ({forms})), "
            f"count(*) FILTER (len(_faults) > 0 AND _faults[1].reason NOT IN ({forms})), "
            f"min(least({moments})) FILTER (len(_faults) = 0), max(greatest({moments})) FILTER (len(_faults) = 0) "
            "FROM typed_rows GROUP BY _load"
        ).fetchall()
        found = {load: counts for load, *counts in rows}
        return [self._one(load, delivery, *found.get(load, (0, 0, 0, None, None))) for load, delivery, _ in pulled]

    def _one(
        self, load: int, delivery: Delivery, rows: int, misformed: int, misruled: int,
        start: datetime | None, end: datetime | None,
    ) -> Counted:  # fmt: skip
        newest = min(end, self.now) if end else None
        return Counted(load, delivery, rows, misformed, misruled, _iso(start), _iso(newest), None)

    def _months(self, dataset: Dataset, load: int) -> tuple[str, ...]:
        """Months (YYYY-MM) the good rows of a load lie in."""
        found = self.connection.execute(
            f"SELECT DISTINCT strftime({quoted(dataset.time)}, '%Y-%m') AS month FROM good_{dataset.id} "
            f"WHERE _load = {load} AND {quoted(dataset.time)} IS NOT NULL ORDER BY month"
        )
        return tuple(month for (month,) in found.fetchall())

    def _typed_columns(self) -> list[tuple]:
        return self.connection.execute("DESCRIBE typed_rows").fetchall()

    def _set_aside(self, counted: Counted) -> Counted:
        if counted.loaded == counted.delivered:
            return counted
        name = f"quarantine/{counted.load:010d}.parquet"
        path = self.store / name
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = f"SELECT * FROM bad_rows WHERE _load = {counted.load}"
        self.connection.execute(f"COPY ({rows}) TO {literal(path)} (FORMAT parquet, COMPRESSION zstd)")
        durable.sync([path])
        return replace(counted, quarantine=name)


def _constant(value: int, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(value, pa.int64()), count)


def _iso(moment: object) -> str | None:
    return None if moment is None else moment.isoformat()

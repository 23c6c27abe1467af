"""Columns computed once at load: working days and elapsed hours."""

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa

from data.catalogue import Dataset, Derivation
from data.store.dialect import literal, quoted


def derived_sql(dataset: Dataset) -> list[str]:
    """One SELECT item for each derived column, in order; needs `teach_working_days`."""
    return [f"{_expression(item)} AS {quoted(name)}" for name, item in dataset.derive.items()]


def teach_working_days(connection: duckdb.DuckDBPyConnection, days: list[tuple[date, int, bool]]) -> None:
    """Give a connection the city's working days as look-up lists.

    ``days`` are consecutive (day, working days up to and including it, whether worked);
    a day outside them has no ordinal.
    """
    first = next((ordinal for _, ordinal, working in days if working), 1)
    ordinals, worked = [ordinal for _, ordinal, _ in days], [day for day, _, working in days if working]
    # Handed over as they are: as text the parser would take longer than everything else a connection needs.
    connection.register("_days", pa.table({"ordinals": [ordinals], "worked": [worked]}))
    connection.execute("SET VARIABLE working_ordinal = (SELECT ordinals::INTEGER[] FROM _days)")
    connection.execute("SET VARIABLE working_day = (SELECT worked::DATE[] FROM _days)")
    connection.unregister("_days")
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO working_ordinal(moment) AS getvariable('working_ordinal')"
        f"[greatest(date_diff('day', DATE {literal(days[0][0].isoformat())}, CAST(moment AS DATE)) + 1, 0)]"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO working_day(ordinal) AS CAST(getvariable('working_day')"
        f"[greatest(ordinal - {first} + 1, 0)] AS TIMESTAMP)"
    )


def _expression(item: Derivation) -> str:
    if item.working_days:
        first, last = (quoted(name) for name in item.working_days)
        return f"working_ordinal({last}) - working_ordinal({first})"
    if item.hours:
        first, last = (quoted(name) for name in item.hours)
        return f"CAST(date_diff('second', {first}, {last}) / 3600.0 AS DECIMAL(18,6))"
    start = quoted(item.working_day_after or "")
    return f"working_day(working_ordinal({start}) + {item.days})"

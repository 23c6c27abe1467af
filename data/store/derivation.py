"""Columns computed once at load: working days and elapsed hours."""

from __future__ import annotations

from functools import cache

import duckdb
import pyarrow as pa

from data.calendar.working import WorkingDays
from data.catalogue import Dataset, Derivation
from data.store.dialect import literal, quoted


def derived_sql(dataset: Dataset) -> list[str]:
    """One SELECT item for each derived column, in order; needs `teach_working_days`."""
    return [f"{_expression(item)} AS {quoted(name)}" for name, item in dataset.derive.items()]


def teach_working_days(connection: duckdb.DuckDBPyConnection, days: WorkingDays) -> None:
    """Give a connection the city's working days as look-up lists; a day outside them has no ordinal."""
    # Handed over as they are: as text the parser would take longer than everything else a connection needs.
    connection.register("_days", _lists(days))
    connection.execute("SET VARIABLE working_ordinal = (SELECT ordinals::INTEGER[] FROM _days)")
    connection.execute("SET VARIABLE working_day = (SELECT worked::DATE[] FROM _days)")
    connection.unregister("_days")
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO working_ordinal(moment) AS getvariable('working_ordinal')"
        f"[greatest(date_diff('day', DATE {literal(days.first.isoformat())}, CAST(moment AS DATE)) + 1, 0)]"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO working_day(ordinal) AS CAST(getvariable('working_day')"
        "[greatest(ordinal, 0)] AS TIMESTAMP)"
    )


@cache
def _lists(days: WorkingDays) -> pa.Table:
    """One row: working days up to and including each day, and the days that are worked."""
    table = days.table()
    return pa.table({"ordinals": [[at for _, at, _ in table]], "worked": [[day for day, _, works in table if works]]})


def _expression(item: Derivation) -> str:
    if item.working_days:
        first, last = (quoted(name) for name in item.working_days)
        return f"working_ordinal({last}) - working_ordinal({first})"
    if item.hours:
        first, last = (quoted(name) for name in item.hours)
        return f"CAST(date_diff('second', {first}, {last}) / 3600.0 AS DECIMAL(18,6))"
    start = quoted(item.working_day_after or "")
    return f"working_day(working_ordinal({start}) + {item.days})"

"""Columns computed once at load: working days and elapsed hours."""

from __future__ import annotations

from data.catalogue import Dataset, Derivation
from data.store.dialect import literal, quoted


def derived_sql(dataset: Dataset) -> list[str]:
    """One SELECT item for each derived column, in order; needs `working_sql`."""
    return [f"{_expression(item)} AS {quoted(name)}" for name, item in dataset.derive.items()]


def working_sql(days: list[tuple[str, int, bool]]) -> list[str]:
    """Statements that give a connection the city's working days as look-up lists.

    ``days`` are consecutive (ISO day, working days up to and including it, whether worked);
    a day outside them has no ordinal.
    """
    ordinals = ", ".join(str(ordinal) for _, ordinal, _ in days)
    worked = ", ".join(day for day, _, working in days if working)
    first = next((ordinal for _, ordinal, working in days if working), 1)
    origin = f"DATE {literal(days[0][0])}"
    return [
        # One text to cast: the parser would take a third of a second over thousands of elements.
        f"SET VARIABLE working_ordinal = '[{ordinals}]'::INTEGER[]",
        f"SET VARIABLE working_day = '[{worked}]'::DATE[]",
        "CREATE OR REPLACE TEMP MACRO working_ordinal(moment) AS getvariable('working_ordinal')"
        f"[greatest(date_diff('day', {origin}, CAST(moment AS DATE)) + 1, 0)]",
        "CREATE OR REPLACE TEMP MACRO working_day(ordinal) AS CAST(getvariable('working_day')"
        f"[greatest(ordinal - {first} + 1, 0)] AS TIMESTAMP)",
    ]


def _expression(item: Derivation) -> str:
    if item.working_days:
        first, last = (quoted(name) for name in item.working_days)
        return f"working_ordinal({last}) - working_ordinal({first})"
    if item.hours:
        first, last = (quoted(name) for name in item.hours)
        return f"CAST(date_diff('second', {first}, {last}) / 3600.0 AS DECIMAL(18,6))"
    start = quoted(item.working_day_after or "")
    return f"working_day(working_ordinal({start}) + {item.days})"

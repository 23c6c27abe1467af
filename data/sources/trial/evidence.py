"""The rows of a sample on a connection of their own, with a profile of every column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from data.sources.cells import SETTINGS
from data.sources.delivery import FAULT, LINE
from data.sources.trial.profile import Profile, profile
from data.sources.trial.sample import Sample
from data.store.contract import number_sql
from data.store.dialect import literal, quoted
from data.store.moment import moment_sql


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sample, its columns, and table ``rows`` to ask."""

    sample: Sample
    profiles: tuple[Profile, ...]
    connection: duckdb.DuckDBPyConnection

    def of(self, heading: str) -> Profile:
        """The profile of a column."""
        return next(item for item in self.profiles if item.heading == heading)

    def rows(self, sql: str) -> list[tuple]:
        """Rows of a question to table ``rows``."""
        return self.connection.execute(sql).fetchall()

    def one(self, sql: str) -> Any:
        """First value of a question."""
        return self.connection.execute(sql).fetchone()[0]

    def number(self, heading: str) -> str:
        """SQL of a column as a number; what means nothing is NULL."""
        if not self.of(heading).text:
            return f"CAST({quoted(heading)} AS DOUBLE)"
        nothing = [*self.sample.reading.nulls, *self.of(heading).sentinels]
        text = f"trim({quoted(heading)})"
        read = f"TRY_CAST({number_sql(text, self.sample.reading.decimal or '.')} AS DOUBLE)"
        return f"CASE WHEN {text} NOT IN ({', '.join(map(literal, ['', *nothing]))}) THEN {read} END"

    def moment(self, headings: Sequence[str]) -> str:
        """SQL of one column, or of several joined, as a moment."""
        if len(headings) == 1 and self.of(headings[0]).is_moment:
            item, name = self.of(headings[0]), quoted(headings[0])
            native = "VARCHAR" if item.text else "TIMESTAMP"
            return moment_sql(f"trim(CAST({name} AS VARCHAR))", name, native, self.sample.reading, "UTC")
        parts = ", ".join(f"trim(CAST({quoted(heading)} AS VARCHAR))" for heading in headings)
        joined = f"concat_ws(' ', {parts})"
        return moment_sql(joined, joined, "VARCHAR", self.sample.reading, "UTC", joined=True)


@contextmanager
def evidence(sample: Sample) -> Iterator[Evidence]:
    """Look at every column; the connection closes with the block."""
    with duckdb.connect(":memory:", config=SETTINGS) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("delivered", sample.table)
        connection.execute("CREATE TABLE rows AS SELECT * FROM delivered")
        natives = {name: str(kind) for name, kind, *_ in connection.execute("DESCRIBE rows").fetchall()}
        headings = [name for name in natives if name not in (LINE, FAULT)]
        found = (profile(connection, name, natives[name], sample.reading, sample.rows) for name in headings)
        yield Evidence(sample, tuple(found), connection)

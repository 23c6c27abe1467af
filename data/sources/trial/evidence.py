"""The rows of a sample on a connection of their own, with a profile of every column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
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
    moments: dict[tuple[str, ...], str] = field(default_factory=dict)

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
        """SQL of one column, or of several joined, as a moment; each different text is read once."""
        key = tuple(headings)
        if key not in self.moments:
            self.moments[key] = self._read_moments(key, quoted(f"_moment {len(self.moments)}"))
        return self.moments[key]

    def _read_moments(self, headings: tuple[str, ...], column: str) -> str:
        texts = [f"trim(CAST({quoted(heading)} AS VARCHAR))" for heading in headings]
        whole = len(headings) == 1 and self.of(headings[0]).is_moment
        if whole and not self.of(headings[0]).text:
            return f"CAST({quoted(headings[0])} AS TIMESTAMP)"
        text = texts[0] if len(texts) == 1 else f"concat_ws(' ', {', '.join(texts)})"
        read = moment_sql("text", "text", "VARCHAR", self.sample.reading, "UTC", joined=not whole)
        self.connection.execute(f"ALTER TABLE rows ADD COLUMN {column} TIMESTAMP")
        self.connection.execute(
            f"UPDATE rows SET {column} = moment FROM (SELECT text, {read} AS moment FROM "
            f"(SELECT DISTINCT {text} AS text FROM rows)) AS found WHERE found.text = {text}"
        )
        return column


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

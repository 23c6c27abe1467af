"""The one place that turns SQLAlchemy Core into text for the engine."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from duckdb_sqlalchemy import Dialect

DUCKDB = Dialect(paramstyle="numeric_dollar")


def text(statement: sa.ClauseElement) -> str:
    """SQL with every value rendered: for statements without user input."""
    return str(statement.compile(dialect=DUCKDB, compile_kwargs={"literal_binds": True}))


def bound(statement: sa.ClauseElement) -> tuple[str, tuple[str, ...]]:
    """SQL with positional parameters ``$1…``, and the names of the parameters in order."""
    compiled = statement.compile(dialect=DUCKDB)
    return str(compiled), tuple(compiled.positiontup or ())


def quoted(name: str) -> str:
    """An identifier in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A text literal."""
    return "'" + str(value).replace("'", "''") + "'"


def typed(columns: Mapping[str, str]) -> str:
    """The columns of a table to be created, by name and SQL type."""
    return ", ".join(f"{quoted(name)} {kind}" for name, kind in columns.items())

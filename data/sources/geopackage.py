"""GeoPackage: a table of features in an SQLite file, read with what Python brings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from data.catalogue.references import near
from data.catalogue.source import Source
from data.sources.delivery import Delivery, Pulled, SourceError
from data.sources.geometry import LAT, LON, of_geopackage
from data.sources.inference import infer
from data.sources.notation import Record, table

DEGREES = (4326, 0)
TABLES = """
SELECT c.table_name, g.column_name, g.srs_id FROM gpkg_contents AS c
LEFT JOIN gpkg_geometry_columns AS g USING (table_name) WHERE c.data_type IN ('features', 'attributes')
ORDER BY c.table_name"""


class GeoPackage:
    """Reads one table whole."""

    def pull(self, source: Source, delivery: Delivery) -> Pulled:
        """Read the declared table, or the only one; ``_line`` is the row. SourceError."""
        address = f"{delivery.path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(address, uri=True)) as connection:
                records = list(_records(connection, source, delivery.relative))
        except sqlite3.Error as error:
            raise SourceError(delivery.relative, f"no readable GeoPackage: {error}", "deliver it again") from error
        rows = table(source, delivery.relative, records, True)
        return Pulled(rows, infer(rows, source.read))


def _records(connection: sqlite3.Connection, source: Source, file: str) -> Iterator[Record]:
    name, shape, system = _table(connection, source, file)
    placed = not source.headings or {LON, LAT} & set(source.headings)
    if shape and placed and system not in DEGREES:
        if source.headings:
            message = f"table '{name}' is in EPSG:{system}, not in degrees"
            raise SourceError(file, message, f"export it in EPSG:4326, or map neither {LON} nor {LAT}")
        placed = False
    quoted = name.replace('"', '""')
    cursor = connection.execute(f'SELECT * FROM "{quoted}"')
    columns = [column for column, *_ in cursor.description]
    for number, row in enumerate(cursor, start=1):
        yield _record(number, dict(zip(columns, row, strict=True)), shape, bool(placed))


def _table(connection: sqlite3.Connection, source: Source, file: str) -> tuple[str, str | None, int | None]:
    tables = {name: (name, shape, system) for name, shape, system in connection.execute(TABLES)}
    wanted = source.read.table
    if wanted is not None and wanted not in tables:
        raise SourceError(file, f"no table '{wanted}'", near(wanted, list(tables)))
    if wanted is None and len(tables) != 1:
        message = f"{len(tables)} tables: {', '.join(tables) or 'none'}"
        raise SourceError(file, message, "name one in read: {table: …}")
    return tables[wanted] if wanted else next(iter(tables.values()))


def _record(number: int, row: dict[str, Any], shape: str | None, placed: bool) -> Record:
    blob = row.pop(shape, None) if shape else None
    given = {name: value for name, value in row.items() if not isinstance(value, bytes)}
    if not placed:
        return number, given, None
    try:
        point = of_geopackage(blob)
    except ValueError as fault:
        return number, None, str(fault)
    return number, given | ({LON: point[0], LAT: point[1]} if point else {LON: None, LAT: None}), None

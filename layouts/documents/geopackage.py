"""Breakdowns by areas as GeoPackage 1.3 (OGC 12-128r17): a layer for each, and a table that says what the file is."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime

from data.areas.outline import Outlines
from data.kpis.result import KpiResult
from data.messages import t
from layouts.documents.facts import Document
from layouts.documents.geojson import properties
from layouts.documents.shapes import Polygon, polygons

APPLICATION, VERSION = 0x47504B47, 10300  # "GPKG" 1.3.0
DEGREES = 4326
SYSTEMS = (
    ("Undefined Cartesian", -1, "NONE", -1, "undefined", None),
    ("Undefined geographic", 0, "NONE", 0, "undefined", None),
    ("WGS 84", DEGREES, "EPSG", DEGREES,
     'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
     'UNIT["degree",0.0174532925199433]]', "longitude, latitude in degrees"),
)  # fmt: skip
CORE = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
 organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
 description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
 srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT
 NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
 CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
 CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
 CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE about (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, what TEXT, told TEXT);
"""
CONTENT = "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
LAYER = """CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON, code TEXT,
 area TEXT, name TEXT, value DOUBLE, unit TEXT, presence TEXT, compared DOUBLE)"""
WIDE_MULTIPOLYGON, WIDE_POLYGON = 6, 3  # OGC 06-103r4, 8.2.8
LITTLE, WITH_ENVELOPE = 1, 0b0000_0011  # byte order, and an envelope of x and y


def geopackage(document: Document, outlines: Outlines, mapped: Sequence[KpiResult]) -> bytes:
    """The whole file; an area without an outline has no geometry."""
    changed = f"{document.made_at:%Y-%m-%dT%H:%M:%S}.000Z"
    with closing(sqlite3.connect(":memory:")) as file:
        file.executescript(f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; {CORE}")
        file.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", SYSTEMS)
        for result in mapped:
            _layer(file, document, outlines, result, changed)
        told = [*document.heads(), ("outlines", t(document.language, "map.schematic"))]
        file.executemany("INSERT INTO about (what, told) VALUES (?, ?)", [(name, _text(value)) for name, value in told])
        file.execute(CONTENT, ("about", "attributes", "about", "", changed, *(None,) * 4, 0))
        file.commit()
        return file.serialize()


def _layer(file: sqlite3.Connection, document: Document, outlines: Outlines, result: KpiResult, changed: str) -> None:
    kpi, language = result.kpi, document.language
    name = kpi.code.lower().replace("-", "_")
    file.execute(LAYER.format(name=name))
    drawn = {part.key: polygons(part.key, outlines) for part in result.parts}
    box = _box(point for shape in drawn.values() for point in _points(shape))
    warning = f"{t(language, 'delimited.warning')}. " if document.simulated else ""
    about = warning + kpi.definition.get(language)
    row = (name, "features", f"{kpi.code} {kpi.name.get(language)}", about, changed, *(box or (None,) * 4), DEGREES)
    file.execute(CONTENT, row)
    file.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', ?, 0, 0)", (name, DEGREES))
    for part in result.parts:
        told = properties(result, part, language)
        row = (geometry(drawn[part.key]) if drawn[part.key] else None, *told.values())
        file.execute(f'INSERT INTO "{name}" (geom, {", ".join(told)}) VALUES ({", ".join("?" * len(row))})', row)


def geometry(shape: Sequence[Polygon]) -> bytes:
    """A multipolygon as GeoPackage binary: header with envelope, then well-known binary."""
    left, low, right, high = _box(_points(shape)) or (0.0,) * 4
    head = b"GP" + struct.pack("<BBi4d", 0, WITH_ENVELOPE, DEGREES, left, right, low, high)
    parts = [struct.pack("<BII", LITTLE, WIDE_MULTIPOLYGON, len(shape))]
    for polygon in shape:
        parts.append(struct.pack("<BII", LITTLE, WIDE_POLYGON, len(polygon)))
        for ring in polygon:
            parts.append(struct.pack(f"<I{2 * len(ring)}d", len(ring), *(number for at in ring for number in at)))
    return head + b"".join(parts)


def _points(shape: Iterable[Polygon]) -> Iterable[tuple[float, float]]:
    return (point for polygon in shape for ring in polygon for point in ring)


def _box(points: Iterable[tuple[float, float]]) -> tuple[float, float, float, float] | None:
    """West, south, east, north; None without a point."""
    held = list(points)
    if not held:
        return None
    xs, ys = zip(*held, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _text(value: object) -> str:
    return value.isoformat(sep=" ", timespec="seconds") if isinstance(value, datetime) else str(value)

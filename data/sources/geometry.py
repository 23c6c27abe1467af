"""Where a shape is: one longitude and latitude for a point, a line or an area."""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct, error, unpack_from
from typing import Any

XY = tuple[float, float]
LON, LAT = "geometry.lon", "geometry.lat"
POINT, LINE, POLYGON, POINTS, LINES, POLYGONS, MIXED = range(1, 8)


def of_geojson(shape: Any) -> XY | None:
    """A GeoJSON geometry's representative point; None for an empty one. ValueError for what is none."""
    if shape is None:
        return None
    if not isinstance(shape, dict) or "type" not in shape:
        raise ValueError("a geometry has a type and coordinates")
    if shape["type"] == "GeometryCollection":
        inside = (of_geojson(item) for item in shape.get("geometries") or ())
        return next((point for point in inside if point), None)
    depth = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
    if shape["type"] not in depth:
        raise ValueError(f"'{shape['type']}' is no type of geometry")
    found = shape.get("coordinates")
    try:
        return _representative(shape["type"], found) if found else None
    except (TypeError, IndexError, ValueError) as fault:
        raise ValueError(f"the coordinates are not those of a {shape['type']}") from fault


def _representative(kind: str, found: Any) -> XY:
    if kind == "Point":
        return float(found[0]), float(found[1])
    if kind == "MultiPoint":
        return float(found[0][0]), float(found[0][1])
    if kind in ("LineString", "MultiLineString"):
        line = found if kind == "LineString" else found[0]
        middle = line[len(line) // 2]
        return float(middle[0]), float(middle[1])
    return centroid(found[0] if kind == "Polygon" else max((polygon[0] for polygon in found), key=_size))


def centroid(ring: Sequence[Sequence[float]]) -> XY:
    """Centre of gravity of a ring by the shoelace formula; of a flat one the mean of its corners."""
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    crosses = [float(a[0]) * float(b[1]) - float(b[0]) * float(a[1]) for a, b in pairs]
    area = sum(crosses) / 2
    if abs(area) < 1e-15:
        return sum(float(p[0]) for p in ring) / len(ring), sum(float(p[1]) for p in ring) / len(ring)
    x = sum((float(a[0]) + float(b[0])) * cross for (a, b), cross in zip(pairs, crosses, strict=True))
    y = sum((float(a[1]) + float(b[1])) * cross for (a, b), cross in zip(pairs, crosses, strict=True))
    return x / (6 * area), y / (6 * area)


def _size(ring: Sequence[Sequence[float]]) -> float:
    xs, ys = [float(p[0]) for p in ring], [float(p[1]) for p in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def of_geopackage(blob: bytes | None) -> XY | None:
    """The representative point of a GeoPackage geometry (OGC 12-128r18, 2.1.3); ValueError for what is none."""
    if blob is None:
        return None
    if len(blob) < 8 or blob[:2] != b"GP":
        raise ValueError("no GeoPackage geometry")
    flags = blob[3]
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}.get(flags >> 1 & 7)
    if envelope is None:
        raise ValueError("a GeoPackage geometry with an unknown envelope")
    if flags >> 4 & 1:
        return None
    try:
        kind, shape, _ = _wkb(blob, 8 + envelope)
    except (error, IndexError) as fault:
        raise ValueError("a GeoPackage geometry that breaks off") from fault
    names = {POINT: "Point", LINE: "LineString", POLYGON: "Polygon", POINTS: "MultiPoint", LINES: "MultiLineString",
             POLYGONS: "MultiPolygon"}  # fmt: skip
    if kind not in names:
        raise ValueError(f"a geometry of kind {kind}, which is not read")
    return _representative(names[kind], shape) if shape else None


def _wkb(blob: bytes, at: int) -> tuple[int, Any, int]:
    """(kind, coordinates, next byte) of well-known binary, in two to four dimensions."""
    order = "<" if blob[at] else ">"
    (code,) = unpack_from(order + "I", blob, at + 1)
    kind, size = code % 1000, {0: 2, 1: 3, 2: 3, 3: 4}.get(code // 1000, 2)
    point = Struct(f"{order}{size}d")
    at += 5
    if kind == POINT:
        return kind, point.unpack_from(blob, at), at + point.size
    (count,) = unpack_from(order + "I", blob, at)
    at += 4
    if count > len(blob):
        raise IndexError(count)
    if kind == LINE:
        return kind, [point.unpack_from(blob, at + i * point.size) for i in range(count)], at + count * point.size
    parts = []
    for _ in range(count):
        if kind == POLYGON:
            (length,) = unpack_from(order + "I", blob, at)
            if length > len(blob):
                raise IndexError(length)
            parts.append([point.unpack_from(blob, at + 4 + i * point.size) for i in range(length)])
            at += 4 + length * point.size
        else:
            _, part, at = _wkb(blob, at)
            parts.append(part)
    return kind, parts, at

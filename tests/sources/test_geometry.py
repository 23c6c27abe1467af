"""Where shapes are, counted by hand; and features of GeoJSON and GeoPackage files."""

from __future__ import annotations

import json
import sqlite3
import struct
from pathlib import Path

import pytest

from data.sources import SourceError
from data.sources.delivery import FAULT
from data.sources.geometry import centroid, of_geojson, of_geopackage
from tests.sources.drop import REAL, pull, rows, written

SQUARE = [[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]
FAR = [[10, 0], [11, 0], [11, 1], [10, 1], [10, 0]]


@pytest.mark.parametrize(
    ("kind", "coordinates", "point"),
    [
        ("Point", [108.3, 15.8, 4], (108.3, 15.8)),
        ("MultiPoint", [[1, 2], [3, 4]], (1, 2)),
        ("LineString", [[0, 0], [1, 1], [9, 9]], (1, 1)),
        ("MultiLineString", [[[0, 0], [2, 2]], [[5, 5], [6, 6]]], (2, 2)),
        ("Polygon", [SQUARE], (2, 1)),
        ("MultiPolygon", [[FAR], [SQUARE]], (2, 1)),  # the larger of the two
    ],
)
def test_a_shape_has_one_place(kind: str, coordinates: list, point: tuple[float, float]) -> None:
    assert of_geojson({"type": kind, "coordinates": coordinates}) == pytest.approx(point)


def test_a_flat_ring_has_the_mean_of_its_corners() -> None:
    assert centroid([[0, 0], [2, 0], [4, 0]]) == (2, 0)


def test_empty_shapes_are_nowhere() -> None:
    assert of_geojson(None) is None
    assert of_geojson({"type": "Polygon", "coordinates": []}) is None
    assert of_geojson({"type": "GeometryCollection", "geometries": []}) is None
    assert of_geopackage(None) is None


@pytest.mark.parametrize("shape", [{"type": "Circle"}, {"type": "Point", "coordinates": ["x"]}, "Point", {}])
def test_what_is_no_shape_is_said(shape: object) -> None:
    with pytest.raises(ValueError, match=r"geometry|coordinates"):
        of_geojson(shape)


def gp(wkb: bytes, flags: int = 1) -> bytes:
    """A GeoPackage geometry around well-known binary."""
    return b"GP\0" + bytes([flags]) + struct.pack("<i", 4326) + wkb


POINT = struct.pack("<BIdd", 1, 1, 108.3, 15.8)
POINT_Z = struct.pack(">BIddd", 0, 1001, 108.3, 15.8, 2.0)
POLYGON = struct.pack("<BIII", 1, 3, 1, 5) + b"".join(struct.pack("<dd", *corner) for corner in SQUARE)


def test_well_known_binary_is_read_in_both_byte_orders_and_with_heights() -> None:
    assert of_geopackage(gp(POINT)) == (108.3, 15.8)
    assert of_geopackage(gp(POINT_Z)) == (108.3, 15.8)
    assert of_geopackage(gp(POLYGON)) == (2, 1)
    assert of_geopackage(gp(b"\0" * 32 + POINT, 1 | 1 << 1)) == (108.3, 15.8)
    assert of_geopackage(gp(b"", 1 | 1 << 4)) is None


@pytest.mark.parametrize("blob", [b"", b"XX" + b"\0" * 20, gp(POLYGON[:30]), gp(struct.pack("<BII", 1, 3, 2**31))])
def test_a_geometry_that_breaks_off_is_said(blob: bytes) -> None:
    with pytest.raises(ValueError, match="GeoPackage geometry"):
        of_geopackage(blob)


def features(*given: object, **more: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": given, **more})


def feature(name: str, *at: float) -> dict:
    return {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Point", "coordinates": at}}


def test_features_have_properties_and_a_place(tmp_path: Path) -> None:
    text = features(feature("Chùa Cầu", 108.3261, 15.8771), {"type": "Feature", "properties": None, "geometry": None})
    columns = {"name": "name", "geometry.lon": "lon", "geometry.lat": "lat"}
    found = pull(written(tmp_path, text), "geojson", columns=columns, deliver="replace")
    assert rows(found) == [("Chùa Cầu", 108.3261, 15.8771), (None, None, None)]


def test_a_feature_that_is_none_is_set_aside(tmp_path: Path) -> None:
    found = pull(written(tmp_path, features(feature("a", 1, 2), 7, feature("b"))), "geojson", deliver="replace")
    assert [bool(fault) for fault in found.table[FAULT].to_pylist()] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "neither FeatureCollection nor Feature"),
        ('{"type": "FeatureCollection", "features": {}}', "features is not a list"),
        (features(crs={"properties": {"name": "urn:ogc:def:crs:EPSG::3405"}}), "not in degrees"),
    ],
)
def test_what_is_no_geojson_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        pull(written(tmp_path, text), "geojson", deliver="replace")


def test_the_restaurants_of_zurich_are_read() -> None:
    found = pull(REAL / "zurich_gastro.gpkg", "geopackage", deliver="replace")
    assert found.table.num_rows == 3462
    assert not [fault for fault in found.table[FAULT].to_pylist() if fault]


def test_a_table_that_is_not_there_and_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no table 'gastros'; known: stp"):
        pull(REAL / "zurich_gastro.gpkg", "geopackage", read={"table": "gastros"}, deliver="replace")
    with pytest.raises(SourceError, match="no readable GeoPackage"):
        pull(written(tmp_path, "no database, but long enough" * 9), "geopackage", deliver="replace")
    with sqlite3.connect(tmp_path / "bare.gpkg") as bare:
        bare.execute("CREATE TABLE t (a)")
    with pytest.raises(SourceError, match="no readable GeoPackage"):
        pull(tmp_path / "bare.gpkg", "geopackage", deliver="replace")

"""Maps and figures as files: read by GDAL and by browsers' and printers' rules, they say what the paper says."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pyogrio
import pytest

from data.kpis.sight import Sight
from data.reports.draft import Draft
from data.reports.drafting import draft, edition
from data.reports.period import parse
from layouts.documents.blocks import Picture
from layouts.reports.address import address
from layouts.reports.rendering import KINDS, NothingDrawn, Rendering, kinds, suffix
from tests.reports.conftest import HOME, outlines

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def rendering(november: Draft) -> Rendering:
    return Rendering(november, outlines(november), address(november, HOME))


@pytest.fixture(scope="module")
def package(rendering: Rendering, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("maps") / "maps.gpkg"
    path.write_bytes(rendering.file("gpkg"))
    return path


def test_gdal_reads_every_map_as_a_layer_with_its_numbers(rendering: Rendering, package: Path) -> None:
    layers = dict(pyogrio.list_layers(package).tolist())
    assert layers == {"dvc_03": "MultiPolygon", "dvc_32": "MultiPolygon", "about": None}
    for result in rendering.mapped:
        layer = result.kpi.code.lower().replace("-", "_")
        info = pyogrio.read_info(package, layer=layer)
        assert (info["crs"], info["features"]) == ("EPSG:4326", len(result.parts))
        west, south, east, north = info["total_bounds"]
        assert 107.9 < west < east < 108.7 and 15.7 < south < north < 16.1
        _, _, _, (*_, areas, _, numbers, _, _, _) = pyogrio.raw.read(package, layer=layer)
        told = {part.key: part.value.number for part in result.parts}
        held = dict(zip(areas, numbers, strict=True))
        assert set(held) == set(told)
        for area, number in told.items():
            expected = None if number is None else number * result.kpi.scale
            assert held[area] == pytest.approx(expected) if expected is not None else held[area] != held[area]


def test_the_file_is_a_geopackage_by_the_letter(package: Path) -> None:
    """OGC 12-128: application id and version, the three systems that have to be there, every table registered."""
    with closing(sqlite3.connect(package)) as file:
        assert file.execute("PRAGMA application_id").fetchone()[0].to_bytes(4, "big") == b"GPKG"
        assert file.execute("PRAGMA user_version").fetchone() == (10300,)
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
        assert {-1, 0, 4326} == {n for (n,) in file.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")}
        tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        listed = {name for (name,) in file.execute("SELECT table_name FROM gpkg_contents")}
        assert listed == {name for name in tables if not name.startswith(("gpkg_", "sqlite_"))}
        blob, *_ = file.execute("SELECT geom FROM dvc_03 LIMIT 1").fetchone()
        magic, version, flags, system = struct.unpack("<2sBBi", blob[:8])
        assert (magic, version, flags & 1, system) == (b"GP", 0, 1, 4326)
        told = dict(file.execute("SELECT what, told FROM about"))
        assert any("MÔ PHỎNG" in one for one in told.values())
        (note,) = file.execute("SELECT description FROM gpkg_contents WHERE table_name = 'dvc_03'").fetchone()
        assert "MÔ PHỎNG" in note


def test_the_same_draft_gives_the_same_maps_and_figures(rendering: Rendering, package: Path) -> None:
    again = Rendering(rendering.draft, rendering.outlines, rendering.address)
    assert again.file("gpkg") == package.read_bytes()
    assert again.file("svg") == rendering.file("svg")


def test_geojson_and_geopackage_say_the_same(rendering: Rendering, package: Path) -> None:
    features = json.loads(rendering.file("geojson"))["features"]
    assert len({one["id"] for one in features}) == len(features)
    with closing(sqlite3.connect(package)) as file:
        rows = [row for name in ("dvc_03", "dvc_32") for row in
                file.execute(f"SELECT code, area, value, presence FROM {name} ORDER BY fid")]  # fmt: skip
    names = ("code", "area", "value", "presence")
    assert rows == [tuple(one["properties"][name] for name in names) for one in features]


def test_figures_are_printed_at_300_dots_an_inch_with_caption_and_warning(rendering: Rendering) -> None:
    drawn = [block for block in rendering.paper.blocks if isinstance(block, Picture)]
    with ZipFile(io.BytesIO(rendering.file("png"))) as pictures, ZipFile(io.BytesIO(rendering.file("svg"))) as vectors:
        assert len(pictures.namelist()) == len(vectors.namelist()) == len(drawn)
        for block, picture, vector in zip(drawn, pictures.namelist(), vectors.namelist(), strict=True):
            content = pictures.read(picture)
            width, _ = struct.unpack(">II", content[16:24])
            assert abs(width - block.width / 72 * 300) <= 1
            at = content.index(b"pHYs")
            assert struct.unpack(">IIB", content[at + 4 : at + 13]) == (11811, 11811, 1)  # dots a metre
            sheet = ElementTree.fromstring(vectors.read(vector))
            words = " ".join(text.text or "" for text in sheet.findall(f"{SVG}text"))
            assert sheet.find(f"{SVG}title").text == block.caption
            assert block.caption.split(".")[0] in words and "SỐ LIỆU MÔ PHỎNG" in words and rendering.draft.id in words


def test_a_report_without_maps_offers_none(sight: Sight) -> None:
    made = draft(sight, edition(sight.catalogue, "morning", parse("2026-11-30", "day"), None, "vi"))
    here = outlines(made)
    assert set(KINDS) - set(kinds(made, here)) >= {"geojson", "gpkg"}
    for kind in ("geojson", "gpkg"):
        with pytest.raises(NothingDrawn, match="ask for pdf"):
            Rendering(made, here, HOME).file(kind)
    assert [suffix(kind) for kind in ("png", "svg", "pdf")] == ["png.zip", "svg.zip", "pdf"]

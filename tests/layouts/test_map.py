"""The city's outlines against its official areas and a survey, and the map drawn from them."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from data.areas.outline import OutlineError, Outlines, load, surface
from data.catalogue import Text
from layouts.html import render
from layouts.map import drawing, map_tile, sentence, step
from tests.layouts.answers import Freshness, Part, Value, kpi, result

ROOT = Path(__file__).parents[2]
PACK = ROOT / "data" / "cities" / "hoian"
SURVEY = ROOT / ".." / "shared" / "data" / "hoian" / "hoi_an_wards_2025.geojson"
OFFICIAL = {"hoi_an": ("20410", 10.81), "hoi_an_dong": ("20413", 18.22), "hoi_an_tay": ("20401", 18.09)}
CELL = 0.15
NAMES = {
    "hoi_an": "Phường Hội An",
    "hoi_an_dong": "Hội An Đông",
    "hoi_an_tay": "Hội An Tây",
    "tan_hiep": "Xã Tân Hiệp",
}


@pytest.fixture(scope="module")
def outlines() -> Outlines:
    found = load(PACK)
    assert found is not None
    return found


def inside(x: float, y: float, rings) -> bool:
    """Even-odd rule."""
    odd = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def survey(code: str, outlines: Outlines):
    features = json.loads(SURVEY.read_text(encoding="utf-8"))["features"]
    (shape,) = (f["geometry"] for f in features if code in map(str, f["properties"].values()))
    pieces = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [[outlines.place(lat, lon) for lon, lat, *_ in ring] for piece in pieces for ring in piece]


@pytest.mark.parametrize("key", OFFICIAL)
def test_mainland_units_have_about_their_official_area(outlines, key):
    drawn = sum(map(surface, outlines.areas[key]))
    assert drawn == pytest.approx(OFFICIAL[key][1], rel=0.15)


@pytest.mark.parametrize("key", OFFICIAL)
def test_mainland_units_lie_where_the_survey_has_them(outlines, key):
    theirs, ours = survey(OFFICIAL[key][0], outlines), outlines.areas[key]
    cells = [(-6 + CELL * i, -5 + CELL * j) for i in range(int(13 / CELL)) for j in range(int(10 / CELL))]
    hits = [(inside(x, y, theirs), inside(x, y, ours)) for x, y in cells]
    assert sum(a and b for a, b in hits) / sum(a or b for a, b in hits) >= 0.75


@pytest.mark.parametrize("key", OFFICIAL)
def test_no_vertex_is_taken_from_the_survey(outlines, key):
    theirs = {point for ring in survey(OFFICIAL[key][0], outlines) for point in ring}
    ours = [point for ring in outlines.areas[key] for point in ring]
    same = [p for p in ours if any(abs(p[0] - x) < 0.005 and abs(p[1] - y) < 0.005 for x, y in theirs)]
    assert len(same) <= len(ours) * 0.1


def test_neighbours_share_their_border(outlines):
    edges = {key: {frozenset(pair) for ring in rings for pair in zip(ring, (*ring[1:], ring[0]), strict=True)}
             for key, rings in outlines.areas.items()}  # fmt: skip
    assert len(edges["hoi_an"] & edges["hoi_an_dong"]) >= 5
    assert len(edges["hoi_an"] & edges["hoi_an_tay"]) >= 4
    assert len(edges["hoi_an_dong"] & edges["hoi_an_tay"]) >= 5


def test_surface_of_a_square():
    assert surface(((0, 0), (2, 0), (2, 3), (0, 3))) == 6


def test_a_pack_without_outlines_has_none(tmp_path):
    assert load(tmp_path) is None


@pytest.mark.parametrize(
    ("areas", "said"),
    [("[[a, c]]", "not there"), ("[[a, a]]", "does not start"), ("[[a]]", "does not close")],
)
def test_lines_that_do_not_fit_are_refused(tmp_path, areas, said):
    text = f"origin: [0, 0]\nlines: {{a: [[0, 0], [1, 0]]}}\nareas: {{x: {areas}}}\nsea: []\n"
    (tmp_path / "outlines.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(OutlineError, match=said):
        load(tmp_path)


def parts(**numbers):
    return tuple(Part(key, Text(vi=NAMES[key], en=NAMES[key]), Value(number)) for key, number in numbers.items())


ANSWER = result(37.0, parts=parts(hoi_an=19.0, hoi_an_dong=7.0, hoi_an_tay=10.0, tan_hiep=1.0))


@pytest.mark.parametrize(("number", "of"), [(0.0, 1), (1.0, 1), (20.0, 1), (21.0, 2), (99.0, 5), (100.0, 5), (None, 0)])
def test_five_classes_in_equal_parts(number, of):
    assert step(number, 100.0) == of


def test_a_city_with_nothing_is_in_the_first_class():
    assert step(0.0, 0.0) == 1


def test_every_number_is_printed_in_its_area(outlines):
    markup = drawing(ANSWER, {part.key: part for part in ANSWER.parts}, outlines, "vi")
    ET.fromstring(markup)
    assert re.findall(r'word-value"[^>]*>([^<]+)<', markup) == ["10", "7", "19", "1"]
    assert [int(n) for n in re.findall(r'class="land step-(\d)"', markup)] == [3, 2, 5, 1]
    for word in ("Biển Đông", "Phố cổ", "Sông Thu Bồn", "Xã Tân Hiệp"):
        assert word in markup


def test_the_map_is_said_in_words():
    said = sentence(ANSWER, {part.key: part for part in ANSWER.parts}, "vi")
    assert "Phường Hội An 19\u00a0phản ánh; Hội An Đông 7\u00a0phản ánh" in said


def test_the_tile_says_it_is_a_schematic_and_where_it_comes_from(outlines):
    markup = render(map_tile(ANSWER, Text(vi="Theo địa bàn", en="By area"), outlines, "vi"))
    assert "sơ đồ" in markup
    assert "mô phỏng" in markup
    assert "Tổng đài 1022" in markup


def test_a_lost_source_empties_the_map(outlines):
    lost = result(37.0, parts=ANSWER.parts, freshness=Freshness.LOST, kpi=kpi())
    markup = render(map_tile(lost, Text(vi="x", en="x"), outlines, "vi"))
    assert "word-value" not in markup
    assert 'data-state="stale"' in markup


def test_landmarks_of_hoi_an_stand_where_they_are(outlines):
    places = {mark.name.en: mark.at for mark in outlines.landmarks}
    # 15.87709 N, 108.32607 E: 7.91 thousandths of a degree south of the origin and 8.93 west of it.
    assert places["Japanese Bridge"] == pytest.approx((-0.955, -0.880), abs=0.002)
    assert places["An Bàng Beach"][1] > 3, "on the north coast"


def test_a_landmark_is_named_on_its_side_of_the_dot(outlines):
    drawn = drawing(result(), {}, outlines, "vi")
    assert drawn.count('class="landmark"') == len(outlines.landmarks) == 4
    west = re.search(r'cx="([\d.]+)" cy="[\d.]+" r="2.4"/><text class="word word-landmark is-west" x="([\d.]+)"', drawn)
    assert west is not None
    assert float(west[2]) < float(west[1])

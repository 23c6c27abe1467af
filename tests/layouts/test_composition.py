"""Parts of an index on a tile and on the indicator card."""

from __future__ import annotations

from data.catalogue.text import Text
from data.kpis.arithmetic import NOTHING
from data.kpis.result import MISSING, Composition, IndexPart, Value
from layouts.composition import decides, parts
from layouts.html import render
from layouts.tile import tile
from tests.layouts.answers import result

AIR = Composition(
    "vn_aqi",
    (
        IndexPart("pm25", None, Value(48.0), 96.0),
        IndexPart("o3", None, Value(180.0), 75.0),
        IndexPart("co", None, MISSING),
    ),
    "pm25",
)
SCORE = Composition(
    "score",
    (
        IndexPart("on_time", Text(vi="Tiến độ", en="Progress"), Value(0.92), 20.4444, 22.2222, 1.0),
        IndexPart("digital", None, Value(0.4), 12.2222, 24.4444, 0.8, ours=True),
        IndexPart("payment", None, NOTHING),
    ),
    "digital",
    rescaled=True,
)


def shown(made: Composition | None, language: str, number: float | None = 96.0) -> str:
    said = parts(result(number, composition=made), language)
    return "".join(map(render, said or []))


def test_the_pollutant_that_decides_is_named() -> None:
    assert decides(result(96.0, composition=AIR), "vi") == "PM2.5 quyết định"
    assert decides(result(96.0, composition=AIR), "en") == "PM2.5 decides"
    assert decides(result(None, composition=AIR), "vi") is None
    assert decides(result(), "vi") is None


def test_a_tile_says_it() -> None:
    assert "PM2.5 quyết định" in render(tile(result(96.0, composition=AIR), "vi"))


def test_parts_of_the_air_index_bring_their_sub_indices() -> None:
    html = shown(AIR, "vi")
    assert "PM2.5" in html and ">96<" in html and "O3" in html
    assert "thiếu số liệu" in html
    assert html.count("data-decides") == 1


def test_parts_of_a_score_bring_points_of_their_weight() -> None:
    html = shown(SCORE, "vi")
    assert "20,4/22,2" in html and "12,2/24,4" in html
    assert "trọng số do thành phố đặt" in html and "không áp dụng" in html and "quy đổi" in html
    assert "mất điểm nhiều nhất: digital" in html
    assert "Progress" in shown(SCORE, "en") and "20.4/22.2" in shown(SCORE, "en")


def test_parts_of_a_concentration_are_shares() -> None:
    made = Composition("hhi", (IndexPart("korea", Text(vi="Hàn Quốc", en="Korea"), Value(60.0), 0.3),), "korea")
    assert "30,0%" in shown(made, "vi") and "tỷ trọng lớn nhất: Hàn Quốc" in shown(made, "vi")


def test_other_numbers_have_no_parts() -> None:
    assert parts(result(), "vi") is None

"""A plan: every locality a block with its number, a mark where it is over a threshold, bare where nothing is known."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date

from data.areas.outline import Plan, Word
from data.catalogue import Area, Text
from data.kpis.result import MISSING, Level, Part, Value
from layouts.plan import plan
from tests.layouts.answers import kpi, result

SQUARE = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))
HELD = Plan(
    (300.0, 120.0),
    {name: tuple((x + 100 * place, y) for x, y in SQUARE) for place, name in enumerate(("bridge", "street", "quay"))},
    water=(((0.0, 100.0), (300.0, 100.0), (300.0, 120.0)),),
    words=(Word((150.0, 112.0), Text(vi="Sông", en="River"), "water"),),
)


def area(key: str, name: str) -> Area:
    given = {"id": key, "code": key, "name": {"vi": name, "en": name}, "level": "locality", "parent": "ward"}
    return Area.model_validate(given | {"valid_from": date(2025, 7, 1), "place": (15.0, 108.0)})


PLACES = [area("bridge", "Chùa Cầu"), area("street", "Trần Phú - Nguyễn Thái Học"), area("quay", "Bạch Đằng & chợ")]


def drawn(shares: dict[str, float | None], levels: tuple[Level, ...] = (Level.NORMAL,) * 3) -> str:
    parts = {
        key: Part(key, Text(vi=key, en=key), MISSING if share is None else Value(share), level=level)
        for (key, share), level in zip(shares.items(), levels, strict=False)
    }
    held = result(kpi=kpi(unit="percent", decimals=1), parts=tuple(parts.values()))
    return plan(held, parts, HELD, PLACES, "vi", "Chùa Cầu 40%")


def blocks(text: str) -> list[tuple[str, str]]:
    return re.findall(r'class="block step-(\d)"[^>]*data-level="(\w+)"', text)


def test_a_block_is_coloured_up_to_its_capacity_and_marked_over_a_threshold():
    text = drawn({"bridge": 0.40, "street": 0.80, "quay": 1.30}, (Level.NORMAL, Level.WATCH, Level.ALERT))
    ET.fromstring(text)
    assert blocks(text) == [("2", "ok"), ("4", "watch"), ("5", "alert")]  # 0.40/1.30, 0.80/1.30, 1.30/1.30 of five
    assert re.findall(r'word-share"[^>]*>([^<]+)<', text) == ["40,0%", "80,0%", "130,0%"]
    assert (text.count("state-watch"), text.count("state-alert")) == (1, 1)


def test_half_full_is_not_the_darkest():
    assert blocks(drawn({"bridge": 0.50}))[0] == ("3", "ok")


def test_what_is_not_known_is_bare_and_has_a_dash():
    text = drawn({"bridge": None})
    assert blocks(text) == [("0", "ok")] * 3
    assert re.findall(r'word-share"[^>]*>([^<]+)<', text) == ["—"] * 3


def test_long_names_break_where_they_are_joined_and_everything_is_escaped():
    text = drawn({"bridge": 0.4})
    names = re.findall(r'word-block"[^>]*>([^<]+)<', text)
    assert names == ["Chùa Cầu", "Trần Phú", "Nguyễn Thái Học", "Bạch Đằng &amp; chợ"]
    assert "Sông" in text and 'aria-label="Chùa Cầu 40%"' in text

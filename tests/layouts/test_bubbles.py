"""Bubbles: surfaces are numbers, every locality is named, and what is not known is hollow."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from data.areas.outline import Outlines
from data.catalogue import Area, Text
from data.kpis.result import MISSING, Part, Value
from layouts.bubbles import LARGEST, SMALLEST, bubbles, radius
from layouts.lens import HEIGHT, WIDTH, Lens, around
from layouts.localities import names, plain
from tests.layouts.answers import result


def area(key: str, name: str, place: tuple[float, float]) -> Area:
    given = {"id": key, "code": key, "name": {"vi": name, "en": name}, "level": "locality", "parent": "ward"}
    return Area.model_validate(given | {"valid_from": date(2025, 7, 1), "place": place})


ZONES = [area("bridge", "Cầu", (15.001, 108.0)), area("street", "Phố - Chợ", (15.0, 108.004))]
PLANE = Outlines(origin=(15.0, 108.0))


def test_the_surface_of_a_circle_is_its_number():
    assert radius(400.0, 400.0) == LARGEST
    assert radius(100.0, 400.0) == LARGEST / 2
    assert radius(0.0, 400.0) == radius(None, 400.0) == SMALLEST


def test_every_locality_is_named_and_one_without_a_number_is_hollow():
    parts = {"bridge": Part("bridge", Text(vi="Cầu", en="Cầu"), Value(12.0)),
             "street": Part("street", Text(vi="Phố", en="Phố"), MISSING)}  # fmt: skip
    drawn = bubbles(result(parts=tuple(parts.values())), parts, PLANE, ZONES, "vi", "Cầu 12 & Phố")
    ET.fromstring(drawn)
    assert re.findall(r'word-bubble"[^>]*>([^<]+)<', drawn) == ["12", "\u2014"]
    assert drawn.count("is-empty") == 1
    assert re.findall(r"<tspan[^>]*>([^<]+)<", drawn) == ["Cầu", "Phố", "Chợ"]
    assert "Cầu 12 &amp; Phố" in drawn


def test_a_lens_shows_all_points_inside_the_drawing():
    lens = around([(0.0, 0.0), (0.6, 0.2)])
    assert lens.xy((0.3, 0.1)) == (WIDTH / 2, HEIGHT / 2)
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in map(lens.xy, [(0.0, 0.0), (0.6, 0.2)]))


def test_a_name_gives_way_to_what_stands_there():
    lens = Lens((0.0, 0.0), 30.0)
    here = [area("a", "Phường Cẩm Châu", (15.0, 108.0)), area("b", "Xã Cẩm Hà", (15.0, 108.0))]
    assert re.findall(r">([^<]+)<", names(here, PLANE, lens, (), "vi")) == ["Cẩm Châu"]
    assert names(here, PLANE, lens, [(200.0, 150.0, 60.0, 40.0)], "vi") == ""


@pytest.mark.parametrize(
    ("name", "short"), [("Phường Minh An", "Minh An"), ("Minh An Ward", "Minh An"), ("Chợ", "Chợ")]
)
def test_the_rank_of_a_unit_is_left_out(name, short):
    assert plain(name) == short

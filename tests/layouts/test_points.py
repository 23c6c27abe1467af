"""Points: each row a mark in its place, the gravest the largest and named first, names that never lie on each other."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from data.areas.outline import Outlines
from layouts.lens import HEIGHT, WIDTH
from layouts.localities import meet
from layouts.points import LETTER, LINE, MOST_NAMED, Spotted, points

PLANE = Outlines(origin=(15.88, 108.33), zone=((-0.1, -0.1), (0.1, -0.1), (0.1, 0.1)))
WORD = re.compile(r'word-spot is-(\w+)" x="([\d.-]+)" y="([\d.-]+)">([^<]+)<')


def spots(*numbers: float) -> list[Spotted]:
    return [Spotted(f"Phố {n}", (15.875 + n / 900, 108.325 + n / 700), depth) for n, depth in enumerate(numbers)]


def test_the_graver_the_larger_and_all_are_marked():
    drawn = points(spots(10, 40, 20), PLANE, "cm", "vi", "Phố 1 40 cm & hơn")
    ET.fromstring(drawn)
    tops = [float(y) for y in re.findall(r'class="spot" d="M[\d.-]+ ([\d.-]+)L', drawn)]
    middles = [float(y) for y in re.findall(r'class="spot" d="M[\d.-]+ [\d.-]+L[\d.-]+ ([\d.-]+)L', drawn)]
    halves = [round(middle - top, 2) for top, middle in zip(tops, middles, strict=True)]
    assert len(halves) == 3 and halves == sorted(halves)  # the gravest is drawn last, on top
    assert halves[-1] == 11 and halves[0] < 7  # 5.5 and as much again in proportion
    assert "&amp; hơn" in drawn


def test_the_gravest_are_named_and_no_name_lies_on_another():
    drawn = points(spots(*range(1, 10), 30, *range(9, 0, -1)), PLANE, "cm", "vi", "x")
    named = WORD.findall(drawn)
    assert 1 <= len(named) <= MOST_NAMED
    assert named[0][3] == "Phố 9 30\u00a0cm"
    boxes = []
    for anchor, x, y, word in named:
        wide = LETTER * len(word)
        left = float(x) - (wide if anchor == "end" else 0)
        assert left >= 0 and left + wide <= WIDTH and 0 < float(y) < HEIGHT
        boxes.append((left, float(y) - LINE + 4, wide, LINE))
    assert not any(meet(a, b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_without_any_there_is_the_ground():
    drawn = points([], PLANE, "cm", "en", "there are none")
    ET.fromstring(drawn)
    assert 'class="spot"' not in drawn and "zone is-ground" in drawn

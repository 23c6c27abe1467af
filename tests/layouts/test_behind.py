"""Behind a figure stands every number of it, by the words of its axis."""

from __future__ import annotations

from data.catalogue import Text
from data.kpis.result import MISSING, Part, Value
from layouts.behind import of_parts, of_points
from layouts.html import render
from layouts.tile import tile
from tests.layouts.answers import points, result


def test_every_bucket_has_a_line_and_a_gap_a_dash():
    markup = render(of_points(result(points=points([3, None, 12])), "vi"))
    assert markup.count("<tr>") == 3 and markup.count('scope="row"') == 3
    assert "<caption>Phản ánh quá hạn</caption>" in markup
    assert ">22/11/2026<" in markup and "3\u00a0phản ánh" in markup and "12\u00a0phản ánh" in markup and "—" in markup


def test_every_part_has_a_line():
    parts = {key: Part(key, Text(vi=key, en=key), value) for key, value in (("tây", Value(7.0)), ("đông", MISSING))}
    markup = render(of_parts(result(parts=tuple(parts.values())), parts, "vi"))
    assert markup.index(">tây<") < markup.index("7\u00a0phản ánh") < markup.index(">đông<") < markup.index("—")


def test_it_stands_in_the_large_tiles_of_a_wall():
    drawn = result(points=points([1, 2, 3]))
    tables = [
        render(tile(drawn, "vi", size, wall=wall)).count("<table")
        for size in ("hero", "compact")
        for wall in (True, False)
    ]
    assert tables == [1, 0, 0, 0]

"""Ranking tiles: the largest first, absent parts left out, an old list never shown."""

from __future__ import annotations

import json

from data.catalogue.board import RankingTile
from data.catalogue.text import Text
from data.kpis.result import MISSING, Freshness, Level, Part, Value
from layouts.html import render
from layouts.ranking import ordered, ranking
from tests.layouts.answers import result

ITEM = RankingTile.model_validate_json(
    json.dumps({"ranking": "DVC-11", "by": "area", "span": 4, "top": 2, "name": {"vi": "Xếp hạng", "en": "Ranking"}})
)


def part(key: str, value: Value) -> Part:
    return Part(key, Text(vi=key.upper(), en=key.upper()), value)


PARTS = (part("a", Value(2.0)), part("b", MISSING), part("c", Value(7.0)), part("d", Value(0.0)))


def test_the_largest_comes_first_and_zero_is_a_number():
    assert [one.key for one in ordered(result(parts=PARTS))] == ["c", "a", "d"]


def test_it_shows_as_many_as_asked_and_says_of_how_many():
    drawn = render(ranking(result(parts=PARTS), ITEM, "vi"))
    assert drawn.count('class="rank"') == 2
    assert "2 cao nhất trong 3" in drawn
    assert drawn.index(">C<") < drawn.index(">A<")


def test_on_a_board_of_one_area_the_others_are_muted():
    drawn = render(ranking(result(parts=PARTS), ITEM, "en", here="a"))
    assert drawn.count("bar-mute") == 1
    assert drawn.count('aria-current="true"') == 1


def test_a_silent_source_leaves_no_list_behind():
    drawn = render(ranking(result(parts=PARTS, freshness=Freshness.LOST), ITEM, "vi"))
    assert 'class="rank"' not in drawn
    assert "chưa từng có số liệu" in drawn


def test_nothing_to_rank_says_so():
    assert "Nothing to rank yet." in render(ranking(result(parts=()), ITEM, "en"))


def test_a_ranking_of_what_is_over_its_threshold_is_drawn_too():
    assert 'class="rank"' in render(ranking(result(parts=PARTS, level=Level.ALERT), ITEM, "vi"))
    assert "Nothing to rank yet." in render(ranking(result(parts=(), level=Level.WATCH), ITEM, "en"))

"""Parts of a board: rows that fill the stage, the same tiles, and never an empty screen."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.catalogue.board import Board, DriversTile, KpiTile, ListTile, MapTile, RankingTile, named
from data.catalogue.room import SHOWS
from layouts.wall.part import part

NAME = {"vi": "x", "en": "x"}
HERO, COMPACT = {"kpi": "H", "span": 12, "size": "hero"}, {"kpi": "K", "span": 12}
MAP, LIST = {"map": "M", "span": 12, "name": NAME}, {"list": "attention", "span": 12}
DRIVERS = {"drivers": ["A", "B"], "span": 12, "name": NAME}
RANKING = {"ranking": "R", "span": 12, "name": NAME}
GOALS = {"scorecard": ["G"], "span": 12, "name": NAME, "years": [2030]}
KINDS = (HERO, COMPACT, MAP, LIST, DRIVERS, RANKING, GOALS)


def board(*tiles: dict) -> Board:
    raw = {"id": "b", "name": NAME, "title": NAME, "rows": [[tile] for tile in tiles]}
    return Board.model_validate_json(json.dumps(raw))


def kinds(shown: Board) -> list[list[type]]:
    return [[type(tile) for tile in row] for row in shown.rows]


def spans(shown: Board) -> list[list[int]]:
    return [[tile.span for tile in row] for row in shown.rows]


def test_a_map_takes_the_whole_stage():
    assert kinds(part(board(HERO, MAP, LIST), "map")) == [[MapTile]]


def test_kpis_stand_heroes_above_and_the_others_in_even_rows():
    shown = part(board(HERO, MAP, HERO, *[COMPACT] * 6), "kpis")
    assert spans(shown) == [[6, 6], [4, 4, 4], [4, 4, 4]]
    assert spans(part(board(COMPACT, COMPACT, COMPACT, COMPACT, COMPACT), "kpis")) == [[4, 4, 4], [6, 6]]


def test_lists_stand_below_the_drivers_and_look_ahead():
    shown = part(board(HERO, DRIVERS, LIST, RANKING), "list")
    assert kinds(shown) == [[DriversTile], [ListTile, RankingTile]] and spans(shown) == [[12], [6, 6]]
    assert shown.rows[1][0].ahead == 30


@pytest.mark.parametrize("show", ["map", "kpis", "list"])
def test_a_board_without_the_part_is_shown_whole(show):
    goals = board(GOALS)
    assert part(goals, show) is goals


@settings(max_examples=120, deadline=None)
@given(tiles=st.lists(st.sampled_from(KINDS), min_size=1, max_size=10), show=st.sampled_from(SHOWS))
def test_every_part_fills_its_rows_with_tiles_of_the_board(tiles, show):
    whole = board(*tiles)
    shown = part(whole, show)
    assert shown.rows and all(sum(row) == 12 for row in spans(shown))
    asked = {name for row in whole.rows for tile in row for name in named(tile)}
    assert {name for row in shown.rows for tile in row for name in named(tile)} <= asked
    if show == "kpis" and HERO in tiles:
        every = [tile for row in shown.rows for tile in row]
        assert all(isinstance(tile, KpiTile) for tile in every)
        assert len(every) == tiles.count(HERO) + tiles.count(COMPACT)  # no number is left out

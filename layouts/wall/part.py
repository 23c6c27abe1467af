"""Parts: what one screen of a room shows of a board, in rows that fill the stage."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from data.catalogue.board import Board, DriversTile, HeatTile, KpiTile, ListTile, MapTile, RankingTile, Rows, Tile
from data.catalogue.room import Show

ROW = 12
MOST_IN_ROW = 4
AHEAD = 30  # days a list that has a screen of its own looks ahead at least


def part(board: Board, show: Show) -> Board:
    """The map, the KPIs or the lists of a board; the board itself where it has none, so that no screen is empty."""
    tiles = [tile for row in board.rows for tile in row]
    rows = PARTS[show](tiles) if show in PARTS else ()
    return board.model_copy(update={"rows": rows}) if rows else board


def _map(tiles: Sequence[Tile]) -> Rows:
    found = next((tile for tile in tiles if isinstance(tile, MapTile)), None)
    return () if found is None else (_row([found]),)


def _kpis(tiles: Sequence[Tile]) -> Rows:
    """Heroes above, the others below in rows of equal numbers."""
    kpis = [tile for tile in tiles if isinstance(tile, KpiTile)]
    heroes = [tile for tile in kpis if tile.size == "hero"]
    rest = [tile for tile in kpis if tile.size != "hero"]
    return tuple(_row(tiles) for tiles in ([heroes] if heroes else []) + _even(rest))


def _lists(tiles: Sequence[Tile]) -> Rows:
    """Drivers above; below them the list with whatever is ranked or told by hour."""
    above = [tile for tile in tiles if isinstance(tile, DriversTile)]
    listed = [_whole(tile) for tile in tiles if isinstance(tile, ListTile)]
    beside = [tile.model_copy(update={"rows": 1}) if isinstance(tile, RankingTile) else tile
              for tile in tiles if isinstance(tile, RankingTile | HeatTile)]  # fmt: skip
    below = [*listed, *beside][:3]
    return tuple(_row(tiles) for tiles in (above, below) if tiles)


PARTS = {"map": _map, "kpis": _kpis, "list": _lists}


def _whole(tile: ListTile) -> ListTile:
    return tile.model_copy(update={"rows": 1, "ahead": max(tile.ahead, AHEAD)})


def _even(tiles: Sequence[Tile]) -> list[list[Tile]]:
    """As few rows as can hold them, the first not shorter than the last."""
    count = -(-len(tiles) // MOST_IN_ROW)
    ends = [-(-len(tiles) * row // count) for row in range(count + 1)] if count else []
    return [list(tiles[start:end]) for start, end in pairwise(ends)]


def _row(tiles: Sequence[Tile]) -> tuple[Tile, ...]:
    """Tiles that share the twelve columns; a list that stands with others takes what is left."""
    width = ROW // len(tiles)
    spans = [ROW - width * (len(tiles) - 1), *[width] * (len(tiles) - 1)]
    return tuple(tile.model_copy(update={"span": span}) for tile, span in zip(tiles, spans, strict=True))

"""What stands beside the number and the playbook of an alarm: where it is, and what drives it."""

from __future__ import annotations

from dash import html

from data.catalogue.board import Board, DriversTile, KpiTile, MapTile, Tile
from data.catalogue.room import Show
from data.kpis.result import KpiResult
from layouts.board import Answers, cell

KINDS = {"map": MapTile, "kpis": KpiTile, "list": DriversTile}
MOST = {"map": 1, "kpis": 6, "list": 1}


def where(described: Board, answers: Answers, language: str) -> html.Div:
    """The board's map, or its first figure where it has none, over what drives the number."""
    items = _tiles(described)
    maps = [item for item in items if isinstance(item, MapTile)]
    heroes = [item for item in items if isinstance(item, KpiTile) and item.size == "hero"][1:]
    drivers = [item for item in items if isinstance(item, DriversTile)]
    rest = [item for item in items if isinstance(item, KpiTile) and item.size == "compact"]
    shown: list[Tile] = [*(maps or heroes)[:1], *(drivers[:1] or rest[:2])]
    return html.Div([cell(item, answers, language) for item in shown], className="alarm-where")


def beside(
    described: Board, answers: Answers, language: str, show: Show, said: KpiResult | None = None
) -> list[html.Div]:
    """What one screen of a room shows of it: the map, the KPIs but the one that is ``said``, the drivers; none
    where the board has none."""
    told = (said.kpi.id, said.kpi.code) if said is not None else ()
    tiles = [item for item in _tiles(described) if isinstance(item, KINDS[show])]
    found = [item for item in tiles if not (isinstance(item, KpiTile) and item.kpi in told)]
    cells = [cell(_compact(item), answers, language) for item in found[: MOST[show]]]
    return [html.Div(cells, className="alarm-beside")] if cells else []


def _compact(item: Tile) -> Tile:
    return item.model_copy(update={"size": "compact"}) if isinstance(item, KpiTile) else item


def _tiles(described: Board) -> list[Tile]:
    return [item for row in described.staged.rows for item in row]

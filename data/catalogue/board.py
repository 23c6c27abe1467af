"""Boards: rows of twelve columns that name KPIs, never columns of data."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from data.catalogue.text import Entry, Text

Span = Annotated[int, Field(ge=2, le=12)]


class KpiTile(Entry):
    """A KPI on a board; ``size: hero`` has a chart with axes, ``compact`` a sparkline.

    ``compare: lantern_night`` holds it against the lantern night before, hour by hour, whatever its usual comparison.
    """

    kpi: str
    span: Span
    size: Literal["hero", "compact"] = "compact"
    compare: Literal["lantern_night"] | None = None


class Points(Entry):
    """Columns of the rows a map draws one by one: what a row is called, where it is, and how much of it there is."""

    name: str
    latitude: str
    longitude: str
    number: str | None = None
    unit: Text | None = None


class MapTile(Entry):
    """The city's areas, coloured and labelled by one KPI; ``within`` an area, its localities as bubbles.

    With ``points`` the rows the KPI counts, each in its place, instead of areas.
    """

    map: str
    span: Span
    name: Text
    within: str | None = None
    points: Points | None = None

    @property
    def split(self) -> str:
        """What tells its answer from others of the same KPI."""
        return f"area@{self.within}" if self.within else "area"


class RankingTile(Entry):
    """The parts of one KPI from the largest down: areas, or the values of a dimension.

    At most ``top`` are shown; with more the tile says how many there are. ``within`` names an area
    whose own areas are ranked, as the zones of a ward; left out, those next below the city.
    """

    ranking: str
    by: str = "area"
    span: Span
    name: Text
    rows: Annotated[int, Field(ge=1, le=3)] = 1
    top: Annotated[int, Field(ge=2, le=20)] = 6
    within: str | None = None

    @property
    def split(self) -> str:
        """What tells its answer from others of the same KPI."""
        return f"{self.by}@{self.within}" if self.within else self.by


class HeatTile(Entry):
    """When in the week: the mean of one KPI by weekday and hour over the last whole ``weeks``."""

    heat: str
    span: Span
    name: Text
    weeks: Annotated[int, Field(ge=1, le=26)] = 4


class ScorecardTile(Entry):
    """KPIs as lines of one table: latest value, the targets set for ``years``, the path to them and the pace.

    A KPI without a target stays a line that says so.
    """

    scorecard: Annotated[tuple[str, ...], Field(min_length=1, max_length=40)]
    span: Annotated[int, Field(ge=8, le=12)] = 12
    name: Text
    years: Annotated[tuple[Annotated[int, Field(ge=2000, le=2100)], ...], Field(min_length=1, max_length=3)]

    @model_validator(mode="after")
    def _each_once(self) -> ScorecardTile:
        if list(self.years) != sorted(set(self.years)):
            raise ValueError("years go from the earliest to the latest, each once")
        twice = [name for index, name in enumerate(self.scorecard) if name in self.scorecard[:index]]
        if twice:
            raise ValueError(f"KPI {twice[0]} stands twice; keep one line")
        return self


class ListTile(Entry):
    """What needs attention now: KPIs over a threshold and sources that are late or lost.

    ``of: city`` watches every KPI that has a threshold, and the sentence at the head of the board
    then speaks of the whole city; else both speak of what is on the board. ``ahead`` days of what is coming,
    as lantern nights and holidays, stand under it.
    """

    list: Literal["attention"]
    of: Literal["board", "city"] = "board"
    span: Span
    rows: Annotated[int, Field(ge=1, le=3)] = 1
    ahead: Annotated[int, Field(ge=0, le=60)] = 0


class DriversTile(Entry):
    """What a number depends on, side by side: two to five KPIs, each with its value, its status and its age."""

    drivers: Annotated[tuple[str, ...], Field(min_length=2, max_length=5)]
    span: Annotated[int, Field(ge=4, le=12)]
    name: Text


NAMING = ("kpi", "map", "ranking", "heat")  # the kinds of tile that name a KPI
KINDS = {
    "kpi": KpiTile, "map": MapTile, "ranking": RankingTile, "heat": HeatTile, "scorecard": ScorecardTile,
    "list": ListTile, "drivers": DriversTile,
}  # fmt: skip


def named(tile: Any) -> tuple[str, ...]:
    """Codes or ids of the KPIs a tile names."""
    if isinstance(tile, ScorecardTile):
        return tile.scorecard
    if isinstance(tile, DriversTile):
        return tile.drivers
    return tuple(name for kind in NAMING if (name := getattr(tile, kind, None)))


def _kind(raw: Any) -> str | None:
    if not isinstance(raw, dict):
        return next((kind for kind, model in KINDS.items() if isinstance(raw, model)), None)
    return next((kind for kind in KINDS if kind in raw), None)


Tile = Annotated[
    Annotated[KpiTile, Tag("kpi")]
    | Annotated[MapTile, Tag("map")]
    | Annotated[RankingTile, Tag("ranking")]
    | Annotated[HeatTile, Tag("heat")]
    | Annotated[ScorecardTile, Tag("scorecard")]
    | Annotated[ListTile, Tag("list")]
    | Annotated[DriversTile, Tag("drivers")],
    Discriminator(
        _kind, custom_error_type="tile_kind", custom_error_message="a tile starts with one of " + ", ".join(KINDS)
    ),
]


Rows = tuple[tuple[Tile, ...], ...]
MOST_TILES, MOST_HEROES, MOST_MAPS, MOST_ROWS = 10, 2, 1, 3


class Board(Entry):
    """A page of tiles. Every row spans exactly twelve columns.

    A list or a ranking with ``rows: 2`` also takes its columns in the row below. ``wall`` are the rows shown across
    a room, where they differ: at most ten tiles, two of them heroes, one a map, in three rows.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    name: Text
    title: Text
    icon: str = "grid"
    rows: Annotated[Rows, Field(min_length=1)]
    wall: Rows | None = None

    @model_validator(mode="after")
    def _rows_of_twelve(self) -> Board:
        _twelve(self.rows)
        if self.wall is not None:
            _twelve(self.wall, "wall ")
        return self

    @property
    def staged(self) -> Board:
        """The board as a wall shows it."""
        return self if self.wall is None else self.model_copy(update={"rows": self.wall})

    @property
    def crowded(self) -> str:
        """Why it cannot be read across a room; "" if it can."""
        rows = self.staged.rows
        tiles = [tile for row in rows for tile in row]
        counts = (
            ("rows", len(rows), MOST_ROWS),
            ("tiles", len(tiles), MOST_TILES),
            ("hero tiles", sum(isinstance(tile, KpiTile) and tile.size == "hero" for tile in tiles), MOST_HEROES),
            ("maps", sum(isinstance(tile, MapTile) for tile in tiles), MOST_MAPS),
        )
        return ", ".join(f"{found} {what} where {most} can be read" for what, found, most in counts if found > most)

    @property
    def watches_city(self) -> bool:
        """Whether what it says is of the whole city, not of its own tiles."""
        return any(isinstance(tile, ListTile) and tile.of == "city" for row in self.rows for tile in row)

    @property
    def kpis(self) -> tuple[str, ...]:
        """Codes or ids of every KPI on the board, without repeats."""
        return tuple(dict.fromkeys(name for row in self.rows for tile in row for name in named(tile)))


def _twelve(rows: Rows, which: str = "") -> None:
    """ValueError for a row that does not span twelve columns, with what stands in it from above."""
    below: list[tuple[int, int]] = []
    for number, row in enumerate(rows, start=1):
        held = sum(span for span, left in below if left > 0)
        below = [(span, left - 1) for span, left in below if left > 0]
        spans = sum(tile.span for tile in row) + held
        if spans != 12:
            raise ValueError(f"{which}row {number} spans {spans} columns; a row spans 12")
        below += [(tile.span, tile.rows - 1) for tile in row if isinstance(tile, ListTile | RankingTile)]

"""Sources: who delivers which file, how to read it, and what they promised."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from data.catalogue.text import Entry, Text

UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
LONGEST = 36525 * UNITS["day"]  # a hundred years: three times that still fits the calendar


def _duration(raw: Any) -> Any:
    """Read ``15 minute`` or ``1 day`` (plural allowed) as seconds."""
    if not isinstance(raw, str):
        return raw
    number, _, unit = raw.strip().partition(" ")
    seconds = UNITS.get(unit.removesuffix("s"))
    if seconds is None or not number.isdigit():
        raise ValueError("a duration is a number and a unit, such as '15 minutes' or '1 day'")
    return int(number) * seconds


def _not_too_long(seconds: int) -> int:
    if seconds > LONGEST:
        raise PydanticCustomError("duration_too_long", "a duration is a hundred years at most")
    return seconds


Seconds = Annotated[int, BeforeValidator(_duration), Field(gt=0), AfterValidator(_not_too_long)]


class Reading(Entry):
    """How to read the bytes. What is not declared is inferred from the file itself.

    ``fill_down`` names headings whose cells are written on the first row of a block only.
    """

    encoding: str | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    decimal: Literal[".", ","] | None = None
    dates: Literal["ymd", "dmy", "mdy"] | None = None
    nulls: tuple[str, ...] = ()
    title_lines: Annotated[int, Field(ge=0)] | None = None
    fill_down: tuple[str, ...] = ()
    sheet: str | None = None
    records: str | None = None
    table: str | None = None
    timezone: str | None = None


class Source(Entry):
    """One stream of deliveries into one dataset.

    ``path`` is a glob below the drop folder, or below the pack itself (``at: pack``: published figures
    that travel with it). ``deliver`` says what a file means:
    *append* more rows at its end, *replace* all rows of this source, *period* replaces
    the rows of the periods it names. ``columns`` maps the file's headings to dataset columns;
    without it headings equal column names. ``join`` feeds a column from several headings, their
    cells put together with a space: a day and a time, or year, month and day.
    ``short`` is its name where there is
    little room. ``fresh_within`` is the promise of freshness, ``contact`` whom to call when it is broken.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9_]+$")]
    name: Text
    short: Text | None = None
    owner: Text
    contact: Text | None = None
    dataset: str
    connector: Literal["csv", "xlsx", "parquet", "jsonl", "geojson", "geopackage"]
    at: Literal["drop", "pack"] = "drop"
    path: str
    read: Reading = Reading()
    deliver: Literal["append", "replace", "period"] = "append"
    columns: dict[str, str] = {}
    join: dict[str, Annotated[tuple[str, ...], Field(min_length=1)]] = {}
    constants: dict[str, str] = {}
    fresh_within: Seconds
    authority: Literal["simulated", "measured", "provisional", "official"] = "measured"

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings a file must have, each once; empty when columns are taken by their own names."""
        joined = (heading for parts in self.join.values() for heading in parts)
        return tuple(dict.fromkeys((*self.columns, *joined)))

    @property
    def promise(self) -> timedelta:
        """The promised age at most."""
        return timedelta(seconds=self.fresh_within)

"""Playlists: which boards a wall shows, in what order, when and for how long."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.catalogue.kpi import SpanName
from data.catalogue.text import Entry, Text

Clock = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Joining = Literal["always", "event", "lantern_night"]


class Hours(Entry):
    """A span of the day, its end not included; one that ends before it begins goes over midnight."""

    start: Annotated[Clock, Field(alias="from")]
    end: Annotated[Clock, Field(alias="to")]

    @model_validator(mode="after")
    def _some_time(self) -> Hours:
        if self.start == self.end:
            raise ValueError("from and to are the same; leave the hours out for the whole day")
        return self

    def hold(self, clock: str) -> bool:
        """Whether a time of day, "HH:MM", lies within."""
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


class Scene(Entry):
    """A board as a wall shows it: of one ``area``, for ``dwell`` seconds, within ``hours``, on ``working_days`` only.

    ``joins: event`` shows it only while an alert whose scene it is lasts, ``lantern_night`` from the day before.
    ``filters`` name values of a dimension; a KPI that has no such dimension stays as it is. ``period`` stands in place
    of that of its KPIs, save of levels at a moment and of what is not told so often.
    """

    board: str
    area: str | None = None
    filters: dict[str, tuple[str, ...]] = {}
    period: SpanName | None = None
    dwell: Annotated[int, Field(ge=10, le=600)] | None = None
    hours: Hours | None = None
    working_days: bool = False
    joins: Joining = "always"


class Playlist(Entry):
    """The scenes of a wall in their order. It is dimmed in ``dim`` hours unless something is wrong, and begins anew
    at ``reload``."""

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    name: Text
    scenes: Annotated[tuple[Scene, ...], Field(min_length=1, max_length=24)]
    dim: Hours | None = None
    reload: Clock = "03:00"

    @model_validator(mode="after")
    def _something_always(self) -> Playlist:
        if not any(one.joins == "always" and one.hours is None and not one.working_days for one in self.scenes):
            raise ValueError("at least one scene is shown at any time: a wall is never empty")
        return self

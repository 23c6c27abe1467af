"""KPIs: one definition for wall, analysis, alert, report and API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.catalogue.measure import Measure
from data.catalogue.source import Seconds
from data.catalogue.text import Entry, Text

Domain = Literal["infrastructure", "egov", "tourism", "environment", "culture"]
Direction = Literal["up", "down", "none"]
SpanName = Literal[
    "day", "week", "month", "quarter", "year", "last_day", "last_week", "last_month", "last_quarter", "last_year"
]
PeriodName = Literal["now", SpanName]


class Standard(Entry):
    """A code in a published scheme; printed only where verified."""

    scheme: str
    code: str


class Target(Entry):
    """A target in display unit, in force from a day on; on a linear path the point to be reached that day."""

    start: date = Field(alias="from")
    value: float


class Status(Entry):
    """Thresholds in display unit. With ``direction: up`` a value below one has that level, with
    ``direction: down`` a value at or above it, as it is displayed.
    ``words`` may name a level in an official scale's own words (Báo động I).
    """

    watch: float | None = None
    alert: float | None = None
    emergency: float | None = None
    words: dict[Literal["normal", "watch", "alert", "emergency"], Text] = {}

    @model_validator(mode="after")
    def _monotone(self) -> Status:
        steps = [v for v in (self.watch, self.alert, self.emergency) if v is not None]
        if steps != sorted(steps) and steps != sorted(steps, reverse=True):
            raise ValueError("thresholds must all rise or all fall from watch to emergency")
        return self


class Kpi(Entry):
    """A definition of one number.

    A ratio is stored 0..1 and shown as percent. ``period`` is what a tile shows (``last_month`` is the
    last complete one), ``trend`` how many buckets of ``grain`` its small chart draws.
    ``target_path: linear`` joins the targets by straight lines. ``capacity`` is the 100 % a level is
    read against (people in the Old Town against 8,500), in display unit. ``formerly`` are codes it had before:
    old links lead to it and say so.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$")]
    code: Annotated[str, Field(pattern="^[A-Z]{2,4}-[0-9]{2,3}$")]
    name: Text
    short: Text | None = None
    definition: Text
    domain: Domain
    measure: Measure
    unit: Literal["percent"] | Text
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    direction: Direction = "none"
    dimensions: tuple[str, ...] = ()
    target: tuple[Target, ...] = ()
    target_path: Literal["steps", "linear"] = "steps"
    status: Status = Status()
    capacity: Annotated[float, Field(gt=0)] | None = None
    capacity_name: Text | None = None
    fresh_within: Seconds
    owner: Text
    standard: tuple[Standard, ...] = ()
    formerly: tuple[str, ...] = ()
    period: PeriodName = "month"
    grain: Literal["hour", "day", "week", "month", "quarter", "year"] = "day"
    trend: Annotated[int, Field(ge=2, le=400)] = 30
    compare: Literal["none", "previous", "year", "weekday", "lunar"] = "year"

    @model_validator(mode="after")
    def _direction_for_thresholds(self) -> Kpi:
        if self.direction == "none" and self.status != Status():
            raise ValueError("thresholds need direction: up or direction: down to know which side is bad")
        return self

    def wanted(self, on: date) -> float | None:
        """The target in force on a day, or what a linear path wants by then, in display unit; None before the first."""
        steps = sorted(self.target, key=lambda item: item.start)
        passed = [item for item in steps if item.start <= on]
        if not passed:
            return None
        last, ahead = passed[-1], steps[len(passed) :]
        if not ahead or self.target_path != "linear":
            return last.value
        share = (on - last.start).days / (ahead[0].start - last.start).days
        return last.value + (ahead[0].value - last.value) * share

    @property
    def scale(self) -> float:
        """Factor from stored to display unit."""
        return 100.0 if self.unit == "percent" else 1.0

    @property
    def datasets(self) -> tuple[str, ...]:
        """Ids of the datasets read, without repeats, in order."""
        return tuple(dict.fromkeys(leaf.dataset for leaf in self.measure.leaves()))

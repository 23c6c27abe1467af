"""The question: which KPI, when, where, split and compared how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from data.calendar.period import Grain, Period


class Compare(StrEnum):
    """What a period is held against.

    ``year`` is the same dates last year, ``weekday`` 364 days ago (same weekdays),
    ``lunar`` the same lunar days last lunar year, ``event`` the days as far from another occasion.
    ``area`` is the same days in another area and ``target`` what the plan wants of them: see `beside`.
    """

    NONE = "none"
    PREVIOUS = "previous"
    YEAR = "year"
    WEEKDAY = "weekday"
    LUNAR = "lunar"
    EVENT = "event"
    AREA = "area"
    TARGET = "target"


CALENDAR = (Compare.NONE, Compare.PREVIOUS, Compare.YEAR, Compare.WEEKDAY, Compare.LUNAR)


@dataclass(frozen=True, slots=True)
class KpiQuery:
    """One question. ``area`` is an area id, ``joined`` are others that are asked for with it, as one place; none of
    them may lie in another. ``by`` is "area" or a dimension.

    ``filters`` are (dimension, values) pairs that must all hold. ``old_areas`` answers in the
    areas in force before the city's ``since`` date. ``trend`` asks for that many points up to the
    end of the period instead of the period's own: a month's value with thirty days drawn. ``back`` is how
    far before the period the other occasion lies that it is held against.
    """

    kpi: str
    period: Period
    grain: Grain = Grain.DAY
    area: str | None = None
    by: str | None = None
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    compare: Compare = Compare.NONE
    old_areas: bool = False
    trend: int = 0
    back: timedelta | None = None
    joined: tuple[str, ...] = ()

    @property
    def areas(self) -> tuple[str, ...]:
        """Every area asked for; none where it is the whole city."""
        return (*((self.area,) if self.area else ()), *self.joined)

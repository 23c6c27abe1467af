"""Level, freshness and target: what a number means now."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from data.catalogue.kpi import Kpi
from data.kpis.result import Freshness, Level, TargetState, Value

LOST_AFTER = 3


def displayed(kpi: Kpi, number: float) -> float:
    """The number in display unit as a reader sees it: rounded once, half up."""
    step = Decimal(1).scaleb(-kpi.decimals)
    return float(Decimal(repr(number * kpi.scale)).quantize(step, rounding=ROUND_HALF_UP))


def level(kpi: Kpi, value: Value) -> Level:
    """The level of a value by its thresholds; normal without a number."""
    if value.number is None or kpi.direction == "none":
        return Level.NORMAL
    shown = displayed(kpi, value.number)
    found = Level.NORMAL
    for step in (Level.WATCH, Level.ALERT, Level.EMERGENCY):
        limit = getattr(kpi.status, step.name.lower())
        if limit is not None and (shown < limit if kpi.direction == "up" else shown >= limit):
            found = step
    return found


def level_of_part(kpi: Kpi, value: Value) -> Level:
    """The level of a part of a breakdown: of a share by the thresholds of the whole, of all else normal."""
    return level(kpi, value) if kpi.unit == "percent" else Level.NORMAL


def freshness(age: timedelta | None, promise: timedelta) -> Freshness:
    """On time up to the promise, late beyond it, lost beyond three times it or without any data."""
    if age is None or age > LOST_AFTER * promise:
        return Freshness.LOST
    return Freshness.LATE if age > promise else Freshness.ON_TIME


def live(age: timedelta | None, promise: timedelta) -> float:
    """1 while the promise is kept, falling evenly to 0 at three times the promise."""
    if age is None:
        return 0.0
    over = (age / promise - 1) / (LOST_AFTER - 1)
    return min(1.0, max(0.0, 1.0 - over))


def target(kpi: Kpi, value: Value, at: datetime, elapsed: float) -> TargetState | None:
    """The target in force at a moment, or the point of a linear path, and whether the value meets it, both as they are
    shown."""
    steps = sorted(kpi.target, key=lambda item: item.start)
    wanted = kpi.wanted(at.date())
    if wanted is None:
        return None
    ahead = [item for item in steps if item.start > at.date()]
    goal = ahead[0] if ahead and kpi.target_path == "linear" else None
    met = None
    if value.number is not None and kpi.direction != "none":
        shown = displayed(kpi, value.number)
        plan = displayed(kpi, wanted / kpi.scale)
        met = shown >= plan if kpi.direction == "up" else shown <= plan
    if kpi.target_path == "linear":
        return TargetState(wanted, met, 1.0, goal and goal.value, goal and goal.start)
    return TargetState(wanted, met, elapsed)

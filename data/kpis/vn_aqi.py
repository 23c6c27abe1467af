"""VN_AQI: the air quality index of Decision 1459/QĐ-TCMT of 12 November 2019.

Concentrations are in µg/m³, carbon monoxide too. A sub-index is linear between the breakpoints of
its pollutant; the highest sub-index is the index. Beyond the last breakpoint it stays at 500, where
the table ends. Ozone is read by the hour: the column of eight hours is not used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LEVELS = (0.0, 50.0, 100.0, 150.0, 200.0, 300.0, 400.0, 500.0)
BREAKPOINTS: Mapping[str, tuple[float, ...]] = {
    "pm25": (0, 25, 50, 80, 150, 250, 350, 500),
    "pm10": (0, 50, 150, 250, 350, 420, 500, 600),
    "o3": (0, 160, 200, 300, 400, 800, 1_000, 1_200),
    "co": (0, 10_000, 30_000, 45_000, 60_000, 90_000, 120_000, 150_000),
    "so2": (0, 125, 350, 550, 800, 1_600, 2_100, 2_630),
    "no2": (0, 100, 200, 700, 1_200, 2_350, 3_100, 3_850),
}
DUST = ("pm25", "pm10")
NOWCAST_HOURS = 12
LEAST_WEIGHT = 0.5
RECENT, RECENT_KNOWN = 3, 2


def sub_index(pollutant: str, concentration: float) -> float:
    """Sub-index 0..500 of a concentration in µg/m³; KeyError for an unknown pollutant."""
    points = BREAKPOINTS[pollutant]
    held = min(max(concentration, 0.0), points[-1])
    step = next(n for n in range(1, len(points)) if held <= points[n])
    share = (held - points[step - 1]) / (points[step] - points[step - 1])
    return LEVELS[step - 1] + share * (LEVELS[step] - LEVELS[step - 1])


def nowcast(hours: Sequence[float | None]) -> float | None:
    """The NowCast in µg/m³ of the last twelve hours, newest first; None if two of the newest three lack.

    w* = least / greatest, w = max(w*, 1/2). Above one half the hours are weighted w^(i-1) and divided by
    the weights of those that came; at one half it is the sum of (1/2)^i c_i, to which an hour that
    did not come adds nothing, as published.
    """
    if sum(hour is not None for hour in hours[:RECENT]) < RECENT_KNOWN:
        return None
    known = [(place, hour) for place, hour in enumerate(hours[:NOWCAST_HOURS]) if hour is not None]
    numbers = [hour for _, hour in known]
    greatest = max(numbers)
    if greatest <= 0:
        return 0.0
    weight = max(min(numbers) / greatest, LEAST_WEIGHT)
    if weight == LEAST_WEIGHT:
        return sum(LEAST_WEIGHT ** (place + 1) * hour for place, hour in known)
    return sum(weight**place * hour for place, hour in known) / sum(weight**place for place, _ in known)


def concentration_of(pollutant: str, hours: Sequence[float | None], hourly: bool) -> float | None:
    """What the index reads of hours, newest first: of one hour dust by NowCast and gases as they are,
    of a day the mean of dust and the highest hour of a gas."""
    known = [hour for hour in hours if hour is not None]
    if hourly:
        return nowcast(hours) if pollutant in DUST else hours[0]
    if not known:
        return None
    return sum(known) / len(known) if pollutant in DUST else max(known)

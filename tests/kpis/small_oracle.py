"""What the KPIs of the small city are, counted row by row: the slow truth of the younger kinds.

Air quality is worked a second time from the text of Decision 1459/QĐ-TCMT, without the house's own table.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.kpis.delivered import Row
from tests.kpis.oracle import Answer

Rows = dict[str, list[Row]]
PEOPLE, KM2 = {None: 3000.0, "N": 1000.0}, {None: 60.0, "N": 20.0}
MONTHS = [datetime(2025 + (9 + n) // 12, (9 + n) % 12 + 1, 1) for n in range(14)]  # October 2025 to November 2026
TABLE = {
    "pm25": (0, 25, 50, 80, 150, 250, 350, 500), "pm10": (0, 50, 150, 250, 350, 420, 500, 600),
    "o3": (0, 160, 200, 300, 400, 800, 1000, 1200), "no2": (0, 100, 200, 700, 1200, 2350, 3100, 3850),
    "so2": (0, 125, 350, 550, 800, 1600, 2100, 2630), "co": (0, 10000, 30000, 45000, 60000, 90000, 120000, 150000),
}  # fmt: skip


def counted(code: str, rows: Rows, area: str | None, start: datetime, end: datetime, grain: str) -> Answer:
    """A KPI of the small city over one whole bucket of ``grain``."""
    kept = {name: [row for row in some if area in (None, row["area"])] for name, some in rows.items()}
    guests = _guests(kept, start, end)
    parts = [_guests(kept, start, end, market) for market in ("korea", "japan")]
    filled = [m for m in MONTHS if _guests(rows, max(m, start), min(_next(m), end))]
    months = [_guests(kept, max(m, start), min(_next(m), end)) for m in filled]
    found: dict[str, Callable[[], Answer]] = {
        "DK-01": lambda: guests,
        "DK-02": lambda: _published(kept, start, end),
        "DK-03": lambda: sum(_first(kept, m) for m in MONTHS if start <= m < end),
        "DK-04": lambda: guests / PEOPLE[area] * 1000,
        "DK-05": lambda: guests / KM2[area],
        "DK-06": lambda: sum(months) / len(months),
        "DK-07": lambda: max(months) / (sum(months) / len(months)),
        "DK-08": lambda: sum((part / guests) ** 2 for part in parts),
        "DK-09": lambda: _score(kept, start, end, guests),
        "DK-10": lambda: _first_level(kept, start, end),
        "CT-01": lambda: _open(kept, end),
        "CT-02": lambda: _open(kept, end) - _open(kept, end - timedelta(days=2)),
        "KK-01": lambda: _aqi(kept["air"], start, end, grain == "hour"),
        "KK-02": lambda: _rise(kept["air"], start, end),
    }
    return found[code]()


def _next(month: datetime) -> datetime:
    return (month + timedelta(days=32)).replace(day=1)


def _guests(rows: Rows, start: datetime, end: datetime, market: str | None = None) -> float:
    return sum(r["guests"] for r in rows["counted"] if start <= r["at"] < end and market in (None, r["market"]))


def _published(rows: Rows, start: datetime, end: datetime) -> Answer:
    found = [r["number"] for r in rows["published"] if start <= r["month"] < end and r["what"] == "guests"]
    return sum(found) if found else None


def _first(kept: Rows, month: datetime) -> float:
    official = _published(kept, month, _next(month))
    return _guests(kept, month, _next(month)) if official is None else official


def _open(rows: Rows, at: datetime) -> float:
    held = [r for r in rows["site"] if r["started"] < at and (r["ended"] is None or r["ended"] >= at)]
    return sum(r["hectares"] or 0.0 for r in held)


def _mean(rows: list[Row], name: str, start: datetime, end: datetime) -> Answer:
    held = [r[name] for r in rows if start <= r["at"] < end and r.get(name) is not None]
    return sum(held) / len(held) if held else None


def _score(rows: Rows, start: datetime, end: datetime, guests: float) -> Answer:
    dust, coarse = (_mean(rows["air"], name, start, end) for name in ("pm25", "pm10"))
    points = 18 * min(1, guests / 200) + 20 * min(1, (_published(rows, start, end) or 0) / 100)
    if dust is None or not coarse:
        return points * 50 / 38
    return points + 12 * min(1, dust / coarse)


def _heights(air: list[Row], start: datetime, end: datetime) -> Answer:
    """The highest of the latest levels of the stations."""
    newest = {r["station"]: r["level"] for r in sorted(air, key=lambda r: r["at"]) if start <= r["at"] < end}
    return max(newest.values(), default=None)


def _first_level(rows: Rows, start: datetime, end: datetime) -> Answer:
    height = _heights(rows["air"], start, end)
    return _mean(rows["air"], "pm25", start, end) if height is None else height


def _rise(air: list[Row], start: datetime, end: datetime) -> Answer:
    last = max(r["at"] for r in air if start <= r["at"] < end)
    hour, back = timedelta(hours=1), timedelta(hours=3)
    return _heights(air, last, last + hour) - _heights(air, last - back, last - back + hour)


def _sub_index(pollutant: str, held: float) -> float:
    points, levels = TABLE[pollutant], (0, 50, 100, 150, 200, 300, 400, 500)
    for n in range(7):
        if held <= points[n + 1]:
            return (levels[n + 1] - levels[n]) / (points[n + 1] - points[n]) * (held - points[n]) + levels[n]
    return 500.0


def _aqi(air: list[Row], start: datetime, end: datetime, hourly: bool) -> Answer:
    hour, found = timedelta(hours=1), {}
    for name in TABLE:
        hours = [_mean(air, name, end - (n + 1) * hour, end - n * hour) for n in range(12 if hourly else 24)]
        known = [h for h in hours if h is not None]
        dust = name.startswith("pm")
        if not hourly:
            held = None if not known else sum(known) / len(known) if dust else max(known)
        else:
            held = _nowcast(hours) if dust else hours[0]
        if held is not None:
            found[name] = _sub_index(name, held)
    return max(found.values()) if {"pm25", "pm10"} & set(found) else None


def _nowcast(hours: list[Answer]) -> Answer:
    known = [h for h in hours if h is not None]
    if sum(h is None for h in hours[:3]) > 1:
        return None
    steady = min(known) / max(known) if max(known) else 1.0
    if steady <= 0.5:
        return sum(h / 2**i for i, h in enumerate(hours, start=1) if h is not None)
    weights = [steady**i if h is not None else 0.0 for i, h in enumerate(hours)]
    return sum(w * (h or 0.0) for w, h in zip(weights, hours, strict=True)) / sum(weights)

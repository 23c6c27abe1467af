"""The rows of real files, read and counted with the csv module and pyarrow, never through the product.

Periods are [start, end).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq

REAL = Path(__file__).parents[2] / ".." / "shared" / "data" / "real"
SUBTOTALS = {
    "Total International Visitor Arrivals By Inbound Tourism Markets",
    *("Southeast Asia", "Greater China", "North Asia", "South Asia", "West Asia"),
    *("Americas", "Europe", "Oceania", "Africa"),
}


def _rows(name: str, encoding: str = "utf-8-sig", delimiter: str = ",") -> list[dict[str, str]]:
    with (REAL / name).open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def _stamp(text: str) -> datetime | None:
    return datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p") if text else None


@dataclass(frozen=True)
class Request:
    """One citizen request."""

    created: datetime
    closed: datetime | None
    agency: str
    complaint: str
    borough: str
    channel: str | None

    @property
    def hours(self) -> float:
        """Hours it was open; only for closed ones."""
        assert self.closed is not None
        return (self.closed - self.created).total_seconds() / 3600


@cache
def requests() -> list[Request]:
    found = []
    for name in ("nyc311_schema_v2013.csv", "nyc311_schema_v2021.csv"):
        for row in _rows(name):
            created = _stamp(row["Created Date"])
            assert created is not None
            channel = row.get("Open Data Channel Type") or None
            place = (row["Agency"], row["Complaint Type"], row["Borough"], channel)
            found.append(Request(created, _stamp(row["Closed Date"]), *place))
    return found


def created(start: datetime, end: datetime, **same: str) -> list[Request]:
    return [r for r in requests() if start <= r.created < end and _same(r, same)]


def closed(start: datetime, end: datetime, **same: str) -> list[Request]:
    return [r for r in requests() if r.closed and start <= r.closed < end and _same(r, same)]


def open_at(end: datetime, **same: str) -> int:
    return sum(r.created < end and (r.closed is None or r.closed >= end) for r in requests() if _same(r, same))


def _same(request: Request, same: dict[str, str]) -> bool:
    return all(getattr(request, name) == value for name, value in same.items())


def arrivals(start: datetime, end: datetime, markets: set[str] | None = None) -> int:
    total = 0
    for row in _rows("singapore_visitor_arrivals_monthly_by_market.csv"):
        market = row["Region/Country"]
        wanted = market in markets if markets else market not in SUBTOTALS
        if wanted and row["no_of_visitors"].isdigit() and start <= datetime.fromisoformat(row["year_month"]) < end:
            total += int(row["no_of_visitors"])
    return total


def air(start: datetime, end: datetime, column: str) -> list[float | None]:
    found: list[float | None] = []
    for row in _rows("airquality_uci_semicolon_decimalcomma.csv", delimiter=";"):
        if row["Date"] and start <= datetime.strptime(row["Date"], "%d/%m/%Y") < end:
            value = float(row[column].replace(",", "."))
            found.append(None if value == -200 else value)
    return found


def rain(start: datetime, end: datetime) -> dict[datetime, float]:
    """Millimetres by hour, in the city's own time."""
    hours: dict[datetime, float] = defaultdict(float)
    for row in _rows("sentosa_rainfall_5min.csv"):
        at = datetime.fromisoformat(row["timestamp"]).astimezone(ZoneInfo("America/New_York")).replace(tzinfo=None)
        if start <= at < end:
            hours[at.replace(minute=0)] += float(row["rainfall"])
    return hours


@cache
def _bookings() -> list[dict[str, Any]]:
    return pq.read_table(REAL / "hotel_bookings.parquet").to_pylist()


def bookings(start: datetime, end: datetime, hotel: str | None = None) -> list[dict[str, Any]]:
    """Bookings decided in the period, whose rate is not negative (one is, and is quarantined)."""
    return [
        row
        for row in _bookings()
        if start <= datetime.fromisoformat(row["reservation_status_date"]) < end
        and row["adr"] >= 0
        and hotel in (None, row["hotel"])
    ]


def with_guests(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if not (row["adults"] == 0 and row["children"] == 0 and row["babies"] == 0)]


def quantile(values: list[float], p: float) -> float:
    """Continuous quantile: linear between the two nearest values."""
    ordered = sorted(values)
    place = p * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def within(hours: float, rows: list[Request]) -> float:
    return sum(r.hours <= hours for r in rows) / len(rows)


def online(rows: list[Request]) -> float:
    known = [r for r in rows if r.channel]
    return sum(r.channel == "ONLINE" for r in known) / len(known)


def cancelled(rows: list[dict[str, Any]]) -> float:
    return mean([float(row["is_canceled"]) for row in with_guests(rows)])


def nights(rows: list[dict[str, Any]]) -> int:
    kept = [row for row in rows if not row["is_canceled"]]
    return sum(row["stays_in_weekend_nights"] + row["stays_in_week_nights"] for row in kept)


def measured(values: list[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def rides(start: datetime, end: datetime) -> int:
    rows = _rows("montreal_bikes_2012.csv", "latin-1", ";")
    return sum(int(r["Berri 1"]) for r in rows if start <= datetime.strptime(r["Date"], "%d/%m/%Y") < end)

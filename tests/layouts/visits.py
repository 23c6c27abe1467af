"""A small invented city for screens: one KPI with two dimensions, and answers about it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from data.calendar.period import Period
from data.catalogue import Area, Catalogue, City, Column, Dataset, Kpi, Source, Text
from data.catalogue.city import CityEvent, WorkingCalendar
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import (
    Comparison,
    Freshness,
    KpiResult,
    Level,
    Mark,
    Part,
    Point,
    Presence,
    Quality,
    SourceState,
    Stamp,
    TargetState,
    Value,
)

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 19, 42)


def text(vi: str, en: str) -> Text:
    """A phrase in both languages."""
    return Text(vi=vi, en=en)


MARKETS = {
    "vn": text("Việt Nam", "Viet Nam"),
    "kr": text("Hàn Quốc", "South Korea"),
    "gb": text("Anh", "United Kingdom"),
    "fr": text("Pháp", "France"),
    "au": text("Úc", "Australia"),
    "us": text("Mỹ", "United States"),
    "tw": text("Đài Loan", "Taiwan"),
    "other": text("Khác", "Other"),
}
AREAS = {
    "hoi_an": text("Phường Hội An", "Hoi An ward"),
    "hoi_an_dong": text("Phường Hội An Đông", "Hoi An Dong ward"),
    "hoi_an_tay": text("Phường Hội An Tây", "Hoi An Tay ward"),
    "tan_hiep": text("Xã đảo Tân Hiệp", "Tan Hiep island commune"),
}


def kpi(**changes: object) -> Kpi:
    """Visitors to the Old Town, changed as asked."""
    entry = {
        "id": "tourism.visits", "code": "DL-02",
        "name": text("Lượt khách tham quan Phố cổ", "Visits to the Old Town"),
        "short": text("Lượt khách Phố cổ", "Old Town visits"),
        "definition": text(
            "Số lượt người qua các cửa vé vào Phố cổ. Mỗi vé tính một lần mỗi ngày.",
            "People passing the ticket gates of the Old Town. Each ticket counts once a day.",
        ),
        "domain": "tourism",
        "measure": {"sum": "visit", "of": "visitors", "time": "at", "where": (("status", "eq", "valid"),)},
        "unit": text("lượt", "visits"), "direction": "up", "dimensions": ("area", "market", "gate"),
        "target": ({"from": date(2026, 1, 1), "value": 700000},),
        "fresh_within": 900, "owner": text("Trung tâm Văn hoá, Bộ phận vé", "Culture Centre, ticket office"),
        "period": "month", "grain": "day", "trend": 30, "compare": "year",
    }  # fmt: skip
    return Kpi.model_validate(entry | changes)


def catalogue() -> Catalogue:
    """The city, its areas, one dataset and two KPIs."""
    city = City(
        id="hoian", name=text("Hội An", "Hoi An"), operator=text("Đô thị Hội An", "Hoi An city"),
        timezone="Asia/Ho_Chi_Minh", lunar=True, since=date(2025, 7, 1), scope="city",
        calendar=WorkingCalendar(country="VN"),
        events=(CityEvent(id="flood", name=text("Lũ, Phố cổ đóng", "Flood, Old Town closed"),
                          start=date(2026, 11, 13), end=date(2026, 11, 16)),),
    )  # fmt: skip
    scope = Area(id="city", code="HA", name=text("Hội An", "Hoi An"), level="city", valid_from=date(2008, 1, 29))
    units = [
        Area(id=key, code=str(20401 + n), name=name, level="unit", parent="city", valid_from=date(2025, 7, 1))
        for n, (key, name) in enumerate(AREAS.items())
    ]
    kpis = [kpi(), rate()]
    return Catalogue(
        folder=Path("."), city=city, areas={area.id: area for area in [scope, *units]},
        sources={"tickets": source("tickets"), "paper": source("paper")}, datasets={"visit": dataset()},
        kpis={entry.id: entry for entry in kpis},
    )  # fmt: skip


def rate(**changes: object) -> Kpi:
    """A percentage with target and thresholds."""
    valid = {"count": "visit", "time": "at", "where": (("status", "eq", "valid"),)}
    every = {"count": "visit", "time": "at"}
    return kpi(**{
        "id": "tourism.valid_rate", "code": "DL-03", "unit": "percent", "decimals": 1,
        "name": text("Tỷ lệ vé hợp lệ", "Valid tickets"), "short": None,
        "measure": {"ratio": {"of": valid, "to": every}},
        "target": ({"from": date(2026, 1, 1), "value": 98},), "status": {"watch": 98.0, "alert": 95.0},
    } | changes)  # fmt: skip


def dataset() -> Dataset:
    """Tickets read at the gates."""
    return Dataset(
        id="visit", kind="event", name=text("Lượt vé", "Gate reads"), time="at", grain="hour",
        columns={
            "at": Column(type="timestamp", name=text("Thời điểm", "Time")),
            "ward": Column(type="text", area=True, name=text("Khu vực", "Area")),
            "market": Column(type="text", dimension=True, name=text("Thị trường", "Market"), values=MARKETS),
            "gate": Column(type="text", dimension=True, name=text("Cửa vé", "Gate"), values={
                "g1": text("1 Minh Khai", "1 Minh Khai"), "g5": text("5 Lê Lợi", "5 Le Loi")}),
            "status": Column(type="text", name=text("Tình trạng", "Status"),
                             values={"valid": text("hợp lệ", "valid"), "void": text("huỷ", "void")}),
            "visitors": Column(type="integer", name=text("Số khách", "Visitors")),
            "buyer": Column(type="text", personal=True, name=text("Người mua", "Buyer")),
        },
    )  # fmt: skip


def source(name: str) -> Source:
    """A source of gate reads."""
    names = {
        "tickets": text("Hệ thống vé điện tử", "Electronic tickets"),
        "paper": text("Vé giấy cửa 7", "Paper tickets, gate 7"),
    }
    return Source(
        id=name, name=names[name], owner=text("Bộ phận vé", "Ticket office"), dataset="visit",
        connector="csv", path=f"{name}*.csv", fresh_within=900, authority="simulated",
    )  # fmt: skip


def amount(index: int, base: float = 1620) -> float:
    """Visitors on a day: a week's rhythm, a slow rise and a flood in the middle of November."""
    rhythm = (0.86, 0.84, 0.88, 0.93, 1.02, 1.18, 1.16)[index % 7]
    return float(round(base * rhythm * (1 + 0.0035 * index) * (1 + (index * 37 % 11 - 5) / 90)))


def series(first: date, days: int, gap: tuple[int, ...] = (), compare: bool = True) -> tuple[Point, ...]:
    """Daily points from ``first``; those in ``gap`` are missing; last year's beside each."""
    found = []
    for index in range(days):
        at = datetime(first.year, first.month, first.day) + timedelta(days=index)
        dip = {50: 0.34, 51: 0.03, 52: 0.01, 53: 0.12, 54: 0.46, 55: 0.72}.get(index, 1)
        value = Value(None, Presence.MISSING) if index in gap else Value(round(amount(index) * dip))
        before = Value(round(amount(index + 3, 1480))) if compare else None
        found.append(Point(at, value, at - timedelta(days=355) if compare else None, before, index in (30, 31)))
    return tuple(found)


def parts(labels: dict[str, Text], total: float, compare: bool = True) -> tuple[Part, ...]:
    """A breakdown of ``total``, largest first, "other" last."""
    shares = (0.374, 0.213, 0.135, 0.069, 0.062, 0.058, 0.047, 0.042)
    return tuple(
        Part(
            key,
            label,
            Value(round(total * share)),
            Value(round(total * share * (1.16 - 0.05 * n))) if compare else None,
        )
        for n, ((key, label), share) in enumerate(zip(labels.items(), shares, strict=False))
    )


def result(entry: Kpi | None = None, query: KpiQuery | None = None, **changes: object) -> KpiResult:
    """Ninety days of visitors with a gap of three, a comparison, sources on time and lost."""
    entry = entry or kpi()
    first = TODAY - timedelta(days=89)
    query = query or KpiQuery(entry.code, Period.of_days(first, TODAY), compare=Compare.YEAR)
    states = (
        SourceState(source("tickets"), Freshness.ON_TIME, NOW - timedelta(minutes=2), NOW, timedelta(minutes=2)),
        SourceState(source("paper"), Freshness.LOST, NOW - timedelta(hours=10), NOW, timedelta(hours=10, minutes=32)),
    )
    points = series(first, 90, (20, 21, 22))
    total = sum(point.value.number or 0 for point in points)
    before = sum(point.compare.number or 0 for point in points if point.compare)
    answer = {
        "kpi": entry, "query": query, "value": Value(total), "level": Level.NORMAL,
        "freshness": Freshness.ON_TIME,
        "age": timedelta(minutes=2), "marks": frozenset({Mark.SIMULATED}), "points": points, "parts": (),
        "comparison": Comparison(Compare.YEAR,
        Period.of_days(first - timedelta(days=365), TODAY - timedelta(days=365)),
                                 Value(before), total - before, total / before - 1),
        "target": TargetState(700000, None, 0.899), "quality": Quality(0.998, 0.967, 1.0, 1.0),
        "sources": states,
        "stamp": Stamp(1042, NOW - timedelta(minutes=2), NOW),
        "strip": tuple(0.0 if n in (13, 14) else 1.0 for n in range(24)),
    }  # fmt: skip
    return KpiResult(**(answer | changes))

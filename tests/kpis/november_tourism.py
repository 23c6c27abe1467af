"""Rows of tourism, culture and relics of the November of `tests.kpis.november`."""

from __future__ import annotations

from tests.kpis.delivered import Row
from tests.kpis.november import at

FLOW = {"g1": (4.0, 3.0), "g2": (2.0, 2.5), "g3": (1.0, 0.5), "g4": (0.0, 1.0), "g5": (0.6, 0.0)}
GATE_FLOW = [
    *({"at": at(24, 19, 35), "gate": gate, "zone": "PC-CC", "entered": 9.0, "exited": 9.0} for gate in FLOW),
    *(
        {"at": at(24, 19, 40), "gate": gate, "zone": "PC-CC", "entered": entered, "exited": exited}
        for gate, (entered, exited) in FLOW.items()
    ),
]
BRIDGE = [
    {"at": moment, "place": "Chùa Cầu", "people": people}
    for moment, people in ((at(23, 18), 12), (at(23, 19), 20), (at(24, 18), 21), (at(24, 19, 40), 17))
]


def tickets(day: int, booth: str, kind: str, number: int) -> Row:
    """Tickets of an evening shift."""
    price = 80_000 if kind == "vietnamese" else 120_000
    return {"at": at(day, 17), "booth": booth, "kind": kind, "tickets": number, "amount": number * price}


TICKETS = [
    tickets(22, "q01", "international", 40),
    tickets(23, "q01", "vietnamese", 10),
    tickets(23, "q02", "international", 25),
    tickets(24, "q01", "international", 20),
]


def trip(day: int, hour: int, boat: str, visitors: int, status: str = "run") -> Row:
    """A speedboat to Cù Lao Chàm, or the line of a day without boats."""
    usual = {"kind": "canoe" if status == "run" else "none", "area": "20434", "international": 0}
    return usual | {"at": at(day, hour), "boat": boat, "status": status, "visitors": visitors}


TRIPS = [
    trip(20, 8, "A", 30),
    trip(20, 9, "B", 15),
    trip(21, 6, "-", 0, "stopped"),
    trip(22, 6, "-", 0, "stopped"),
    trip(24, 8, "A", 24),
    trip(24, 9, "C", 12),
]


def lodged(month: int, market: str, guests: int, nights: int, revenue: float, year: int = 2026) -> Row:
    """Guests of a market in Hội An Ward in one month; before July 2025 in Minh An, which is part of it."""
    area = "20410" if (year, month) >= (2025, 7) else "20398"
    counts = {"guests": guests, "nights": nights, "revenue": revenue, "state": "final"}
    return {"month": at(1, month=month, year=year), "area": area, "market": market} | counts


LODGING = [
    lodged(3, "west", 500, 900, 100.0, year=2025),
    lodged(8, "domestic", 300, 450, 80.0, year=2025),
    lodged(11, "korea", 100, 150, 50.0, year=2025),
    lodged(10, "domestic", 100, 150, 200.5),
    lodged(10, "korea", 200, 450, 700.0),
    lodged(10, "west", 100, 300, 499.5),
    lodged(10, "other", 100, 100, 100.0),
]
ROOMS = [
    {"month": at(1, month=10), "area": "20410", "available": 1000, "sold": 400},
    {"month": at(1, month=10), "area": "20413", "available": 600, "sold": 260},
]


def held(number: str, day: int, kind: str, attendance: int, month: int = 11) -> Row:
    """An event in Hội An Ward."""
    place = {"area": "20410", "lon": 108.328, "lat": 15.877}
    named = {"event_id": number, "title": number, "starts_at": at(day, 17, month=month), "kind": kind}
    return named | place | {"attendance": attendance}


EVENTS = [
    held("E1", 2, "exhibition", 150, month=10),
    held("E2", 7, "performance", 90),
    held("E3", 22, "lantern", 3000),
    held("E4", 23, "craft", 410),
]
FOUND, LONG_AGO = at(3, month=11, year=2025), at(1, year=1999)


def relic(number: str, **more: object) -> Row:
    """An old house of Hội An Ward, inspected on the 20th."""
    usual = {"title": number, "kind": "house", "area": "20410", "lon": 108.328, "lat": 15.877}
    return usual | {"relic_id": number, "listed_at": LONG_AGO, "inspected_at": at(20)} | more  # type: ignore[return-value]


RELICS = [
    relic("D1", restored_at=at(15, year=2010)),
    relic("D2", at_risk_since=FOUND),
    relic("D3", at_risk_since=FOUND, secured_at=at(9), restored_at=at(9)),
    relic("D4", kind="well"),
    relic("D5", kind="tomb", delisted_at=at(2)),
]
PERMITS = [
    {"permit_id": number, "issued_at": at(day, 9), "protection": zone, "area": "20410"}
    for number, day, zone in (
        ("P1", 4, "one"),
        ("P2", 11, "two"),
        ("P3", 12, "two"),
        ("P4", 20, "one"),
        ("P5", 23, "two"),
    )
]
VILLAGES = [
    {"month": at(1, month=10), "village": village, "area": "20401", "artisans": artisans, "visitors": visitors}
    for village, artisans, visitors in (("thanh_ha", 60, 900), ("tra_que", 200, 700), ("long_den", 0, 0))
]
RECORDS = [
    {"month": at(1, month=10), "kind": "relic", "records": 1000, "digitised": 700},
    {"month": at(1, month=10), "kind": "photo", "records": 3000, "digitised": 900},
]
ROWS: dict[str, list[Row]] = {
    "gate_flow": GATE_FLOW,
    "bridge": BRIDGE,
    "ticket": TICKETS,
    "cham_trip": TRIPS,
    "lodging": LODGING,
    "room": ROOMS,
    "culture_event": EVENTS,
    "relic": RELICS,
    "heritage_permit": PERMITS,
    "craft_village": VILLAGES,
    "culture_record": RECORDS,
}

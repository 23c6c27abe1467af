"""More rows of the same November: rain, power, water, waste and what is networked."""

from __future__ import annotations

from datetime import datetime

from tests.kpis.delivered import Cell, Row
from tests.kpis.november import at

NOW = at(24, 19, 30)
WARD, EAST, WEST = "20410", "20413", "20401"


def rows(names: str, *values: tuple[Cell, ...]) -> list[Row]:
    """Rows of the columns named."""
    return [dict(zip(names.split(), row, strict=True)) for row in values]


def outage(number: str, start: datetime, end: datetime | None, customers: int, cause: str, area: str) -> Row:
    """An outage with its minutes once it is over."""
    minutes = int((end - start).total_seconds() // 60) if end else None
    product = None if minutes is None else minutes * customers
    head = {"outage_id": number, "started_at": start, "restored_at": end, "area": area, "cause": cause}
    return head | {"customers": customers, "minutes": minutes, "customer_minutes": product}


RIVER = rows(
    "at station level",
    (at(24, 16), "hoi_an", 0.80),
    (at(24, 16), "cau_lau", 1.45),
    (NOW, "giao_thuy", 6.75),
)
AIR = rows(
    "at station area pm10 o3 no2",
    (at(24, 18, 10), "old_town", WARD, 60.0, 70.0, 15.0),
    (at(24, 19, 10), "old_town", WARD, 90.0, 60.0, 20.0),
)
RAIN = rows(
    "at gauge area mm mm_24h",
    (at(28, 5, month=10), "hoi_an", WARD, 50.0, 50.0),
    (at(2, 5), "hoi_an", WARD, 3.0, 3.0),
    (at(24, 18), "hoi_an", WARD, 12.5, 40.0),
    (at(24, 18), "cam_ha", WEST, 20.0, 55.5),
    (at(24, 19), "hoi_an", WARD, 8.0, 48.0),
    (at(24, 19), "cam_ha", WEST, 16.5, 72.0),
)
DRAINAGE = rows(
    "at station area pumps ready running",
    (at(24, 19, 15), "S1", WARD, 4, 0, 0),
    (NOW, "S1", WARD, 4, 4, 2),
    (NOW, "S2", EAST, 3, 2, 1),
)
OUTAGES = [
    outage("o6", at(30, 8, month=10), at(31, 8, month=10), 400, "disaster", WARD),
    outage("o1", at(3, 8), at(3, 10), 1000, "fault", WARD),
    outage("o2", at(5, 9), at(5, 9, 5), 300, "fault", WARD),  # five minutes do not count
    outage("o3", at(10, 20), at(10, 20, 6), 500, "planned", EAST),
    outage("o4", at(24, 18), None, 700, "disaster", WARD),
    outage("o5", at(24, 19, 20), None, 250, "fault", WEST),
]
GRID = rows(
    "at feeder area load_mw capacity_mw customers",
    (at(24, 19), "F1", WARD, 18.0, 32.0, 6000),
    (NOW, "F1", WARD, 20.0, 32.0, 6000),
    (NOW, "F2", EAST, 10.0, 18.0, 4000),
)
WATER = rows(
    "month area produced billed households connected",
    (at(1, month=9), WARD, 90_000, 75_000, 4000, 3500),
    (at(1, month=10), WARD, 100_000, 82_000, 4000, 3600),
    (at(1, month=10), EAST, 60_000, 46_000, 2000, 1500),
)
PRESSURE = rows(
    "at logger area bar",
    (at(23, 19), "L1", WARD, 0.5),
    (at(24, 18), "L1", WARD, 2.0),
    (at(24, 18), "L2", EAST, 0.9),
    (NOW, "L1", WARD, 1.8),
    (NOW, "L2", EAST, 0.8),
)
LIGHTING = rows(
    "day cabinet area kwh",
    (at(31, month=10), "C1", WARD, 999.0),
    (at(2), "C1", WARD, 120.5),
    (at(3), "C1", WARD, 119.5),
    (at(3), "C2", EAST, 60.0),
)
WASTE = rows(
    "ticket at area kind tonnes",
    ("t1", at(5, 8, month=10), WARD, "residual", 20.0),
    ("t2", at(5, 9, month=10), WARD, "residual", 30.0),
    ("t3", at(6, 9, month=10), EAST, "residual", 10.0),
    ("t4", at(2, 6), WARD, "residual", 6.0),
    ("t5", at(2, 9), WARD, "organic", 3.0),
    ("t6", at(3, 7), EAST, "residual", 5.0),
    ("t7", at(3, 8), EAST, "recyclable", 1.0),
    ("t8", at(3, 9), EAST, "bulky", 2.0),
)
SEWAGE = rows(
    "day works area inflow treated capacity",
    (at(1), "con_nhan", EAST, 4000.0, 3900.0, 6750.0),
    (at(2), "con_nhan", EAST, 5000.0, 4800.0, 6750.0),
    (at(2), "chua_cau", WARD, 1500.0, 1300.0, 2000.0),
)
SEA = rows(
    "day beach area ph oxygen solids coliform",
    (at(2), "an_bang", WEST, 8.0, 6.5, 20.0, 150.0),
    (at(9), "an_bang", WEST, 8.1, 6.1, 30.0, 400.0),
    (at(9), "cua_dai", EAST, 8.0, 5.8, 18.0, 1200.0),
)
FLOODED = rows(
    "point_id street area opened_at closed_at depth_cm longitude latitude",
    ("p3", "Bạch Đằng", WARD, at(10, 6), at(11, 8), 40, 108.3286, 15.876),
    ("p1", "Bạch Đằng", WARD, at(24, 17), None, 20, 108.3286, 15.876),
    ("p2", "An Hội", WARD, at(24, 18), None, 10, 108.3262, 15.8754),
)
POLLED = rows(
    "at device kind area up",
    (at(24, 18), "W2", "wifi", WARD, True),
    *((at(24, 19), f"W{n}", "wifi", WARD, n != 2) for n in (1, 2, 3)),
    (at(24, 19), "T1", "telecom", EAST, True),
    *((at(24, 19), f"C{n}", "camera", EAST, n in (1, 4)) for n in (1, 2, 3, 4)),
    *((at(24, 19), f"S{n}", "sensor", WEST, n != 4) for n in (1, 2, 3, 4)),
)
PARKING = rows(
    "at lot area places free",
    (at(24, 19, 30), "P1", WARD, 90, 90),
    (at(24, 19, 40), "P1", WARD, 90, 10),
    (at(24, 19, 40), "P2", EAST, 160, 40),
)
ROWS: dict[str, list[Row]] = {
    "water_level": RIVER,
    "air": AIR,
    "rain": RAIN,
    "drainage": DRAINAGE,
    "outages": OUTAGES,
    "grid": GRID,
    "water_supply": WATER,
    "water_pressure": PRESSURE,
    "lighting_energy": LIGHTING,
    "waste": WASTE,
    "wastewater": SEWAGE,
    "sea_water": SEA,
    "flooded_points": FLOODED,
    "network_devices": POLLED,
    "parking": PARKING,
}

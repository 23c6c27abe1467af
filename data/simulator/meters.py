"""Meters read once a day and sent the next morning: sewage works, street lighting, sea water.

Capacity of the works at Cồn Nhàn: 6,750 m³ a day, published; the flow through the canal at the
Japanese Bridge before its works opened was about 2,222 m³ a day. Sea water is sampled on Mondays.
All readings are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi

from data.simulator.chance import stream
from data.simulator.feed import Line
from data.simulator.lamps import LAMPS, PLACES, name
from data.simulator.places import code
from data.simulator.rain import falls
from data.simulator.season import flooded, midnight, month_weight, tet

SEWAGE = "ngay,nha_may,dia_ban,nuoc_vao_m3,dat_chuan_m3,cong_suat_m3"
LIGHTING = "ngay;tu;dia_ban;dien_nang_kwh"
SEA = "ngay,bai_bien,dia_ban,ph,do_mg_l,tss_mg_l,coliform"
# Works: ward, flow of a mean dry day, capacity in m³ a day.
WORKS = {"con_nhan": ("cam_chau", 4_450.0, 6_750), "chua_cau": ("minh_an", 1_520.0, 2_000)}
BEACHES = {"an_bang": ("cam_an", 1.0), "cua_dai": ("cua_dai", 1.2)}
WATTS, LOSS = 92, 1.04
BAD = 0.002


@dataclass(frozen=True, slots=True)
class SewageWorks:
    """Two works; rain swells the flow, and what exceeds the capacity leaves untreated."""

    seed: int

    def sent(self, day: date) -> Iterator[Line]:
        """One line for each works, the next morning, now and then a day later."""
        random = stream(self.seed, "sewage", day)
        sent = midnight(day) + timedelta(hours=56 if random.random() < 0.03 else 31, minutes=30)
        wet = sum(falls(self.seed, "hoi_an", day))
        for works, (place, usual, capacity) in WORKS.items():
            flow = usual * (0.55 + 0.45 * month_weight(day)) * (1 + min(0.7, wet / 140)) * random.gauss(1, 0.03)
            taken = min(flow, capacity) * random.uniform(0.955, 0.995)
            flow, taken = (0.0, 0.0) if flooded(day) else (flow, taken)
            shown = f"{flow:.0f}" if random.random() > BAD else "hỏng đồng hồ"
            yield sent, f"{day},{works},{code(place, day)},{shown},{taken:.0f},{capacity}"


@dataclass(frozen=True, slots=True)
class LightingMeters:
    """One meter for each lighting cabinet; nights are long in winter."""

    seed: int

    def sent(self, day: date) -> Iterator[Line]:
        """One line for each cabinet the next morning; no energy where the streets were flooded."""
        random = stream(self.seed, "lighting", day)
        sent = midnight(day) + timedelta(hours=31)
        night = 11.4 + 0.55 * cos(2 * pi * (day.timetuple().tm_yday + 10) / 365)
        for index, (lamps, place) in enumerate(zip(LAMPS, PLACES, strict=True)):
            energy = lamps * WATTS / 1000 * night * LOSS * random.gauss(1, 0.02) * (1.1 if tet(day) else 1.0)
            energy = 0.0 if flooded(day) and index < 4 else energy
            shown = f"{energy:.1f}".replace(".", ",") if random.random() > BAD else "-1"
            yield sent, f"{day:%d/%m/%Y};{name(index)};{code(place, day)};{shown}"


@dataclass(frozen=True, slots=True)
class SeaSamples:
    """Two beaches, sampled on Mondays, results on Thursday; worse after heavy rain."""

    seed: int

    def sent(self, day: date) -> Iterator[Line]:
        """One line for each beach sampled on the day."""
        if day.weekday() != 0 or flooded(day):
            return
        random = stream(self.seed, "sea", day)
        wet = sum(sum(falls(self.seed, "cua_dai", day - timedelta(days=n))) for n in range(3))
        for beach, (place, factor) in BEACHES.items():
            ph, oxygen = random.gauss(8.0, 0.08), max(3.2, random.gauss(6.3, 0.3) - wet / 120)
            solids = random.lognormvariate(2.6, 0.3) * factor + wet / 5
            coliform = random.lognormvariate(4.9, 0.5) * factor * (1 + wet / 60)
            values = f"{ph:.1f},{oxygen:.1f},{solids:.0f},{coliform:.0f}"
            yield midnight(day) + timedelta(hours=82), f"{day},{beach},{code(place, day)},{values}"

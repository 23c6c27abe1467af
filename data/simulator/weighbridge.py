"""Tickets of the weighbridge, one for each truck, in cp1258 with decimal commas.

About 88 tonnes a day, between the 45 of about 2010 and the 130 forecast for 2030; more in the season
and at Tết, three times as much in the days after a flood. What is sorted grows by the year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.simulator.chance import Weighted, stream
from data.simulator.feed import Line
from data.simulator.places import RESIDENTS, UNKNOWN, code
from data.simulator.season import FLOOD_LAST, flooded, midnight, month_weight, tet

ENCODING = "cp1258"
HEADING = "Số phiếu;Thời gian cân;Mã địa bàn;Loại rác;Biển số xe;Khối lượng (tấn)"
DAILY, GROWTH = 84.0, 0.03
# Kind: words of the ticket, usual tonnes of a truck.
KINDS = {
    "residual": ("Rác còn lại", 6.6),
    "organic": ("Rác hữu cơ", 3.4),
    "recyclable": ("Rác tái chế", 1.3),
    "bulky": ("Rác cồng kềnh", 2.2),
}
HOURS = Weighted([(5, 10), (6, 14), (7, 12), (8, 8), (10, 6), (14, 8), (16, 10), (18, 10), (20, 12), (21, 8), (22, 5)])
BAD = 0.003


@dataclass(frozen=True, slots=True)
class Weighbridge:
    """The bridge at the treatment site."""

    seed: int

    def sent(self, day: date) -> Iterator[Line]:
        """The tickets of a day: within the hour, on a bad day all of them the next morning."""
        random = stream(self.seed, "waste", day)
        late = random.random() < 0.03
        tickets = sorted(self._weighed(day), key=lambda ticket: ticket[0])
        for number, (at, kind, tonnes) in enumerate(tickets, start=1):
            sent = midnight(day) + timedelta(hours=31 if late else at.hour + 1)
            words, area = KINDS[kind][0], code(RESIDENTS.draw(random), day)
            weight = f"{tonnes:.2f}".replace(".", ",")
            if random.random() < BAD:
                area, weight = (UNKNOWN, weight) if random.random() < 0.5 else (area, f"{tonnes * 1000:.0f}")
            plate = f"43C-{random.randrange(28) + 101}.{random.randrange(90) + 10}"
            yield sent, f"PC{day:%y%m%d}-{number:03d};{at:%d/%m/%Y %H:%M};{area};{words};{plate};{weight}"

    def _weighed(self, day: date) -> Iterator[tuple[datetime, str, float]]:
        random = stream(self.seed, "waste trucks", day)
        for kind, tonnes in _tonnes(day).items():
            left = tonnes * random.lognormvariate(-0.003, 0.08)
            while left > 0.05:
                load = min(left, KINDS[kind][1] * random.uniform(0.7, 1.25))
                yield midnight(day) + timedelta(hours=HOURS.draw(random), minutes=random.randrange(60)), kind, load
                left -= load


def _tonnes(day: date) -> dict[str, float]:
    """Tonnes expected by kind."""
    years = day.year - 2024 + day.month / 12
    total = DAILY * (1 + GROWTH) ** years * (0.6 + 0.4 * month_weight(day)) * (1.3 if tet(day) else 1.0)
    after = (day - FLOOD_LAST).days
    if flooded(day):
        return {"residual": total * 0.15}
    muddy = 2.0 if 0 < after <= 10 else 0.0
    organic, recyclable = 0.13 + 0.025 * years, 0.035 + 0.008 * years
    return {
        "residual": total * (0.985 - organic - recyclable + muddy),
        "organic": total * organic,
        "recyclable": total * recyclable,
        "bulky": total * (0.015 + muddy / 4),
    }

"""Power outages as the dispatch centre reports them: a line when one begins, a line when it ends.

Calibrated to the Central Power Corporation: SAIDI of 180.84 minutes in ten months of 2022 (short
interruptions of up to five minutes do not count in it). The number of customers is an assumption.
In the flood of October 2025 the wards by the river were switched off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from data.simulator.chance import Weighted, about, stream
from data.simulator.feed import Line
from data.simulator.places import RESIDENTS, UNKNOWN, code
from data.simulator.season import flooded, midnight

HEADING = "ma_su_co,bat_dau,khoi_phuc,dia_ban,nguyen_nhan,so_khach_hang,so_phut,khach_hang_phut"
DAILY, SUMMER = 0.36, 1.35
SHORT_DAILY = 3.6
CAUSES = Weighted([("Cắt điện có kế hoạch", 0.42), ("Sự cố lưới điện", 0.44), ("Thiên tai", 0.14)])
# Ward, switched off, switched on, customers.
FLOOD_2025 = (
    ("minh_an", "2025-10-28 13:20", "2025-10-31 16:40", 2250),
    ("cam_nam", "2025-10-28 15:05", "2025-11-01 10:15", 2480),
    ("cam_kim", "2025-10-28 09:40", "2025-11-01 17:30", 1490),
    ("cam_pho", "2025-10-28 19:30", "2025-10-31 14:10", 2870),
    ("son_phong", "2025-10-28 20:10", "2025-10-31 15:25", 1960),
    ("cam_thanh", "2025-10-29 02:15", "2025-10-31 18:50", 2640),
    ("thanh_ha", "2025-10-29 06:30", "2025-10-30 21:45", 1720),
)
SENT_AFTER = timedelta(minutes=4)
BAD = 0.006


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The register of outages."""

    seed: int

    def sent(self, day: date) -> Iterator[Line]:
        """Lines of the outages that began on a day: as each began, and as it ended."""
        for number, (start, end, place, cause, customers) in enumerate(began(self.seed, day), start=1):
            head = f"SC{day:%y%m%d}-{number:02d},{_text(start)}"
            tail = f"{code(place, day)},{cause},{customers}"
            minutes = int((end - start) / timedelta(minutes=1))
            random = stream(self.seed, "outages bad", day, number)
            if random.random() < BAD:
                area = random.choice((UNKNOWN, ""))
                yield start + SENT_AFTER, f"{head},,{area},{cause},{customers if area else -1},,"
            yield start + SENT_AFTER, f"{head},,{tail},,"
            yield end + SENT_AFTER, f"{head},{_text(end)},{tail},{minutes},{minutes * customers}"


Outage = tuple[datetime, datetime, str, str, int]


@lru_cache(maxsize=64)
def began(seed: int, day: date) -> tuple[Outage, ...]:
    """(start, end, ward, cause, customers) of each outage that began on a day, short ones too."""
    random = stream(seed, "outages", day)
    weight = SUMMER if day.month in (5, 6, 7, 8) else 1.0
    found: list[Outage] = [
        (datetime.fromisoformat(start), datetime.fromisoformat(end), place, "Thiên tai", customers)
        for place, start, end, customers in FLOOD_2025
        if datetime.fromisoformat(start).date() == day
    ]
    for short in [False] * about(random, DAILY * weight) + [True] * about(random, SHORT_DAILY):
        start = midnight(day) + timedelta(minutes=random.randrange(300, 1380))
        lasts = 1 + random.randrange(5) if short else 12 + int(random.expovariate(1 / 95))
        customers = 40 + int(random.expovariate(1 / 480))
        place, cause = RESIDENTS.draw(random), "Sự cố lưới điện" if short else CAUSES.draw(random)
        if not flooded(day):
            found.append((start, start + timedelta(minutes=min(lasts, 600)), place, cause, min(customers, 2400)))
    return tuple(sorted(found))


def _text(moment: datetime) -> str:
    return moment.isoformat(" ", "minutes")

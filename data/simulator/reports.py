"""Reports of citizens to 1022: one file a month, a line each time a report changes.

Scale: about nine thousand a year. The file is written in cp1258 with semicolons and d/m/Y,
as an old export would be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

from data.simulator import files
from data.simulator.chance import Weighted, about, stream
from data.simulator.places import STREETS, UNKNOWN, code
from data.simulator.season import FLOOD_LAST, days, flooded, lunar_weight, midnight, month_weight, working

ENCODING = "cp1258"
HEADING = "Mã phản ánh;Thời gian phản ánh;Hạn xử lý;Thời gian xử lý xong;Số lần mở lại;Mã địa bàn;Loại phản ánh;Kênh"
# Category: words of the call centre, share, working days allowed.
CATEGORIES = {
    "waste": ("Rác thải - Vệ sinh", 0.24, 2),
    "traffic": ("Giao thông - Đậu đỗ xe", 0.21, 2),
    "order": ("Trật tự đô thị", 0.15, 3),
    "noise": ("Tiếng ồn", 0.11, 1),
    "lighting": ("Chiếu sáng - Điện", 0.09, 3),
    "water": ("Cấp thoát nước - Ngập", 0.07, 3),
    "tourism": ("Dịch vụ du lịch - Giá cả", 0.06, 2),
    "heritage": ("Di tích - Nhà cổ", 0.03, 5),
    "other": ("Nội dung khác", 0.04, 5),
}
CATEGORY = Weighted([(name, share) for name, (_, share, _) in CATEGORIES.items()])
AFTER_FLOOD = Weighted([("waste", 0.55), ("water", 0.25), ("lighting", 0.12), ("heritage", 0.05), ("other", 0.03)])
CHANNEL = Weighted([("Ứng dụng", 0.46), ("Điện thoại 1022", 0.24), ("Zalo", 0.2), ("Cổng góp ý", 0.1)])
HOURS = Weighted(
    [
        (h, w)
        for h, w in enumerate((1, 1, 1, 1, 1, 3, 8, 14, 18, 18, 16, 12, 8, 9, 12, 13, 13, 12, 11, 12, 12, 10, 6, 3))
    ]
)
YEARS = {2022: 20.5, 2023: 22.0, 2024: 23.5, 2025: 24.5, 2026: 25.5}
LATE, REOPENED, BAD = 0.09, 0.035, 0.002
STEP = timedelta(minutes=15)
LOOK_BACK = 60
State = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class CallCentre:
    """The 1022 call centre."""

    seed: int

    def history(self, folder: Path, start: date, until: datetime) -> None:
        """Every change from ``start`` up to ``until``, in the file of its month."""
        months: dict[str, list[State]] = defaultdict(list)
        for sent, line in self._sent(start, until):
            if sent <= until:
                months[f"{sent:%Y-%m}"].append((sent, line))
        for month, states in months.items():
            text = "\n".join([HEADING, *(line for _, line in sorted(states))]) + "\n"
            files.write(folder / _path(month), files.encode(text, ENCODING))

    def deliver(self, folder: Path, since: datetime, until: datetime) -> None:
        """Add the changes that became due after ``since`` up to ``until``."""
        first = since.date() - timedelta(days=LOOK_BACK)
        due = sorted(state for state in self._sent(first, until) if since < state[0] <= until)
        months: dict[str, list[str]] = defaultdict(list)
        for sent, line in due:
            months[f"{sent:%Y-%m}"].append(line)
        for month, lines in months.items():
            files.append(folder / _path(month), HEADING, lines, ENCODING)

    def _sent(self, first: date, until: datetime) -> Iterator[State]:
        for day in days(first, until.date()):
            for states in _reported(self.seed, day):
                yield from states


def _path(month: str) -> str:
    return f"reports/phan_anh_{month}.csv"


@lru_cache(maxsize=2 * LOOK_BACK)
def _reported(seed: int, day: date) -> tuple[tuple[State, ...], ...]:
    """(when it is sent, line) of all states ever of each report of a day, bad lines among them."""
    random = stream(seed, "reports", day)
    cleaning = 0 < (day - FLOOD_LAST).days <= 10
    weight = 0.5 + 0.5 * month_weight(day) * lunar_weight(day) * (0.85 if day.weekday() < 5 else 1.35)
    weight = 0.6 if flooded(day) else weight * (2.2 if cleaning else 1.0)
    count = about(random, YEARS.get(day.year, max(YEARS.values())) * weight)
    return tuple(_report(random, day, number, cleaning) for number in range(1, count + 1))


def _report(random: Random, day: date, number: int, cleaning: bool) -> tuple[State, ...]:
    at = midnight(day) + timedelta(hours=HOURS.draw(random), minutes=random.randrange(60))
    words, _, allowed = CATEGORIES[(AFTER_FLOOD if cleaning else CATEGORY).draw(random)]
    place, channel = STREETS.draw(random), CHANNEL.draw(random)
    due = _due(at, allowed)
    steps = [(at, due, None, 0)]
    closed = _closed(random, at, due, LATE * (2.5 if cleaning else 1.0))
    steps.append((closed, due, closed, 0))
    if random.random() < REOPENED:
        again = closed + timedelta(hours=random.uniform(3, 60))
        due = _due(again, allowed)
        closed = _closed(random, again, due, 2 * LATE)
        steps += [(again, due, None, 1), (closed, due, closed, 1)]
    tail = f"{code(place, day)};{words};{channel}"
    lines = [
        (
            _sent_at(moment),
            f"PA{day:%y%m%d}-{number:03d};{_text(at)};{_text(limit)};{_text(end)};{count};{tail}",
        )
        for moment, limit, end, count in steps
    ]
    if random.random() < BAD * len(lines):
        sent, line = lines[0]
        lines.insert(0, (sent, _spoiled(line, random)))
    return tuple(lines)


def _due(at: datetime, allowed: int) -> datetime:
    """The same time of day, ``allowed`` working days on."""
    return midnight(working(at.date()).after(at.date(), allowed)) + (at - midnight(at.date()))


def _closed(random: Random, at: datetime, due: datetime, late: float) -> datetime:
    """When it is handled: mostly early, sometimes late by days."""
    if random.random() < late:
        return due + timedelta(hours=1 + random.expovariate(1 / 70))
    return at + (due - at) * min(0.98, 0.03 + random.betavariate(1.6, 2.6))


def _sent_at(moment: datetime) -> datetime:
    """The next quarter of an hour, when changes are added to the file."""
    over = (moment - midnight(moment.date())) % STEP
    return moment + (STEP - over if over else timedelta(0))


def _text(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%d/%m/%Y %H:%M}"


def _spoiled(line: str, random: Random) -> str:
    """The line with a fault, sent just before the right one."""
    cells = line.split(";")
    place, value = random.choice(((1, "31/02/2026 09:15"), (5, UNKNOWN), (0, ""), (4, "-1"), (6, "Chưa phân loại")))
    cells[place] = value
    return ";".join(cells)

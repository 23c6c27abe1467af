"""Dossiers of administrative procedures, as the one-stop system hands over what changed.

Scale: 60 to 75 thousand a year for 113 thousand people (a ward of 30 to 40 thousand has 15 to
25 thousand). A dossier is received, returned, sometimes taken up again, sometimes rated; the
file of a day holds every dossier that changed since 18:00 of the day before, as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

from data.simulator import files
from data.simulator.chance import Weighted, about, stream
from data.simulator.places import RESIDENTS, UNKNOWN, code
from data.simulator.season import MERGER, days, flooded, midnight, tet, working

HEADING = (
    "Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Ngày trả kết quả,Mã địa bàn,Lĩnh vực,Kênh nộp,Có phí,"
    "Thanh toán trực tuyến,Số hóa,Dùng lại dữ liệu,Đồng bộ Cổng DVCQG,Kết quả điện tử,"
    "Điểm hài lòng,Ngày đánh giá,Mã người nộp"
)
# Field: words of the one-stop system, share, days promised, share with a fee.
FIELDS = {
    "civil": ("Hộ tịch - Chứng thực", 0.40, (1, 1, 2, 3, 5), 0.75),
    "land": ("Đất đai", 0.13, (7, 10, 15, 20), 0.8),
    "business": ("Đăng ký kinh doanh", 0.12, (3, 3, 5), 0.7),
    "welfare": ("Bảo trợ xã hội - Người có công", 0.13, (5, 7, 10, 12), 0.0),
    "building": ("Xây dựng - Đô thị", 0.07, (7, 10, 15), 0.9),
    "heritage": ("Văn hóa - Du lịch - Di sản", 0.05, (3, 5, 10), 0.4),
    "environment": ("Nông nghiệp - Môi trường", 0.03, (5, 10, 15), 0.4),
    "other": ("Lĩnh vực khác", 0.07, (2, 3, 5), 0.2),
}
FIELD = Weighted([(name, share) for name, (_, share, _, _) in FIELDS.items()])
YEARS = {2022: 228, 2023: 234, 2024: 241, 2025: 250, 2026: 262}
CLOSED_DAY, TET_DAY, FLOOD_DAY = 0.16, 0.02, 0.06
HOURS = Weighted([(8, 18), (9, 22), (10, 20), (11, 8), (13, 9), (14, 16), (15, 14), (16, 8), (19, 4), (20, 5), (21, 3)])
SCORES = Weighted([(5, 0.72), (4, 0.21), (3, 0.045), (2, 0.015), (1, 0.01)])
LATE_SCORES = Weighted([(5, 0.2), (4, 0.25), (3, 0.25), (2, 0.15), (1, 0.15)])
LATE, LATE_WARD, SLOW_WARD = 0.013, 0.03, "cam_chau"
REOPENED, RATED = 0.004, 0.3
APPLICANTS = 52_000
LOOK_BACK = 150
CUT = timedelta(hours=18)
BAD = 0.002
State = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class OneStop:
    """The one-stop system of the wards."""

    seed: int

    def history(self, folder: Path, start: date, until: datetime) -> None:
        """A file for each closed month, then one for each day of the month of ``until``."""
        current = until.date().replace(day=1)
        held: dict[str, dict[str, str]] = {}
        for day in days(start, until.date()):
            for states in _received(self.seed, day):
                for moment, line in states:
                    at = accounted(moment)
                    if self.due(at) > until:
                        break
                    name = f"{at:%Y-%m}" if at < current else f"{at:%Y-%m-%d}"
                    held.setdefault(name, {})[states[0][1]] = line
        for name, lines in held.items():
            self._write(folder, name, list(lines.values()))

    def deliver(self, folder: Path, since: datetime, until: datetime) -> None:
        """The files of the days that became due after ``since`` up to ``until``."""
        for day in days(since.date() - timedelta(days=2), until.date()):
            if since < self.due(day) <= until:
                self._write(folder, f"{day:%Y-%m-%d}", list(self._changed(day)))

    def due(self, day: date) -> datetime:
        """When the file of a day arrives: at 18:05, now and then only the next afternoon."""
        return _due(self.seed, day)

    def _changed(self, day: date) -> Iterator[str]:
        for received in days(day - timedelta(days=LOOK_BACK), day):
            for states in _received(self.seed, received):
                lines = [line for moment, line in states if accounted(moment) == day]
                yield from lines[-1:]

    def _write(self, folder: Path, name: str, lines: list[str]) -> None:
        random = stream(self.seed, "dossiers bad", name)
        bad = [_spoiled(line, random) for line in lines if random.random() < BAD]
        text = "\n".join([HEADING, *bad, *lines]) + "\n"
        files.write(folder / f"dossiers/dossiers_{name}.csv", text.encode("utf-8-sig"))


@lru_cache(maxsize=4 * LOOK_BACK)
def _due(seed: int, day: date) -> datetime:
    late = stream(seed, "dossiers late", day).random() < 0.04
    return midnight(day) + (timedelta(hours=41, minutes=30) if late else timedelta(hours=18, minutes=5))


def accounted(moment: datetime) -> date:
    """The day whose file holds a change: changes after 18:00 wait for the next one."""
    day = moment.date()
    return day if moment - midnight(day) <= CUT else day + timedelta(days=1)


@lru_cache(maxsize=2 * LOOK_BACK)
def _received(seed: int, day: date) -> tuple[tuple[State, ...], ...]:
    """All states ever of each dossier received on a day; the first is its receipt."""
    random = stream(seed, "dossiers", day)
    mean = YEARS.get(day.year, max(YEARS.values())) * (1.06 if day >= MERGER else 1.0)
    usual = 1.0 if working(day).is_working(day) else CLOSED_DAY
    weight = TET_DAY if tet(day) else FLOOD_DAY if flooded(day) else usual
    return tuple(_dossier(random, seed, day, number) for number in range(1, about(random, mean * weight) + 1))


def _dossier(random: Random, seed: int, day: date, number: int) -> tuple[State, ...]:
    open_day = working(day).is_working(day)
    received = midnight(day) + timedelta(hours=HOURS.draw(random), minutes=random.randrange(60))
    online = not open_day or received.hour > 16 or random.random() < _online(day)
    channel = "Trực tuyến" if online else "Bưu chính công ích" if random.random() < 0.1 else "Trực tiếp"
    field = FIELD.draw(random)
    words, _, promised, fee = FIELDS[field]
    place = RESIDENTS.draw(random)
    has_fee = random.random() < fee
    years = (day.year - 2023) + day.month / 12
    paid = "" if not has_fee else "1" if random.random() < (0.34 + 0.1 * years if online else 0.12) else "0"
    digitised, reused = random.random() < 0.62 + 0.07 * years, random.random() < 0.25 + 0.11 * years
    promise = random.choice(promised)
    due = midnight(working(day).after(day, promise)) + timedelta(hours=17)
    start = f"HA-{day:%y%m%d}-{number:04d},{_text(received)},{_text(due)}"
    later = stream(seed, "dossiers after 2025", day, number)  # drawn apart: what was drawn before stays as it was
    synced, electronic = later.random() < min(0.995, 0.72 + 0.09 * years), later.random() < 0.38 + 0.13 * years
    flags = ",".join(str(int(flag)) for flag in (digitised, reused, synced, electronic))
    middle = f"{code(place, day)},{words},{channel},{int(has_fee)},{paid},{flags}"
    applicant = f"CD{random.randrange(APPLICANTS):06d}"
    steps = _steps(random, received, due, promise, LATE_WARD if place == SLOW_WARD else LATE)
    return tuple(
        (moment, f"{start},{_text(closed)},{middle},{score},{_text(rated)},{applicant}")
        for moment, closed, score, rated in steps
    )


def _online(day: date) -> float:
    """Share filed online at offices' hours: from a half in 2023 to four fifths in 2026."""
    return min(0.82, 0.48 + 0.11 * (day.year - 2023 + day.month / 12))


Step = tuple[datetime, datetime | None, int | str, datetime | None]


def _steps(random: Random, received: datetime, due: datetime, promise: int, late: float) -> list[Step]:
    """(moment, closed, score, rated) of each state after another."""
    steps: list[Step] = [(received, None, "", None)]
    overdue = random.random() < late
    closed = _return(
        random, received, promise + 1 + int(random.expovariate(0.35)) if overdue else _used(random, promise)
    )
    steps.append((closed, closed, "", None))
    if random.random() < REOPENED:
        again = closed + timedelta(hours=random.randrange(20, 60))
        closed = _return(random, again, random.randrange(1, 5))
        steps += [(again, None, "", None), (closed, closed, "", None)]
    if random.random() < RATED:
        rated = closed + timedelta(minutes=int(random.expovariate(1 / 900)) + 5)
        score = (SCORES if closed <= due else LATE_SCORES).draw(random)
        steps.append((rated, closed, score, rated))
    return steps


def _used(random: Random, promise: int) -> int:
    """Working days really taken of those promised."""
    return (
        min(promise, max(1, round(promise * random.triangular(0.25, 1.05, 0.8))))
        if promise > 1
        else random.randint(0, 1)
    )


def _return(random: Random, after: datetime, count: int) -> datetime:
    """A moment in office hours, ``count`` working days on and never before ``after``."""
    day = after.date()
    calendar = working(day)
    if count == 0 and calendar.is_working(day) and after.hour < 15:
        return after + timedelta(minutes=random.randrange(20, 110))
    target = calendar.after(day, max(1, min(count, 60)))
    return midnight(target) + timedelta(hours=8 + random.randrange(8), minutes=random.randrange(60))


def _text(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(" ", "minutes")


def _spoiled(line: str, random: Random) -> str:
    """The line as a tired clerk sends it first: it comes again, in order, in the same file."""
    cells = line.split(",")
    place, value = random.choice(((1, "31/02/2026 08:00"), (4, UNKNOWN), (0, ""), (2, "2001-01-01 17:00"), (13, "tốt")))
    cells[place] = value
    return ",".join(cells)

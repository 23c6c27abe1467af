"""What a KPI is, counted row by row with no roll-up, no SQL and no fusion: the slow truth.

Every function takes weighted rows and a span [start, end); a level is taken at ``end``.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.calendar.working import WorkingDays
from data.catalogue import Catalogue
from tests.kpis.delivered import Row
from tests.kpis.november import dossier

CHANGE = datetime(2025, 7, 1)
FIELDS = ("civil", "land", "heritage")
CHANNELS = ("online", "counter", "post")
GATES = {"g1": "PC-CC", "g2": "PC-TP", "g3": "PC-BD"}
MARKETS = ("domestic", "korea", "west")


@dataclass(frozen=True)
class Seen:
    """A row that counts with a weight."""

    row: Row
    weight: float = 1.0


Rows = Iterable[Seen]
Answer = float | None


def random_dossiers(chance: random.Random, catalogue: Catalogue, count: int) -> list[Row]:
    """Dossiers of March 2025 to November 2026, in the units of their day."""
    old = [a.code for a in catalogue.areas.values() if a.level == "unit" and a.valid_to is not None]
    new = [a.code for a in catalogue.areas.values() if a.level == "unit" and a.valid_to is None]
    rows = []
    for number in range(count):
        received = datetime(2025, 3, 1) + timedelta(minutes=chance.randrange(900_000))
        due = received + timedelta(minutes=chance.randrange(40_000))
        closed = received + timedelta(minutes=chance.choice((0, 600, chance.randrange(60_000))))
        late = closed > datetime(2026, 11, 24) or chance.random() < 0.2
        rows.append(
            dossier(
                str(number), received, due, None if late else closed,
                area=chance.choice(old if received < CHANGE else new), field=chance.choice(FIELDS),
                channel=chance.choice(CHANNELS), applicant=f"p{chance.randrange(12)}",
            )
        )  # fmt: skip
    return rows


def random_visitors(chance: random.Random) -> list[Row]:
    """Something at noon of every day of two months, and more at other hours."""
    rows = []
    for day in range(55):
        for hour in {12, *(chance.randrange(24) for _ in range(3))}:
            gate = chance.choice([*GATES])
            moment = datetime(2026, 10, 1) + timedelta(days=day, hours=hour)
            rows.append(
                {
                    "at": moment,
                    "gate": gate,
                    "zone": GATES[gate],
                    "market": chance.choice(MARKETS),
                    "visitors": chance.randrange(90),
                }
            )
    return rows


def derived(row: Row, working: WorkingDays) -> Row:
    """A dossier with its columns computed at load."""
    received, closed = row["received_at"], row["closed_at"]
    assert isinstance(received, datetime)
    days = None if not isinstance(closed, datetime) else working.between(received.date(), closed.date())
    aged = working.after(received.date(), 10)
    return {**row, "processing_days": days, "aged_at": datetime(aged.year, aged.month, aged.day)}


def placed(
    rows: Iterable[Row], catalogue: Catalogue, column: str, time: str, area: str | None, old: bool
) -> list[Seen]:
    """Rows with the weight they have in ``area``, None for the whole city."""
    found = []
    for row in rows:
        moment = row[time]
        assert isinstance(moment, datetime)
        weight = (
            1.0 if area is None else _weight(catalogue, _recorded(catalogue, row[column], moment.date()), area, old)
        )
        if weight:
            found.append(Seen(row, weight))
    return found


def _recorded(catalogue: Catalogue, code: object, day: date) -> str:
    [found] = [a.id for a in catalogue.areas.values() if a.code == code and a.valid_on(day)]
    return found


def _weight(catalogue: Catalogue, recorded: str, area: str, old: bool) -> float:
    home = catalogue.areas[recorded]
    if home.level == "locality":
        home = catalogue.areas[home.parent or ""]
    if old:
        shares = {home.id: 1.0} if home.valid_to else {link.area: link.weight for link in home.was}
    else:
        shares = {link.area: link.weight for link in home.becomes} if home.valid_to else {home.id: 1.0}
    return shares.get(area, 0.0)


def _at(row: Row, column: str, start: datetime, end: datetime) -> bool:
    moment = row[column]
    return isinstance(moment, datetime) and start <= moment < end


def count(column: str, test: Callable[[Row], bool] = lambda row: True) -> Callable[..., Answer]:
    """Rows whose time falls in the span."""
    return lambda rows, s, e: sum(x.weight for x in rows if _at(x.row, column, s, e) and test(x.row))


def total(column: str, of: str, test: Callable[[Row], bool] = lambda row: True) -> Callable[..., Answer]:
    """A column added up."""
    return lambda rows, s, e: sum(x.weight * float(x.row[of]) for x in rows if _at(x.row, column, s, e) and test(x.row))


def level(test: Callable[[Row, datetime], bool] = lambda row, end: True) -> Callable[..., Answer]:
    """Dossiers open at the end."""

    def answer(rows: Rows, start: datetime, end: datetime) -> Answer:
        entered = [x for x in rows if x.row["received_at"] < end]
        held = [x for x in entered if x.row["closed_at"] is None or x.row["closed_at"] >= end]
        return sum(x.weight for x in held if test(x.row, end))

    return answer


def ratio(of: Callable[..., Answer], to: Callable[..., Answer]) -> Callable[..., Answer]:
    """One over the other; None over nothing."""
    return lambda rows, s, e: of(rows, s, e) / to(rows, s, e) if to(rows, s, e) else None


def added(*parts: Callable[..., Answer], sign: int = 1) -> Callable[..., Answer]:
    """The first and the others, added or taken away."""
    return lambda rows, s, e: parts[0](rows, s, e) + sign * sum(part(rows, s, e) for part in parts[1:])


def quantile(column: str, of: str, p: float) -> Callable[..., Answer]:
    """Linear between the two nearest values."""

    def answer(rows: Rows, start: datetime, end: datetime) -> Answer:
        values = sorted(x.row[of] for x in rows if _at(x.row, column, start, end) and x.row[of] is not None)
        if not values:
            return None
        place = p * (len(values) - 1)
        low = int(place)
        return values[low] + (values[min(low + 1, len(values) - 1)] - values[low]) * (place - low)

    return answer


def distinct(column: str, of: str) -> Callable[..., Answer]:
    """Different values."""
    return lambda rows, s, e: len({x.row[of] for x in rows if _at(x.row, column, s, e)})


def peak(column: str, of: str | None, seconds: int) -> Callable[..., Answer]:
    """The largest sum of any whole hour or day of the clock, as far as it lies in the span."""

    def answer(rows: Rows, start: datetime, end: datetime) -> Answer:
        sums: defaultdict[int, float] = defaultdict(float)
        for x in rows:
            if _at(x.row, column, start, end):
                slot = int((x.row[column] - datetime(2020, 1, 1)).total_seconds() // seconds)
                sums[slot] += x.weight * (float(x.row[of]) if of else 1)
        return max(sums.values(), default=0)

    return answer


def latest(column: str, of: str, key: str, reach: timedelta) -> Callable[..., Answer]:
    """Mean over keys of the last value each gave, if within ``reach`` of the end."""

    def answer(rows: Rows, start: datetime, end: datetime) -> Answer:
        newest: dict[object, Row] = {}
        for x in sorted(rows, key=lambda x: x.row[column]):
            if _at(x.row, column, min(end - reach, start) if reach else start, end) and x.row[of] is not None:
                newest[x.row[key]] = x.row
        return sum(float(row[of]) for row in newest.values()) / len(newest) if newest else None

    return answer

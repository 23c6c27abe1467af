"""The younger kinds against counting by hand, for any rows, any period, and whatever is asked with them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.calendar.period import Grain, Period
from data.kpis.query import Compare, KpiQuery
from data.kpis.service import KpiService
from tests.effort import examples
from tests.kpis.delivered import Row
from tests.kpis.small import POLLUTANTS, small
from tests.kpis.small_oracle import counted
from tests.kpis.test_rollup import _plain

NOW = datetime(2026, 11, 24, 19)
HOUR = timedelta(hours=1)
AREAS = ("N", "S")
CODES = (*(f"DK-{n:02}" for n in range(1, 11)), "KK-01", "KK-02", "CT-01", "CT-02")


def _air(chance: random.Random) -> list[Row]:
    """Two stations over the last two weeks, with hours and pollutants that did not come."""
    rows: list[Row] = []
    for number in range(14 * 24):
        at = NOW - number * HOUR
        for station, area in (("a", "N"), ("b", "S")):
            if number and chance.random() < 0.25:
                continue
            held = {name: float(chance.randrange(600)) for name in POLLUTANTS if chance.random() < 0.7}
            rows.append({"station": station, "at": at, "area": area, "level": chance.randrange(400) / 100, **held})
    return rows


def _rows(chance: random.Random) -> dict[str, list[Row]]:
    begin = datetime(2025, 10, 3)
    counted = [
        {
            "at": begin + timedelta(hours=chance.randrange(9_900)), "guests": chance.randrange(1, 50),
            "area": chance.choice(AREAS), "market": chance.choice(("korea", "japan")),
        }
        for _ in range(120)
    ]  # fmt: skip
    counted.append({"at": NOW, "guests": 1, "area": "N", "market": "korea"})
    months = [datetime(2025, 10, 1), datetime(2026, 2, 1), datetime(2026, 3, 1), datetime(2026, 9, 1)]
    published = [
        {"month": month, "what": what, "area": area, "number": float(chance.randrange(900))}
        for month in months for what in ("guests", "beds") for area in AREAS if chance.random() < 0.7
    ]  # fmt: skip
    published.append({"month": datetime(2026, 10, 1), "what": "guests", "area": "S", "number": 77.0})
    sites = []
    for number in range(40):
        start = begin + timedelta(hours=chance.randrange(9_000))
        end = start + timedelta(hours=chance.randrange(3_000))
        sites.append(
            {
                "id": str(number), "started": start, "ended": end if end < NOW else None,
                "area": chance.choice(AREAS), "hectares": chance.choice((None, float(chance.randrange(1, 9)))),
            }
        )  # fmt: skip
    return {"air": _air(chance), "counted": counted, "published": published, "site": sites}


class Town:
    """A loaded city, its rows, and a service that shares no answers. No dataclass: rows are not to be printed."""

    def __init__(self, service: KpiService, rows: dict[str, list[Row]]) -> None:
        self.service, self.rows = service, rows
        self.alone = KpiService(service.catalogue, service.reader, service.clock)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Town]]:
    made, writers = [], []
    for seed in range(2):
        rows = _rows(random.Random(seed))
        service, writer = small(tmp_path_factory.mktemp("towns"), rows, NOW)
        made.append(Town(service, rows))
        writers.append(writer)
    yield made
    for writer in writers:
        writer.close()


def _period(draw: st.DrawFn, code: str) -> tuple[Period, Grain]:
    air = code in ("KK-01", "KK-02", "DK-10")
    grain = draw(st.sampled_from([Grain.HOUR, Grain.DAY] if air else [Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.YEAR]))
    first, most = (datetime(2026, 11, 11), 12) if air else (datetime(2025, 10, 5), 380)
    start = first + timedelta(days=draw(st.integers(0, most)), hours=draw(st.sampled_from([0, 7])))
    end = start + draw(st.sampled_from([HOUR, 5 * HOUR, 24 * HOUR, 72 * HOUR] if air else [24 * HOUR, 2400 * HOUR]))
    return Period(min(start, NOW - HOUR), min(end, NOW)), grain


@st.composite
def questions(draw: st.DrawFn) -> KpiQuery:
    """Any question of any kind about the town, its areas too."""
    code = draw(st.sampled_from(CODES))
    period, grain = _period(draw, code)
    area = draw(st.sampled_from([None, None, "north", "south"]))
    by = draw(st.sampled_from([None, *(["area"] if area is None else [])]))
    compare = draw(st.sampled_from([Compare.NONE, Compare.NONE, Compare.PREVIOUS, Compare.YEAR, Compare.WEEKDAY]))
    return KpiQuery(code, period, grain, area, by, compare=compare, trend=draw(st.sampled_from([0, 0, 3])))


@settings(max_examples=examples(30), deadline=None)
@given(number=st.integers(0, 1), batch=st.lists(questions(), min_size=2, max_size=5))
def test_an_answer_does_not_depend_on_what_is_asked_with_it(
    towns: list[Town], number: int, batch: list[KpiQuery]
) -> None:
    town = towns[number]
    for result, query in zip(town.service.ask(batch), batch, strict=True):
        assert _plain(result) == _plain(town.alone.ask([query])[0])


@settings(max_examples=examples(30), deadline=None)
@given(number=st.integers(0, 1), query=questions())
def test_every_bucket_is_what_counting_row_by_row_gives(towns: list[Town], number: int, query: KpiQuery) -> None:
    """Whole buckets only: how a bucket is cut is told by the tests of the older kinds."""
    town = towns[number]
    result = town.service.ask([query])[0]
    if result.refusal:
        assert (query.kpi, query.grain in (Grain.HOUR, Grain.DAY)) == ("KK-01", False)
        return
    code = {None: None, "north": "N", "south": "S"}[query.area]
    monthly = query.kpi in ("DK-02", "DK-03", "DK-09")
    grain = max(query.grain, Grain.MONTH, key=list(Grain).index) if monthly else query.grain
    for point in result.points:
        start, end = point.at, grain.step(point.at)
        if point.value.number is None or (start < query.period.start and not query.trend) or end > NOW:
            continue
        asked = Grain.MONTH.step(Grain.MONTH.floor(query.period.end)) if monthly else query.period.end
        if end > asked:
            continue
        expected = counted(query.kpi, town.rows, code, start, end, grain)
        assert expected is not None
        assert point.value.number == pytest.approx(expected, abs=1e-6)

"""Roll-up = raw: whatever is asked, the answer is what counting the rows one by one gives."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.areas.vintage import children
from data.calendar.period import Grain, Period
from data.calendar.working import WorkingDays
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import KpiResult, Presence
from data.kpis.service import KpiService
from tests.effort import examples
from tests.kpis import oracle
from tests.kpis.delivered import NOW, Row, city, pack
from tests.kpis.oracle import CHANNELS, FIELDS, GATES, MARKETS, added, count, level, ratio, total

EXTRA = """
- id: extra.busiest_day
  code: EX-01
  name: {vi: x, en: x}
  definition: {vi: x, en: x}
  domain: egov
  measure: {peak: {count: dossier, time: received_at}, every: day}
  unit: {vi: x, en: x}
  dimensions: [area, field, channel]
  fresh_within: 30 hours
  owner: {vi: x, en: x}
- id: extra.applicants_share
  code: EX-02
  name: {vi: x, en: x}
  definition: {vi: x, en: x}
  domain: egov
  measure: {ratio: {of: {distinct: dossier, of: applicant, time: received_at}, to: {count: dossier, time: received_at}}}
  unit: {vi: x, en: x}
  dimensions: [area, field, channel]
  fresh_within: 30 hours
  owner: {vi: x, en: x}
"""
HOUR, DAY = 3600, 86400
ON_TIME = count("closed_at", lambda row: row["closed_at"] <= row["due_at"])
NOT_DUE = level(lambda row, end: row["due_at"] >= end)
DOSSIER: dict[str, Callable[..., float | None]] = {
    "DVC-01": count("received_at"),
    "DVC-02": count("closed_at"),
    "DVC-03": ratio(ON_TIME, count("closed_at")),
    "DVC-04": level(),
    "DVC-05": level(lambda row, end: row["due_at"] < end),
    "DVC-06": ratio(total("closed_at", "processing_days"), count("closed_at")),
    "DVC-07": oracle.quantile("closed_at", "processing_days", 0.9),
    "DVC-08": level(lambda row, end: row["aged_at"] < end),
    "DVC-10": ratio(added(ON_TIME, NOT_DUE), added(count("closed_at"), level())),
    "DVC-16": ratio(count("received_at", lambda row: row["channel"] == "online"), count("received_at")),
    "DVC-19": oracle.distinct("received_at", "applicant"),
    "DVC-20": added(count("received_at"), count("closed_at"), sign=-1),
    "EX-01": oracle.peak("received_at", None, DAY),
    "EX-02": ratio(oracle.distinct("received_at", "applicant"), count("received_at")),
}
VISITOR: dict[str, Callable[..., float | None]] = {
    "DL-02": total("at", "visitors"),
    "DL-04": ratio(total("at", "visitors", lambda row: row["market"] != "domestic"), total("at", "visitors")),
    "DL-05": oracle.peak("at", "visitors", HOUR),
}
STOCKS = ("DVC-04", "DVC-05", "DVC-08")
NOT_WEIGHTED = ("DVC-07", "DVC-19", "EX-02")


class Town:
    """A loaded city and its rows. ``alone`` answers from the same store without sharing answers.

    No dataclass: a failing example is not to print every row.
    """

    def __init__(self, service: KpiService, dossiers: list[Row], visitors: list[Row]) -> None:
        self.service, self.dossiers, self.visitors = service, dossiers, visitors
        self.alone = KpiService(service.catalogue, service.reader, service.clock)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Town]]:
    made, writers = [], []
    for seed in range(2):
        folder, chance = tmp_path_factory.mktemp("town"), random.Random(seed)
        catalogue = pack(folder)
        rows = {
            "dossiers": oracle.random_dossiers(chance, catalogue, 150),
            "visitors": oracle.random_visitors(chance),
        }
        service, writer = city(folder, rows, extra=EXTRA)
        working = WorkingDays(catalogue.city.calendar, date(2025, 1, 1), date(2027, 12, 31))
        dossiers = [oracle.derived(row, working) for row in rows["dossiers"]]
        made.append(Town(service, dossiers, rows["visitors"]))
        writers.append(writer)
    yield made
    for writer in writers:
        writer.close()


NEW = ("hoi_an", "hoi_an_dong", "hoi_an_tay", "tan_hiep")
OLD = ("minh_an", "cam_kim", "cam_chau", "tan_an", "tan_hiep_2008")


@st.composite
def questions(draw: st.DrawFn) -> KpiQuery:
    """Any question about dossiers or visitors within the time there are any."""
    visitors = draw(st.booleans()) and draw(st.booleans())
    code = draw(st.sampled_from(sorted(VISITOR if visitors else DOSSIER)))
    grain = draw(st.sampled_from([Grain.HOUR, Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER]))
    longest = 4 if grain is Grain.HOUR else 400
    first, days = (datetime(2026, 10, 1), 54) if visitors else (datetime(2025, 3, 20), 610)
    start = first + timedelta(days=draw(st.integers(0, days)))
    if draw(st.booleans()):
        start += timedelta(hours=draw(st.integers(0, 23)), minutes=draw(st.sampled_from([0, 30])))
    length = timedelta(days=draw(st.integers(1, longest)), hours=draw(st.sampled_from([0, 0, 5])))
    end = draw(st.sampled_from([start + length, start + length, NOW]))
    if end == NOW and grain is Grain.HOUR:
        start = NOW - timedelta(days=draw(st.integers(1, longest)))
    if draw(st.booleans()):
        start = grain.floor(start) if grain.floor(start) >= first else start
    period = Period(start, min(end, NOW)) if start < NOW else Period(NOW - timedelta(days=1), NOW)
    old = code not in NOT_WEIGHTED and draw(st.booleans())
    area = draw(st.sampled_from([None, None, *(OLD if old else NEW)]))
    dimensions = {"gate": [*GATES], "market": [*MARKETS]} if visitors else {"field": [*FIELDS], "channel": [*CHANNELS]}
    if code == "DVC-16":
        dimensions.pop("channel")
    if code == "DL-04":
        dimensions.pop("market")
    by = draw(st.sampled_from([None, *dimensions, *(["area"] if area is None else [])]))
    names = draw(st.lists(st.sampled_from([*dimensions]), unique=True, max_size=1))
    filters = tuple((n, tuple(draw(st.lists(st.sampled_from(dimensions[n]), min_size=1, unique=True)))) for n in names)
    compare = draw(st.sampled_from([Compare.NONE, Compare.PREVIOUS, Compare.YEAR, Compare.WEEKDAY]))
    trend = draw(st.sampled_from([0, 0, 4]))
    return KpiQuery(code, period, grain, area, by, filters, compare, old, trend)


@dataclass
class Counted:
    """What counting says: ``of(start, end, area)`` for the KPI and filters of a query."""

    town: Town
    query: KpiQuery

    def of(self, start: datetime, end: datetime, area: str | None, part: tuple[str, str] | None = None) -> float | None:
        visitors = self.query.kpi in VISITOR
        rows = self.town.visitors if visitors else self.town.dossiers
        tests = [*self.query.filters, *([(part[0], (part[1],))] if part else [])]
        kept = [row for row in rows if all(row[name] in values for name, values in tests)]
        column, time = ("zone", "at") if visitors else ("area", "received_at")
        seen = oracle.placed(kept, self.town.service.catalogue, column, time, area, self.query.old_areas)
        return (VISITOR | DOSSIER)[self.query.kpi](seen, start, end)


def _ceiling(at: datetime) -> datetime:
    floor = Grain.HOUR.floor(at)
    return floor if floor == at else floor + timedelta(hours=1)


def _same(value: object, expected: float | None) -> None:
    number = value.number  # type: ignore[attr-defined]
    presence = value.presence  # type: ignore[attr-defined]
    if expected is None:
        assert presence is Presence.NOT_APPLICABLE
    else:
        assert presence is Presence.PRESENT
        assert number == pytest.approx(expected, abs=1e-6)


def _check(result: KpiResult, town: Town) -> None:
    query, counted = result.query, Counted(town, result.query)
    assert result.stamp.as_of is not None
    known = Grain.HOUR.floor(result.stamp.as_of) + timedelta(hours=1)
    start, end = Grain.HOUR.floor(query.period.start), _ceiling(query.period.end)
    if start > result.stamp.as_of and query.kpi not in STOCKS:
        assert result.value.presence is Presence.MISSING
        return
    last = min(end, known)
    from_ = min(start, last)
    _same(result.value, counted.of(from_, last, query.area))
    for point in result.points:
        first = max(point.at, start) if not query.trend else point.at
        until = min(query.grain.step(point.at), last)
        if point.value.presence is not Presence.MISSING:
            _same(point.value, counted.of(first, until, query.area))
        else:
            assert until <= first or until <= _begins(town, query.kpi) or query.kpi in VISITOR
    if query.by == "area":
        day = date(2025, 6, 30) if query.old_areas else date(2025, 7, 1)
        assert [part.key for part in result.parts] == [
            a.id for a in children(town.service.catalogue.areas, "hoi_an_city", day)
        ]
    for part in result.parts:
        if query.by == "area":
            _same(part.value, counted.of(from_, last, part.key))
        elif query.by:
            _same(part.value, counted.of(from_, last, query.area, (query.by, part.key)))


def _begins(town: Town, code: str) -> datetime:
    rows, column = (town.visitors, "at") if code in VISITOR else (town.dossiers, "received_at")
    return min(row[column] for row in rows)  # type: ignore[type-var]


@settings(max_examples=examples(50), deadline=None)
@given(number=st.integers(0, 1), query=questions())
def test_any_answer_is_what_counting_row_by_row_gives(towns: list[Town], number: int, query: KpiQuery) -> None:
    _check(towns[number].service.ask([query])[0], towns[number])


@st.composite
def batches(draw: st.DrawFn) -> list[KpiQuery]:
    """Questions that share much: one KPI and slice at several times, or anything at all."""
    drawn = draw(st.lists(questions(), min_size=2, max_size=4))
    if draw(st.booleans()):
        return drawn
    return [replace(drawn[0], period=o.period, grain=o.grain, trend=o.trend, compare=o.compare) for o in drawn]


@settings(max_examples=examples(25), deadline=None)
@given(number=st.integers(0, 1), batch=batches())
def test_an_answer_does_not_depend_on_what_is_asked_with_it(
    towns: list[Town], number: int, batch: list[KpiQuery]
) -> None:
    town = towns[number]
    together = town.service.ask(batch)
    for result, query in zip(together, batch, strict=True):
        assert _plain(result) == _plain(town.alone.ask([query])[0])


def _plain(result: KpiResult) -> KpiResult:
    """A result with numbers rounded: sums of fractions may be taken in another order."""

    def rounded(value: object) -> object:
        if isinstance(value, float):
            return round(value, 6)
        if isinstance(value, tuple):
            return tuple(map(rounded, value))
        if hasattr(value, "__dataclass_fields__") and hasattr(value, "number"):
            return replace(value, number=rounded(value.number), numerator=rounded(value.numerator), denominator=rounded(value.denominator))  # fmt: skip  # noqa: E501
        return value

    points = tuple(replace(p, value=rounded(p.value), compare=rounded(p.compare)) for p in result.points)
    parts = tuple(replace(p, value=rounded(p.value), compare=rounded(p.compare)) for p in result.parts)
    held = result.comparison
    if held is not None:
        held = replace(held, value=rounded(held.value), change=rounded(held.change), ratio=rounded(held.ratio))
    last = result.last_known
    last = last and replace(last, value=rounded(last.value), compare=rounded(last.compare))
    return replace(result, value=rounded(result.value), points=points, parts=parts, comparison=held, last_known=last)

"""Row access: whatever somebody with a scope asks, the answer is that of a database without the other rows."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data.calendar.period import Grain, Period
from data.catalogue import load
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import KpiResult, Presence, Value
from data.kpis.scope import EVERYTHING, Scope, scope_of
from data.kpis.service import KpiService
from tests.kpis.delivered import PACK
from tests.kpis.small import small

NOW = datetime(2026, 11, 24, 19, 40)
BEGAN = datetime(2026, 8, 1)
QUESTIONS = int(os.environ.get("QUESTIONS", "120"))  # `make torture` asks 5,000
BATCH = 20
CODES = ("KK-01", "KK-02", "DK-01", "DK-02", "DK-03", "DK-04", "DK-05", "DK-06", "DK-07", "DK-08", "CT-01", "CT-02")
ROWS_OF = ("DK-01", "CT-01", "DK-02", "KK-02")


def _rows(seed: int) -> dict[str, list[dict[str, str]]]:
    """Four months of every dataset in two areas. Both deliver every hour: whether a source came is no secret, and
    must not be what makes the answers differ."""
    dice = random.Random(seed)
    found: dict[str, list[dict[str, str]]] = {"air": [], "counted": [], "published": [], "site": []}
    hours = int((NOW - BEGAN).total_seconds() // 3600)
    for area in ("N", "S"):
        for n in range(hours + 1):
            at = BEGAN + timedelta(hours=n)
            level = {name: str(dice.randint(1, 90)) for name in ("level", "pm25", "pm10", "o3", "no2", "so2", "co")}
            found["air"].append({"station": f"{area}{n % 3}", "at": f"{at}", "area": area, **level})
            found["counted"].append(
                {"at": f"{at}", "area": area, "guests": str(dice.randint(1, 40)),
                 "market": dice.choice(("korea", "japan"))}
            )  # fmt: skip
            ended = at + timedelta(hours=dice.randint(1, 400))
            found["site"].append(
                {"id": f"{area}{n}", "started": f"{at}", "ended": f"{ended}" if ended < NOW else "", "area": area,
                 "hectares": str(dice.randint(1, 9))}
            )  # fmt: skip
        for month in range(8, 12):
            number = str(dice.randint(50, 500))
            found["published"].append(
                {"month": f"2026-{month:02}-01", "what": "guests", "area": area, "number": number}
            )
    return found


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, KpiService]]:
    """The whole town, and one town for each area that never held another row."""
    whole = _rows(7)
    folder = tmp_path_factory.mktemp("scope")
    parts = {"all": whole}
    for area, code in (("north", "N"), ("south", "S")):
        parts[area] = {name: [row for row in rows if row["area"] == code] for name, rows in whole.items()}
    opened = {name: small(folder / name, rows, NOW) for name, rows in parts.items()}
    yield {name: service for name, (service, _) in opened.items()}
    for _, writer in opened.values():
        writer.close()


def _question(dice: random.Random, area: str) -> KpiQuery:
    start = BEGAN + timedelta(hours=dice.randrange(24 * 100))
    start = start.replace(hour=0) if dice.random() < 0.7 else start
    span = dice.choice((timedelta(hours=6), timedelta(days=1), timedelta(days=7), timedelta(days=31)))
    return KpiQuery(
        kpi=dice.choice(CODES),
        period=Period(start, min(start + span, NOW)),
        grain=dice.choice((Grain.HOUR, Grain.DAY, Grain.WEEK, Grain.MONTH)),
        area=dice.choice((None, area)),
        by=dice.choice((None, None, "area")),
        compare=dice.choice((Compare.NONE, Compare.PREVIOUS, Compare.WEEKDAY)),
    )


def _numbers(result: KpiResult) -> dict[str, Value]:
    told = {"value": result.value} | {f"point {p.at}": p.value for p in result.points}
    told |= {f"was {p.at}": p.compare for p in result.points if p.compare is not None}
    told |= {f"part {p.key}": p.value for p in result.parts}
    if result.comparison is not None and result.comparison.value is not None:
        told["compared"] = result.comparison.value
    return told


def _agree(seen: Value, alone: Value) -> bool:
    """Equal but for the order of sums."""
    if alone.number is None or seen.number is None:
        return alone.number is seen.number
    return abs(seen.number - alone.number) <= 1e-9 * max(1.0, abs(alone.number))


@pytest.mark.parametrize(("area", "seed"), [("north", 1), ("south", 2)])
def test_no_question_tells_nothing_of_the_other_area(services, area, seed):
    dice = random.Random(seed)
    scope = scope_of(services["all"].catalogue, [area])
    told = 0
    for _ in range(QUESTIONS // 2 // BATCH):
        batch = [_question(dice, area) for _ in range(BATCH)]
        seen, alone = services["all"].ask(batch, scope), services[area].ask(batch, EVERYTHING)
        for query, mine, theirs in zip(batch, seen, alone, strict=True):
            if query.area is None and query.kpi in ("DK-04", "DK-05"):
                assert mine.value.number is None, "the city's population does not go with one area's guests"
                continue
            a, b = _numbers(mine), _numbers(theirs)
            assert a.keys() <= b.keys()
            assert a.keys() ^ b.keys() <= {"part north", "part south"}
            wrong = {key: (a[key], b[key]) for key in a if not _agree(a[key], b[key])}
            assert not wrong, (query, wrong)
            told += mine.value.number is not None
    assert told > QUESTIONS // 5, "most questions have an answer"


@pytest.mark.parametrize("code", ROWS_OF)
def test_rows_and_their_count_are_those_of_the_area(services, code):
    scope = scope_of(services["all"].catalogue, ["north"])
    query = KpiQuery(code, Period(BEGAN, NOW))
    seen, alone = services["all"].rows(query, scope, limit=500), services["north"].rows(query, EVERYTHING, limit=500)
    assert seen.total == alone.total > 0
    assert set(map(str, seen.rows)) == set(map(str, alone.rows))


def test_another_area_is_answered_as_what_does_not_apply_whether_or_not_it_has_rows(services):
    scope = scope_of(services["all"].catalogue, ["north"])
    query = KpiQuery("DK-01", Period(BEGAN, NOW), area="south")
    seen = services["all"].ask([query], scope)[0]
    assert (seen.value, seen.points, seen.refusal) == (Value(None, Presence.NOT_APPLICABLE), (), None)
    assert (services["all"].rows(query, scope).rows, services["all"].rows(query, scope).total) == ((), 0)
    assert services["all"].ask([query])[0].value.number is not None


def test_areas_asked_together_show_nothing_when_one_of_them_is_outside(services):
    whole = services["all"]
    both = KpiQuery("DK-01", Period(BEGAN, NOW), area="north", joined=("south",))
    seen = whole.ask([both], scope_of(whole.catalogue, ["north"]))[0]
    assert (seen.value, seen.points) == (Value(None, Presence.NOT_APPLICABLE), ())
    assert whole.rows(both, scope_of(whole.catalogue, ["north"])).total == 0
    assert whole.ask([both], scope_of(whole.catalogue, ["north", "south"]))[0].value.number


@pytest.mark.parametrize("code", [code for code in CODES if code not in ("DK-04", "DK-05")])
def test_the_two_halves_asked_together_are_the_town(services, code):
    """Of every kind of measure: levels, peaks, averages, indices, changes."""
    dice = random.Random(5)
    asked = [replace(_question(dice, "north"), kpi=code, area=None, by=None) for _ in range(5)]
    town = services["all"].ask(asked)
    halves = services["all"].ask([replace(query, area="north", joined=("south",)) for query in asked])
    for query, one, other in zip(asked, town, halves, strict=True):
        a, b = _numbers(one), _numbers(other)
        assert a.keys() == b.keys()
        assert all(_agree(a[key], b[key]) for key in a), query


def test_the_people_of_areas_asked_together_are_added_as_far_as_they_are_told(services):
    """The north has 1,000 people on 20 km², the south's are not published."""
    alone, both = services["all"].ask(
        [KpiQuery("DK-04", Period(BEGAN, NOW), area="north", joined=more) for more in ((), ("south",))]
    )
    assert alone.value.denominator == 1000
    assert both.value.number is None


def test_a_breakdown_names_no_area_outside(services):
    scope = scope_of(services["all"].catalogue, ["north"])
    found = services["all"].ask([KpiQuery("DK-01", Period(BEGAN, NOW), by="area")], scope)[0]
    assert [part.key for part in found.parts] == ["north"]


def test_what_one_was_told_another_is_not_handed(services):
    query = KpiQuery("DK-01", Period(BEGAN, NOW))
    told = [services["all"].ask([query], scope_of(services["all"].catalogue, areas))[0].value.number
            for areas in (None, ["north"], ["south"], None)]  # fmt: skip
    assert told[0] == told[3] == told[1] + told[2]
    assert told[1] != told[2]


def test_a_kpi_of_a_dataset_that_is_not_allowed_does_not_exist(services):
    scope = scope_of(services["all"].catalogue, None, ["air"])
    query = KpiQuery("DK-01", Period(BEGAN, NOW))
    for ask in (lambda: services["all"].ask([query], scope), lambda: services["all"].rows(query, scope)):
        with pytest.raises(KeyError, match="DK-01"):
            ask()
    with pytest.raises(KeyError):
        services["all"].ask([KpiQuery("XX-01", query.period)], scope)
    assert services["all"].ask([KpiQuery("KK-02", query.period)], scope)


def test_an_area_of_today_brings_the_wards_it_was_made_of():
    city = load(Path(PACK))
    scope = scope_of(city, ["hoi_an"])
    assert {"hoi_an", "minh_an", "cam_pho", "son_phong", "cam_nam", "cam_kim", "chua_cau"} <= scope.areas
    assert not {"cam_chau", "hoi_an_dong", "tan_hiep", "hoi_an_city"} & scope.areas


def test_what_has_no_area_is_of_the_whole_city():
    city = load(Path(PACK))
    scope = scope_of(city, ["hoi_an"])
    river, reports = (city.kpi(code).datasets[0] for code in ("HT-07", "DVC-12"))
    assert (scope.cuts(river), scope.cuts(reports)) == (False, True)
    assert Scope(areas=frozenset({"hoi_an"})).cuts(river), "a scope that knows no datasets cuts them all"


def test_the_whole_city_is_everything():
    assert scope_of(load(Path(PACK)), ["hoi_an_city"]).areas is None


def test_an_area_there_is_none_of_is_refused():
    with pytest.raises(KeyError, match="atlantis"):
        scope_of(load(Path(PACK)), ["atlantis"])

"""Why a number moved: parts that sum exactly to its change, by hand and for any numbers, and give nothing away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.calendar.period import Period
from data.catalogue import Text
from data.kpis.arithmetic import ratio
from data.kpis.contribution import contribution
from data.kpis.disclosure import SUPPRESSED
from data.kpis.query import Compare, KpiQuery
from data.kpis.result import Comparison, KpiResult, Part, Presence, Value
from data.kpis.scope import EVERYTHING, Scope, scope_of
from data.kpis.service import KpiService
from tests.kpis.small import DATASETS, KPIS, kpi, small
from tests.layouts.visits import kpi as visits
from tests.layouts.visits import rate, result

COUNTS = st.integers(0, 5000)
QUARTER = st.tuples(COUNTS, COUNTS, COUNTS, COUNTS)
NOW = datetime(2026, 11, 24)
WEEK = Period(datetime(2026, 11, 17), datetime(2026, 11, 24))


def _asked(whole: tuple[Value, Value], parts: dict[str, tuple[Value, Value]], entry=None) -> tuple[KpiResult, ...]:
    """A whole and its parts, each as (now, before)."""
    now, before = whole
    told = None not in (now.number, before.number)
    change = now.number - before.number if told else None
    query = KpiQuery("DL-02", WEEK, compare=Compare.PREVIOUS)
    held = Comparison(Compare.PREVIOUS, WEEK.shifted(timedelta(days=-7)), before, change, None)
    made = result(entry or visits(), query, value=now, comparison=held, points=())
    divided = tuple(Part(key, Text(vi=key, en=key), a, b) for key, (a, b) in parts.items())
    return made, replace(made, query=replace(query, by="market"), parts=divided)


def _sums(*parts: tuple[float, float], more: tuple[float, float] = (0, 0)) -> tuple[KpiResult, ...]:
    held = {str(n): (Value(float(a)), Value(float(b))) for n, (a, b) in enumerate(parts)}
    whole = [Value(float(sum(part[n] for part in parts) + more[n])) for n in (0, 1)]
    return _asked((whole[0], whole[1]), held)


def _ratios(*parts: tuple[int, int, int, int], more: tuple[int, int, int, int] = (0, 0, 0, 0)) -> tuple[KpiResult, ...]:
    """Parts as (of, to) now and (of, to) before."""
    held = {str(n): _pair(part) for n, part in enumerate(parts)}
    whole = _pair(tuple(sum(part[n] for part in (*parts, more)) for n in range(4)))
    return _asked(whole, held, rate())


def _pair(part: tuple[int, ...]) -> tuple[Value, Value]:
    of, to, was_of, was_to = (Value(float(number)) for number in part)
    return ratio(of, to), ratio(was_of, was_to)


def test_of_a_sum_each_part_brings_its_own_change():
    found = contribution(*_sums((300, 200), (50, 90), (10, 10)))
    assert (found.change, found.rest, found.mixed) == (60, 0, False)
    assert [(effect.key, effect.total) for effect in found.effects] == [("0", 100), ("1", -40), ("2", 0)]


def test_rows_of_no_part_are_the_rest():
    found = contribution(*_sums((300, 200), more=(5, 30)))
    assert (found.change, found.effects[0].total, found.rest) == (75, 100, -25)


def test_of_a_ratio_a_better_mix_is_told_from_better_rates():
    """Wards at 90 % and 50 %. Only the mix moves, from half and half to 3:1: 70 % becomes 80 %."""
    found = contribution(*_ratios((270, 300, 90, 100), (50, 100, 50, 100)))
    assert found.change == pytest.approx(0.10)
    assert [effect.rate for effect in found.effects] == pytest.approx([0, 0])
    # Δw is ±1/4; the mean of R is 75 %: (0.90 - 0.75)/4 and (0.50 - 0.75)/-4
    assert {effect.key: effect.mix for effect in found.effects} == pytest.approx({"0": 0.0375, "1": 0.0625})


def test_of_a_ratio_a_better_rate_weighs_as_much_as_its_part():
    """Half and half in both weeks; one ward goes from 50 % to 70 %: the whole from 70 % to 80 %."""
    found = contribution(*_ratios((90, 100, 90, 100), (70, 100, 50, 100)))
    assert {effect.key: (effect.rate, effect.mix) for effect in found.effects} == {
        "0": pytest.approx((0.0, 0.0)),
        "1": pytest.approx((0.1, 0.0)),
    }


def test_a_part_that_is_new_brings_mix_only():
    """At 40 of 100 now and nothing before, beside a ward that stays at 80 %: the whole falls from 80 % to 60 %."""
    found = contribution(*_ratios((80, 100, 160, 200), (40, 100, 0, 0)))
    effects = {effect.key: effect for effect in found.effects}
    assert found.change == pytest.approx(-0.2)
    assert effects["1"].rate == 0
    assert effects["1"].mix == pytest.approx(0.5 * (0.4 - 0.7))


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=9), st.tuples(COUNTS, COUNTS))
def test_parts_of_any_sum_add_up_to_its_change(parts, more):
    found = contribution(*_sums(*parts, more=more))
    assert sum(effect.total for effect in found.effects) + found.rest == found.change
    assert found.rest == more[0] - more[1]


@given(st.lists(QUARTER, min_size=1, max_size=9), QUARTER)
def test_parts_of_any_ratio_add_up_to_its_change(parts, more):
    whole, divided = _ratios(*parts, more=more)
    found = contribution(whole, divided)
    if None in (whole.value.number, whole.comparison.value.number):
        assert found is None, "a ratio of nothing has no change"
        return
    size = max(1.0, abs(found.change), *(abs(effect.total) for effect in found.effects))
    assert sum(effect.total for effect in found.effects) + found.rest == pytest.approx(found.change, abs=1e-9 * size)
    for effect in found.effects:
        assert effect.rate + effect.mix == pytest.approx(effect.total, abs=1e-9 * size)
    if more == (0, 0, 0, 0):
        assert found.rest == 0, "parts that are all there leave nothing"


@given(st.lists(QUARTER, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_parts_changes_nothing(parts, dice):
    found = contribution(*_ratios(*parts))
    assume(found is not None)
    told = {effect.key: effect.total for effect in found.effects}
    order = list(range(len(parts)))
    dice.shuffle(order)
    again = contribution(*_ratios(*(parts[n] for n in order)))
    assert {str(order[int(effect.key)]): effect.total for effect in again.effects} == pytest.approx(told)


def test_parts_not_asked_for_explain_nothing():
    whole, divided = _sums((300, 200), (50, 90))
    query = replace(whole.query, filters=(("market", ("0",)),))
    alone = replace(
        whole, query=query, value=Value(300.0), comparison=replace(whole.comparison, value=Value(200.0), change=100.0)
    )
    found = contribution(alone, divided)
    assert [(effect.key, effect.total) for effect in found.effects] == [("0", 100)]
    assert found.rest == 0


@pytest.mark.parametrize("measure", [
    {"distinct": "visit", "of": "ward", "time": "at"},
    {"quantile": "visit", "of": "visitors", "time": "at", "p": 0.9},
    {"last": "visit", "of": "visitors", "time": "at", "over": "max"},
    {"peak": {"count": "visit", "time": "at"}, "every": "hour"},
    {"ratio": {"of": {"distinct": "visit", "of": "ward", "time": "at"}, "to": {"count": "visit", "time": "at"}}},
])  # fmt: skip
def test_what_neither_adds_nor_is_a_ratio_of_sums_is_not_explained(measure):
    whole, divided = _sums((300, 200), (50, 90))
    entry = visits(measure=measure)
    assert contribution(replace(whole, kpi=entry), divided) is None


def test_a_hidden_part_is_in_the_rest_and_nothing_of_it_is_told():
    whole, divided = _sums((300, 200), (50, 90), (3, 4))
    parts = (*divided.parts[:2], replace(divided.parts[2], value=SUPPRESSED))
    found = contribution(whole, replace(divided, parts=parts))
    assert ([effect.key for effect in found.effects], found.rest, found.untold) == (["0", "1"], -1, True)


# -- asked of a store ------------------------------------------------------------------------


ROWS = (
    (11, "N", "korea", 20), (11, "N", "japan", 20), (11, "S", "korea", 30), (11, "S", "japan", 10),
    (18, "N", "korea", 30), (18, "N", "japan", 10), (18, "S", "korea", 10), (18, "S", "japan", 20),
)  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KpiService]:
    """Two weeks of rows in two areas."""
    rows = [
        {"at": f"2026-11-{day:02} 08:{n:02}:00", "area": area, "guests": "2", "market": market}
        for day, area, market, count in ROWS
        for n in range(count)
    ]
    datasets = DATASETS.replace("- id: published", "  minimum_cell: 5\n- id: published", 1)
    share = "{ratio: {of: {count: counted, time: at, where: [[market, eq, korea]]}, to: {count: counted, time: at}}}"
    kpis = KPIS + kpi("PP-01", "{count: counted, time: at}") + kpi("PP-02", share)
    held, writer = small(tmp_path_factory.mktemp("why"), {"counted": rows}, NOW, kpis, datasets)
    yield held
    writer.close()


def _why(service: KpiService, code: str, scope: Scope = EVERYTHING):
    query = KpiQuery(code, WEEK, compare=Compare.PREVIOUS)
    return contribution(*service.ask([query, replace(query, by="area")], scope))


def test_two_weeks_of_two_areas_by_hand(service):
    """80 rows become 70: the north stays at 40, the south goes from 40 to 30."""
    found = _why(service, "PP-01")
    assert (found.change, found.rest) == (-10, 0)
    assert [(effect.key, effect.total) for effect in found.effects] == [("south", -10), ("north", 0)]


def test_a_share_of_two_areas_by_hand(service):
    """50/80 becomes 40/70. North: w 1/2 to 4/7, r 1/2 to 3/4. South: w 1/2 to 3/7, r 3/4 to 1/3."""
    found = _why(service, "PP-02")
    effects = {effect.key: effect for effect in found.effects}
    middle = (50 / 80 + 40 / 70) / 2
    assert found.change == pytest.approx(40 / 70 - 50 / 80)
    assert effects["north"].rate == pytest.approx((4 / 7 + 1 / 2) / 2 * 0.25)
    assert effects["north"].mix == pytest.approx((4 / 7 - 1 / 2) * (0.625 - middle))
    assert effects["south"].rate == pytest.approx((3 / 7 + 1 / 2) / 2 * (1 / 3 - 3 / 4))
    assert found.rest == 0


def test_whoever_sees_one_area_is_told_of_it_alone(service):
    scope = replace(scope_of(service.catalogue, ["north"]), small=True)
    found = _why(service, "PP-02", scope)
    assert [effect.key for effect in found.effects] == ["north"]
    assert (found.change, found.effects[0].total, found.rest) == (pytest.approx(0.25), pytest.approx(0.25), 0)


def test_a_whole_of_few_cases_is_not_explained(service):
    day = Period(datetime(2026, 11, 19), datetime(2026, 11, 20))
    query = KpiQuery("PP-02", day, compare=Compare.PREVIOUS)
    held = service.ask([query, replace(query, by="area")], Scope())
    assert held[0].value.presence is not Presence.PRESENT
    assert contribution(*held) is None

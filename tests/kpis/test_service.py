"""One change of a board is one statement for each dataset, and none when nothing changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data.calendar.comparison import named_period
from data.calendar.period import Grain, Period
from data.clock.clock import FixedClock
from data.kpis import plan
from data.kpis.query import Compare, KpiQuery
from data.kpis.service import KpiService
from data.store.writer import Writer
from tests.kpis.delivered import NOW, city, deliver
from tests.kpis.november import DOSSIERS, LEVELS, NOVEMBER, at, dossier


@pytest.fixture
def fresh(november: KpiService) -> KpiService:
    """A service over the same store that has answered nothing yet."""
    return KpiService(november.catalogue, november.reader, november.clock)


def board(service: KpiService, name: str, by: str | None = None) -> list[KpiQuery]:
    """What a board asks."""
    tiles = [tile for row in service.catalogue.boards[name].rows for tile in row]
    codes = {getattr(tile, "kpi", None): None for tile in tiles} | {
        getattr(tile, "map", None): "area" for tile in tiles
    }
    return [
        KpiQuery(
            code,
            named_period(kpi.period, NOW),
            Grain(kpi.grain),
            by=by or part,
            compare=Compare(kpi.compare),
            trend=kpi.trend,
        )
        for code, part in codes.items()
        if code and (kpi := service.catalogue.codes[code])
    ]


def datasets(service: KpiService, queries: list[KpiQuery]) -> int:
    return len({name for query in queries for name in service.catalogue.codes[query.kpi].datasets})


@pytest.mark.parametrize("name", ["overview", "infrastructure", "egov", "tourism"])
def test_a_board_runs_one_statement_a_dataset(fresh: KpiService, name: str) -> None:
    queries = board(fresh, name)
    fresh.ask(queries)
    assert fresh.statements == datasets(fresh, queries)


def test_every_kpi_at_once_runs_one_statement_a_dataset_parts_and_quantiles_included(fresh: KpiService) -> None:
    queries = [
        KpiQuery(code, named_period(kpi.period, NOW), Grain(kpi.grain), by=by, compare=compare, trend=kpi.trend)
        for code, kpi in fresh.catalogue.codes.items()
        for by in (None, *kpi.dimensions)
        for compare in (Compare.PREVIOUS, Compare.YEAR)
    ]
    fresh.ask(queries)
    assert fresh.statements == len(fresh.catalogue.datasets)


def test_a_repeated_batch_runs_nothing(fresh: KpiService) -> None:
    queries = board(fresh, "egov")
    first = fresh.ask(queries)
    ran = fresh.statements
    assert fresh.ask(queries) == first
    assert fresh.ask(queries[:3]) == first[:3]
    assert fresh.statements == ran


def test_only_what_is_new_in_a_batch_is_asked(fresh: KpiService) -> None:
    fresh.ask(board(fresh, "egov"))
    ran = fresh.statements
    fresh.ask([*board(fresh, "egov"), KpiQuery("DL-02", named_period("month", NOW))])
    assert fresh.statements == ran + 1


def test_a_hundred_screens_a_second_apart_ask_once(november: KpiService) -> None:
    clock = FixedClock(NOW)
    service = KpiService(november.catalogue, november.reader, clock)
    for _ in range(100):
        period = named_period("now", clock.now())
        result = service.ask([KpiQuery("DVC-04", period, compare=Compare.PREVIOUS)])[0]
        assert result.query.period == period
        assert result.age == clock.now() - at(24, 18, 30)
        clock.advance(timedelta(seconds=1))
    assert service.statements == 1


def test_two_threads_with_one_question_run_it_once(fresh: KpiService) -> None:
    queries, gate, found = board(fresh, "overview"), threading.Barrier(8), []

    def screen() -> None:
        gate.wait()
        found.append(fresh.ask(queries))

    screens = [threading.Thread(target=screen) for _ in range(8)]
    for thread in screens:
        thread.start()
    for thread in screens:
        thread.join()
    assert fresh.statements == datasets(fresh, queries)
    assert all(results == found[0] for results in found)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[KpiService, Writer, Path]]:
    service, writer = city(tmp_path, {"dossiers": DOSSIERS, "water_level": LEVELS})
    yield service, writer, tmp_path
    writer.close()


def test_only_new_data_of_its_own_datasets_makes_a_question_new(small: tuple[KpiService, Writer, Path]) -> None:
    service, writer, folder = small
    dossiers = KpiQuery("DVC-01", Period(at(1), NOW))
    river = KpiQuery("HT-07", named_period("now", NOW), Grain.HOUR)
    service.ask([dossiers, river])
    deliver(folder, writer, {"dossiers": [dossier("new", at(5, 9), at(30))]}, "2")
    service.reader.refresh()
    ran = service.statements
    assert service.ask([river])[0].value.number == 1.23
    assert service.statements == ran
    assert service.ask([dossiers])[0].value.number == 8
    assert service.statements == ran + 1


def test_the_text_is_written_once_for_a_shape(fresh: KpiService) -> None:
    base = KpiQuery("DVC-03", Period(at(1), at(20)), area="hoi_an", by="field", filters=(("channel", ("online",)),))
    fresh.ask([base])
    written = len(plan._TEXTS)
    others = [
        replace(base, area="hoi_an_dong"),
        replace(base, filters=(("channel", ("post", "counter")),)),
        replace(base, period=Period(at(2), at(9))),
        replace(base, area="minh_an", old_areas=True),
    ]
    for other in others:
        fresh.ask([other])
    assert len(plan._TEXTS) == written
    assert fresh.statements == 1 + len(others)


def test_the_sources_of_the_city_are_told(november: KpiService) -> None:
    states = {state.source.id: state for state in november.sources()}
    assert set(states) == set(november.catalogue.sources)
    assert set(NOVEMBER) == {name for name, state in states.items() if state.event_time}
    assert states["dossiers"].event_time == at(24, 18, 30)
    assert states["water_level"].age == NOW - at(24, 19, 30)

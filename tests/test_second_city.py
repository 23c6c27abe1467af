"""A second city from real open data by YAML alone; every answer is counted again by hand.

The expected numbers are computed by ``tests/cities/by_hand.py``, never through the catalogue, the store or the planner.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.calendar.period import Period
from data.catalogue import Catalogue, load
from data.clock.clock import FixedClock
from data.kpis.query import KpiQuery
from data.kpis.result import KpiResult, Presence
from data.kpis.service import KpiService, open_service
from data.sources import Discovery
from data.store.writer import Writer
from tests.cities.by_hand import (
    REAL,
    air,
    arrivals,
    bookings,
    cancelled,
    closed,
    created,
    mean,
    measured,
    nights,
    online,
    open_at,
    quantile,
    rain,
    rides,
    with_guests,
    within,
)

PACK = Path(__file__).parent / "cities" / "barcelona"
DISTRICTS = REAL.parent / "other_cities" / "barcelona_districtes.geojson"
PLAYED = {
    "nou_barris": "BRONX",
    "sant_marti": "BROOKLYN",
    "eixample": "MANHATTAN",
    "horta_guinardo": "QUEENS",
    "sants_montjuic": "STATEN ISLAND",
}
NOW = datetime(2025, 2, 1, 12, 0)
POLLED = 4_000_000_000.0
MEASURED_DAY = (date(2011, 3, 1), date(2011, 3, 2))
NEIGHBOURS = {"Brunei Darussalam", "Indonesia", "Malaysia", "Myanmar", "Philippines", "Thailand", "Vietnam"}

# -- the questions ----------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A question and the function of (start, end) that answers it by hand."""

    code: str
    start: date
    end: date
    expected: Callable[[datetime, datetime], float]
    area: str | None = None
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __str__(self) -> str:
        narrowed = [self.area or "", *(f"{name}={','.join(values)}" for name, values in self.filters)]
        return "-".join([self.code, self.start.isoformat(), *filter(None, narrowed)])


def _agency(*names: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("agency", names),)


FIRST, LAST = date(2011, 1, 1), date(2014, 1, 1)
CITY, RESORT = (("hotel", ("City Hotel",)),), (("hotel", ("Resort Hotel",)),)
CASES = [
    Case("RQ-01", FIRST, LAST, lambda s, e: len(created(s, e))),
    Case("RQ-01", *MEASURED_DAY, lambda s, e: len(created(s, e))),
    Case("RQ-01", FIRST, LAST, lambda s, e: len(created(s, e, borough="BROOKLYN")), area="brooklyn"),
    Case("RQ-01", FIRST, LAST, lambda s, e: len(created(s, e, agency="NYPD")), filters=_agency("NYPD")),
    Case(
        "RQ-01",
        date(2013, 10, 1),
        date(2013, 11, 1),
        lambda s, e: len(created(s, e, agency="DOT", borough="QUEENS")),
        area="queens",
        filters=_agency("DOT"),
    ),
    Case("RQ-02", FIRST, date(2016, 1, 1), lambda s, e: len(closed(s, e))),
    Case("RQ-02", date(2011, 3, 1), date(2011, 4, 1), lambda s, e: len(closed(s, e))),
    Case("RQ-03", date(2011, 3, 1), date(2011, 4, 1), lambda s, e: within(72, closed(s, e))),
    Case(
        "RQ-03",
        date(2011, 3, 1),
        date(2011, 6, 1),
        lambda s, e: within(72, closed(s, e, borough="BRONX")),
        area="bronx",
    ),
    Case(
        "RQ-04",
        date(2011, 3, 1),
        date(2011, 7, 1),
        lambda s, e: quantile([r.hours for r in closed(s, e) if r.hours >= 0], 0.9),
    ),
    Case("RQ-05", date(2011, 3, 1), date(2011, 3, 15), lambda s, e: open_at(e)),
    Case("RQ-05", FIRST, LAST, lambda s, e: open_at(e)),
    Case("RQ-05", FIRST, LAST, lambda s, e: open_at(e, borough="MANHATTAN"), area="manhattan"),
    Case("RQ-06", FIRST, LAST, lambda s, e: len({r.complaint for r in created(s, e)})),
    Case("RQ-07", FIRST, LAST, lambda s, e: online(created(s, e))),
    Case("AR-01", date(2019, 7, 1), date(2019, 8, 1), arrivals),
    Case("AR-01", date(2019, 1, 1), date(2020, 1, 1), arrivals),
    Case("AR-01", date(2020, 4, 1), date(2020, 5, 1), arrivals),
    Case(
        "AR-01",
        date(2024, 1, 1),
        date(2025, 1, 1),
        lambda s, e: arrivals(s, e, {"Vietnam"}),
        filters=(("market", ("Vietnam",)),),
    ),
    Case(
        "AR-02",
        date(2024, 1, 1),
        date(2025, 1, 1),
        lambda s, e: arrivals(s, e, NEIGHBOURS | {"Other Markets In Southeast Asia"}) / arrivals(s, e),
    ),
    Case(
        "AQ-01", date(2004, 4, 1), date(2004, 5, 1), lambda s, e: mean(measured(air(s, e, "CO(GT)"))), area="eixample"
    ),
    Case("AQ-01", date(2004, 4, 1), date(2004, 5, 1), lambda s, e: mean(measured(air(s, e, "CO(GT)")))),
    Case(
        "AQ-02",
        date(2004, 4, 1),
        date(2005, 4, 1),
        lambda s, e: quantile(measured(air(s, e, "NO2(GT)")), 0.9),
    ),
    Case(
        "AQ-03",
        date(2004, 3, 1),
        date(2005, 5, 1),
        lambda s, e: len(measured(air(s, e, "CO(GT)"))) / len(air(s, e, "CO(GT)")),
    ),
    Case("RN-01", date(2024, 1, 10), date(2024, 1, 11), lambda s, e: sum(rain(s, e).values())),
    Case("RN-01", date(2024, 1, 1), date(2025, 1, 1), lambda s, e: sum(rain(s, e).values())),
    Case("RN-02", date(2024, 12, 1), date(2025, 1, 1), lambda s, e: max(rain(s, e).values())),
    Case("BK-01", date(2016, 1, 1), date(2017, 1, 1), lambda s, e: len(with_guests(bookings(s, e)))),
    Case("BK-02", date(2016, 1, 1), date(2017, 1, 1), lambda s, e: cancelled(bookings(s, e))),
    Case(
        "BK-02",
        date(2016, 1, 1),
        date(2017, 1, 1),
        lambda s, e: cancelled(bookings(s, e, "City Hotel")),
        filters=CITY,
    ),
    Case(
        "BK-03",
        date(2016, 7, 1),
        date(2016, 8, 1),
        lambda s, e: nights(bookings(s, e, "Resort Hotel")),
        filters=RESORT,
    ),
    Case(
        "BK-04",
        date(2016, 1, 1),
        date(2017, 1, 1),
        lambda s, e: mean([b["adr"] for b in with_guests(bookings(s, e))]),
    ),
    Case(
        "BK-05",
        date(2015, 1, 1),
        date(2018, 1, 1),
        lambda s, e: len({b["country"] for b in bookings(s, e)} - {None}),
    ),
    Case("RD-01", date(2012, 1, 1), date(2013, 1, 1), rides),
]


# -- the city ---------------------------------------------------------------------------


@dataclass
class SecondCity:
    """The loaded city. ``loaded`` counts (delivered, loaded) rows by source."""

    service: KpiService
    loaded: dict[str, tuple[int, int]]

    def ask(
        self,
        code: str,
        start: date,
        end: date,
        by: str | None = None,
        area: str | None = None,
        filters: tuple[tuple[str, tuple[str, ...]], ...] = (),
    ) -> KpiResult:
        """One answer for the days from ``start`` up to, not including, ``end``."""
        period = Period.of_days(start, end - timedelta(days=1))
        return self.service.ask([KpiQuery(code, period, area=area, by=by, filters=filters)])[0]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(PACK)


@pytest.fixture(scope="module")
def second_city(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[SecondCity]:
    folder = tmp_path_factory.mktemp("second_city")
    drop = folder / "drop"
    drop.mkdir()
    for source in catalogue.sources.values():
        for path in REAL.glob(source.path):
            shutil.copyfile(path, drop / path.name)
    clock = FixedClock(NOW)
    writer = Writer(folder / "store", catalogue, clock)
    batch = [(s, Discovery(s, drop).deliveries({}, POLLED)) for s in catalogue.sources.values()]
    loads = writer.load(batch)
    counts = {load.source: (load.delivered, load.loaded) for load in loads}
    yield SecondCity(open_service(catalogue, folder / "store", clock), counts)
    writer.close()


def test_every_source_is_loaded_and_only_what_breaks_a_rule_is_set_aside(second_city: SecondCity) -> None:
    assert second_city.loaded == {
        "requests_2013": (199, 199),
        "requests_2021": (2000, 2000),
        "arrivals": (35030, 35030),
        "air_station": (9357, 9357),
        "rain_gauge": (38589, 38589),
        "hotel_bookings": (119390, 119389),
        "bicycle_counter": (310, 310),
    }


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_answer_equals_the_count_by_hand(second_city: SecondCity, case: Case) -> None:
    start, end = (datetime(day.year, day.month, day.day) for day in (case.start, case.end))
    expected = case.expected(start, end)
    result = second_city.ask(case.code, case.start, case.end, area=case.area, filters=case.filters)
    assert expected != 0
    assert result.value.presence is Presence.PRESENT
    assert result.value.number == pytest.approx(expected, rel=1e-6)


def test_districts_and_agencies_split_the_requests(second_city: SecondCity) -> None:
    start, end = datetime(2011, 1, 1), datetime(2014, 1, 1)
    areas = second_city.service.catalogue.areas.values()
    parts = {part.key: part.value.number for part in second_city.ask("RQ-01", FIRST, LAST, by="area").parts}
    for district in json.loads(DISTRICTS.read_text(encoding="utf-8"))["features"]:
        [area] = [a for a in areas if a.level == "unit" and a.code == district["properties"]["CODI_UA"]]
        assert area.name.en == district["properties"]["NOM"]
        assert area.km2 == round(district["properties"]["AREA"] / 1e6, 2)
        borough = PLAYED.get(area.id)
        assert parts.pop(area.id) == (len(created(start, end, borough=borough)) if borough else 0)
    assert not parts
    parts = {part.key: part.value.number for part in second_city.ask("RQ-01", FIRST, LAST, by="agency").parts}
    for agency in {request.agency for request in created(start, end)}:
        assert parts[agency] == len(created(start, end, agency=agency))


def test_markets_add_up_to_the_printed_total(second_city: SecondCity) -> None:
    printed = 1_802_593
    assert second_city.ask("AR-01", date(2019, 7, 1), date(2019, 8, 1)).value.number == printed

"""VN_AQI by Decision 1459/QĐ-TCMT, worked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from data.calendar.comparison import named_period
from data.calendar.period import Grain, Period
from data.kpis.query import KpiQuery
from data.kpis.result import MISSING, KpiResult, Presence
from data.kpis.service import KpiService
from data.kpis.vn_aqi import BREAKPOINTS, LEVELS, nowcast, sub_index
from tests.kpis.delivered import Row
from tests.kpis.small import small

NOW = datetime(2026, 11, 24, 19, 30)


@pytest.mark.parametrize("pollutant", BREAKPOINTS)
def test_every_breakpoint_is_the_edge_of_its_level(pollutant: str) -> None:
    for concentration, index in zip(BREAKPOINTS[pollutant], LEVELS, strict=True):
        assert sub_index(pollutant, concentration) == index
    assert sub_index(pollutant, BREAKPOINTS[pollutant][-1] * 2) == 500
    assert sub_index(pollutant, -1.0) == 0


@pytest.mark.parametrize(
    ("pollutant", "concentration", "index"),
    [
        ("pm25", 35.0, 70.0),  # 50 + (35-25)/(50-25) * 50
        ("pm25", 200.0, 250.0),  # 200 + (200-150)/(250-150) * 100
        ("pm10", 100.0, 75.0),  # 50 + (100-50)/(150-50) * 50
        ("o3", 180.0, 75.0),  # 50 + (180-160)/(200-160) * 50
        ("no2", 450.0, 125.0),  # 100 + (450-200)/(700-200) * 50
        ("so2", 450.0, 125.0),  # 100 + (450-350)/(550-350) * 50
        ("co", 5_000.0, 25.0),  # (5,000-0)/(10,000-0) * 50
        ("pm25", 425.0, 450.0),  # 400 + (425-350)/(500-350) * 100
    ],
)
def test_between_breakpoints_it_is_linear(pollutant: str, concentration: float, index: float) -> None:
    assert sub_index(pollutant, concentration) == pytest.approx(index)


def test_steady_air_is_weighted_by_its_steadiness() -> None:
    """Least 40, greatest 50: w = 0.8. (50 + 0.8·40 + 0.64·50) / (1 + 0.8 + 0.64) = 114 / 2.44."""
    assert nowcast([50.0, 40.0, 50.0, *[None] * 9]) == pytest.approx(114 / 2.44)


def test_an_hour_that_lacks_takes_no_weight() -> None:
    """Least 40, greatest 50: w = 0.8. Hour 2 lacks: (50 + 0.64·40) / (1 + 0.64) = 75.6 / 1.64."""
    assert nowcast([50.0, None, 40.0, *[None] * 9]) == pytest.approx(75.6 / 1.64)


def test_unsteady_air_halves_every_hour() -> None:
    """Least 10, greatest 80: w* = 1/8, so w = 1/2: 80/2 + 40/4 + 10/8 = 51.25."""
    assert nowcast([80.0, 40.0, 10.0, *[None] * 9]) == pytest.approx(51.25)
    # exactly one half is that formula too: 40/2 + 20/4 = 25
    assert nowcast([40.0, 20.0, *[None] * 10]) == pytest.approx(25.0)
    # twelve hours, the newest 100 and all others 20: 50 + 20 * (1/4 + … + 1/4096) = 50 + 20 * (1/2 - 1/4096)
    assert nowcast([100.0, *[20.0] * 11]) == pytest.approx(50 + 20 * (0.5 - 1 / 4096))
    # as published an hour that lacks brings nothing: 80/2 + 10/8 = 41.25
    assert nowcast([80.0, None, 10.0, *[None] * 9]) == pytest.approx(41.25)


def test_two_of_the_newest_three_hours_are_needed() -> None:
    assert nowcast([50.0, None, None, *[50.0] * 9]) is None
    assert nowcast([None, None, 50.0, *[50.0] * 9]) is None
    assert nowcast([None, 50.0, 50.0, *[None] * 9]) == pytest.approx(50.0)
    assert nowcast([0.0, 0.0, 0.0]) == 0.0


def test_hours_before_the_twelve_do_not_count() -> None:
    assert nowcast([50.0] * 12 + [500.0]) == pytest.approx(50.0)


# -- from rows to the index -----------------------------------------------------------------------


def air(day: int, hour: int, station: str = "a", area: str = "N", **held: float) -> Row:
    return {"station": station, "at": datetime(2026, 11, day, hour), "area": area, **held}  # type: ignore[dict-item]


ROWS = {
    "air": [
        # the 20th: PM2.5 of 20, 40 and 60, ozone highest at 180, carbon monoxide 5,000
        air(20, 8, pm25=20.0, o3=100.0), air(20, 9, pm25=40.0, o3=180.0), air(20, 10, pm25=60.0, co=5000.0),
        # the 21st, 0:00: what came at 22:00 and 23:00 the day before counts
        air(20, 22, pm25=80.0), air(20, 23, pm25=40.0), air(21, 0, pm25=10.0, no2=100.0),
        # the 22nd: gases only
        air(22, 9, o3=180.0), air(22, 10, o3=180.0),
        # the 24th: two stations, 18:00 and 19:00; PM10 lags and has one of three hours
        air(24, 18, pm25=30.0), air(24, 18, "b", "S", pm25=70.0, pm10=10.0),
        air(24, 19, pm25=50.0, so2=125.0), air(24, 19, "b", "S", pm25=50.0),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KpiService]:
    made, writer = small(tmp_path_factory.mktemp("air"), ROWS, NOW)
    yield made
    writer.close()


def ask(service: KpiService, period: Period, grain: Grain = Grain.HOUR, **more: object) -> KpiResult:
    return service.ask([KpiQuery("KK-01", period, grain, **more)])[0]  # type: ignore[arg-type]


def day(number: int) -> Period:
    return Period.containing(datetime(2026, 11, number), Grain.DAY)


def points(result: KpiResult) -> dict[str, float | None]:
    assert result.composition is not None
    return {part.key: part.points for part in result.composition.parts}


def test_a_day_reads_the_mean_of_dust_and_the_highest_hour_of_a_gas(service: KpiService) -> None:
    """PM2.5 of five hours: (20+40+60+80+40)/5 = 48 → 96. Ozone 180 → 75. CO 5,000 → 25."""
    result = ask(service, day(20), Grain.DAY)
    assert result.value.number == pytest.approx(96)
    assert points(result) == pytest.approx({"pm25": 96, "pm10": None, "o3": 75, "no2": None, "so2": None, "co": 25})
    assert result.composition is not None and result.composition.decides == "pm25"
    assert [point.value.number for point in result.points] == pytest.approx([96])


def test_an_hour_looks_back_beyond_its_day(service: KpiService) -> None:
    """At 0:00 of the 21st: 10, 40, 80 newest first, and 60, 40, 20 of the morning more than eleven hours back
    but for none. w = 1/2: 10/2 + 40/4 + 80/8 = 25 → 50. NO2 100 → 50 too; the first named decides."""
    midnight = datetime(2026, 11, 21)
    result = ask(service, Period(midnight, midnight + timedelta(hours=1)))
    assert result.value.number == pytest.approx(50)
    assert points(result)["pm25"] == pytest.approx(50)
    assert points(result)["no2"] == pytest.approx(50)


def test_without_dust_there_is_no_index(service: KpiService) -> None:
    result = ask(service, day(22), Grain.DAY)
    assert result.value == MISSING
    assert points(result)["o3"] == pytest.approx(75)
    assert result.composition is not None and result.composition.decides is None
    # at 8:00 of the 20th only one of three hours has come, at 9:00 two
    morning = ask(service, Period(datetime(2026, 11, 20, 8), datetime(2026, 11, 20, 10)))
    assert morning.points[0].value.presence is Presence.MISSING
    assert morning.points[1].value.number == pytest.approx(50)  # w = 1/2: 40/2 + 20/4 = 25 → 50


def test_now_is_the_newest_hour_and_stations_are_joined_hour_by_hour(service: KpiService) -> None:
    """Means of both stations 50 and 50: 50 → 100. SO2 125 → 50. PM10 has one of three hours."""
    result = ask(service, named_period("now", NOW))
    assert result.value.number == pytest.approx(100)
    assert points(result) == pytest.approx({"pm25": 100, "pm10": None, "o3": None, "no2": None, "so2": 50, "co": None})


def test_each_area_has_its_own(service: KpiService) -> None:
    """North 50, 30: w = 0.6, (50 + 18) / 1.6 = 42.5 → 85. South 50, 70: w = 5/7, (50 + 50) / (12/7) = 58.33 → 113.9."""
    result = ask(service, named_period("now", NOW), by="area")
    held = {part.key: part.value.number for part in result.parts}
    assert held == pytest.approx({"north": 85, "south": 100 + (700 / 12 - 50) / 30 * 50})
    assert ask(service, named_period("now", NOW), area="north").value.number == pytest.approx(85)


def test_longer_periods_have_days_but_no_number_of_their_own(service: KpiService) -> None:
    result = ask(service, Period(datetime(2026, 11, 20), datetime(2026, 11, 23)), Grain.DAY)
    assert result.value.presence is Presence.NOT_APPLICABLE
    assert [point.value.number for point in result.points] == pytest.approx([96, 20, None])
    assert result.refusal is None
    assert result.notes == ("note.air",)


@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH, Grain.YEAR])
def test_weeks_and_more_are_refused(service: KpiService, grain: Grain) -> None:
    result = ask(service, Period(datetime(2026, 11, 1), NOW), grain)
    assert result.refusal == "refusal.air"
    assert result.points == ()

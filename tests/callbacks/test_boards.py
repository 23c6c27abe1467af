"""A board of one area: what can be told by area is, the rest stays that of the city."""

from __future__ import annotations

from datetime import datetime, timedelta

from callbacks.boards import chosen, questions, spanning, tile_query, units
from data.calendar.period import Grain, Period
from data.kpis.query import Compare
from layouts.board import HOURS
from tests.kpis.delivered import NOW, hoian

CITY = hoian()


def test_the_areas_are_those_in_force_now():
    assert {area.id for area in units(CITY)} == {"hoi_an", "hoi_an_dong", "hoi_an_tay", "tan_hiep"}


def test_an_address_may_name_one_of_them_only():
    assert chosen(CITY, "?area=hoi_an_tay").name.vi == "Phường Hội An Tây"
    assert chosen(CITY, "?area=minh_an") is None
    assert chosen(CITY, "?area=%27") is None
    assert chosen(CITY, "") is None


def test_a_breakdown_by_area_keeps_every_area():
    reports = CITY.kpi("DVC-12")
    assert tile_query(reports, NOW, None, "hoi_an").area == "hoi_an"
    assert tile_query(reports, NOW, "area", "hoi_an").area is None


def test_a_kpi_without_areas_stays_that_of_the_city():
    assert tile_query(CITY.kpi("HT-07"), NOW, None, "hoi_an").area is None


def test_a_ranking_within_an_area_asks_for_that_area_whatever_is_chosen():
    kpis = {name: CITY.kpi(name) for name in CITY.boards["lantern"].kpis}
    asked = questions(CITY.boards["lantern"], kpis, NOW, "tan_hiep")
    zones = asked["DL-10", "area@hoi_an"]
    assert (zones.by, zones.area) == ("area", "hoi_an")
    assert asked["DL-01", None].area == "tan_hiep"


def test_a_heat_tile_asks_every_hour_of_its_last_whole_weeks():
    kpis = {name: CITY.kpi(name) for name in CITY.boards["tourism"].kpis}
    asked = questions(CITY.boards["tourism"], kpis, datetime(2026, 11, 24, 19, 40), None)["DL-02", HOURS]
    assert asked.grain is Grain.HOUR
    assert (asked.period.start, asked.period.end) == (datetime(2026, 10, 27), datetime(2026, 11, 24))


def test_a_scorecard_asks_every_line_once_as_its_own_tile_would():
    goals = CITY.boards["goals"]
    kpis = {name: CITY.kpi(name) for name in goals.kpis}
    asked = questions(goals, kpis, NOW, None)
    assert [*asked] == [(name, None) for name in goals.kpis] and len(asked) == 15
    assert asked["MTC-01", None] == tile_query(kpis["MTC-01"], NOW)


def test_a_tile_may_be_held_against_the_lantern_night_before():
    night = datetime(2026, 11, 22, 20, 20)  # the 14th of the tenth month; the one before was on 23 October
    kpis = {name: CITY.kpi(name) for name in CITY.boards["lantern"].kpis}
    asked = questions(CITY.boards["lantern"], kpis, night, None)["DL-01", None]
    assert (asked.compare, asked.back) == (Compare.EVENT, timedelta(days=30))
    tomorrow = questions(CITY.boards["lantern"], kpis, night + timedelta(days=1), None)["DL-01", None]
    assert tomorrow.back == timedelta(days=1)


def test_a_scene_may_be_of_another_period_where_its_kpis_are_told_so_often():
    asked = {
        code: tile_query(spanning(CITY.kpi(code), "last_week"), NOW).period for code in ("DVC-03", "HT-07", "DL-17")
    }
    assert asked["DVC-03"] == Period(datetime(2026, 11, 16), datetime(2026, 11, 23))
    assert asked["HT-07"] == tile_query(CITY.kpi("HT-07"), NOW).period  # a level at this moment
    assert asked["DL-17"] == tile_query(CITY.kpi("DL-17"), NOW).period  # told once a month
    assert tile_query(spanning(CITY.kpi("DL-17"), "year"), NOW).period.start == datetime(2026, 1, 1)

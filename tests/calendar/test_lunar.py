"""Lunar days against a published table of the nights of 2025 to 2027."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar.lunar import FIRST, LAST, lunar, lunar_night, moon_age, same_lunar_day_last_year

NIGHTS = Path(__file__).parents[2] / ".." / "shared" / "data" / "calendar" / "full_moon_nights_2025_2027.csv"


def nights():
    with NIGHTS.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_published_nights():
    rows = nights()
    assert len(rows) == 37
    for row in rows:
        here = lunar(date.fromisoformat(row["date_14_lunar"]))
        assert (here.day, here.month, here.leap) == (14, int(row["lunar_month"]), row["leap"] == "1")
        assert here.year == int(row["lunar_year"])
        assert moon_age(date.fromisoformat(row["date_15_lunar"])) == 14


def test_no_other_night_is_a_lantern_night():
    first, last = date(2025, 1, 13), date(2027, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = [day.isoformat() for day in days if lunar_night(day)]
    assert found == [row["date_14_lunar"] for row in nights()]


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2026, 2, 16), "Ất Tỵ"), (date(2026, 2, 17), "Bính Ngọ"), (date(2027, 2, 6), "Đinh Mùi")],
)
def test_year_names(day, name):
    assert lunar(day).year_name == name


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 2, 17), date(2025, 1, 29)),  # Tết Bính Ngọ and Tết Ất Tỵ
        (date(2026, 11, 22), date(2025, 12, 3)),  # lantern night of the tenth month
        (date(2026, 7, 27), date(2025, 7, 8)),  # the ordinary sixth month of 2025, not the leap one
        (date(2025, 8, 7), date(2024, 7, 19)),  # from the leap sixth month to the ordinary one
        (date(2025, 7, 8), date(2024, 7, 19)),
    ],
)
def test_same_lunar_day(day, before):
    assert same_lunar_day_last_year(day) == before


@given(st.dates(date(1802, 1, 1), LAST))
def test_same_lunar_day_has_the_same_number_or_is_the_last_of_its_month(day):
    here, before = lunar(day), lunar(same_lunar_day_last_year(day))
    assert (before.month, before.year, before.leap) == (here.month, here.year - 1, False)
    assert before.day == here.day or (here.day, before.day) == (30, 29)
    if before.day != here.day:
        assert lunar(same_lunar_day_last_year(day) + timedelta(days=1)).day == 1


@pytest.mark.parametrize("day", [FIRST - timedelta(days=1), LAST + timedelta(days=1)])
def test_outside_the_tables(day):
    with pytest.raises(ValueError, match="no lunar date"):
        lunar(day)

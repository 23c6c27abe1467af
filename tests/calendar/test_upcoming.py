"""What is coming: lantern nights, full and new moons, happenings of the pack, in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data.calendar.upcoming import upcoming
from data.catalogue import load


def test_the_next_month_of_hoi_an(pack_folder: Path):
    city = load(pack_folder).city
    found = upcoming(city, date(2026, 11, 24), 31)
    assert [(one.on, one.kind) for one in found] == [
        (date(2026, 12, 9), "new_moon"), (date(2026, 12, 22), "lantern_night"), (date(2026, 12, 23), "full_moon"),
    ]  # fmt: skip


def test_today_counts_and_happenings_have_their_names(pack_folder: Path):
    city = load(pack_folder).city
    found = upcoming(city, date(2026, 2, 14), 1)
    assert [(one.kind, one.name.vi) for one in found if one.name] == [("happening", "Tết Bính Ngọ")]
    assert upcoming(city, date(2026, 2, 14), 0) == ()

"""The timetable: what is due when, also of a server that was off, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from data.alerts.event import Event
from data.alerts.events import Events
from data.catalogue.faults.reports import report_faults
from data.catalogue.report import Report, Schedule
from data.reports.orders import Orders
from data.reports.papers import Papers
from data.reports.period import due_at, last_due, next_due
from data.reports.timetable import Timetable
from tests.kpis.delivered import hoian
from tests.state.fresh import fresh

HOIAN = hoian()
MONDAY = datetime(2026, 11, 23)  # 2026-W47 is over


@pytest.fixture
def timetable(tmp_path: Path) -> Iterator[Timetable]:
    state = fresh(tmp_path / "state.db")
    yield Timetable(HOIAN, Orders(state), Events(state), Papers(state, tmp_path / "archive"))
    state.close()


def keys(timetable: Timetable, now: datetime, name: str = "") -> list[str]:
    return [key for key in timetable.look(now) if key.startswith(name)]


@pytest.mark.parametrize(
    ("name", "now", "period", "due", "next_"),
    [
        ("weekly", (2026, 11, 23, 6, 29), "2026-W46", (2026, 11, 16, 6, 30), (2026, 11, 23, 6, 30)),
        ("weekly", (2026, 11, 23, 6, 30), "2026-W47", (2026, 11, 23, 6, 30), (2026, 11, 30, 6, 30)),
        ("morning", (2026, 11, 24, 7, 0), "2026-11-23", (2026, 11, 24, 6, 30), (2026, 11, 25, 6, 30)),
        ("monthly", (2026, 11, 24, 7, 0), "2026-10", (2026, 11, 1, 6, 30), (2026, 12, 1, 6, 30)),
        # The state's third quarter ends with 14 September (Nghị định 09/2019/NĐ-CP).
        ("quarterly", (2026, 9, 15, 6, 30), "2026-Q3", (2026, 9, 15, 6, 30), (2026, 12, 15, 6, 30)),
        ("quarterly", (2026, 9, 15, 6, 29), "2026-Q2", (2026, 6, 15, 6, 30), (2026, 9, 15, 6, 30)),
        ("flood", (2026, 11, 24, 18, 4), "2026-11-24T16", (2026, 11, 24, 17, 5), (2026, 11, 24, 18, 5)),
    ],
)
def test_a_report_is_due_after_its_period(name: str, now: tuple, period: str, due: tuple, next_: tuple) -> None:
    report, at = HOIAN.reports[name], datetime(*now)
    found = last_due(report, at)
    assert (found.name, due_at(report, found), next_due(report, at)) == (period, datetime(*due), datetime(*next_))


@given(st.sampled_from(sorted(HOIAN.reports)), st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))
def test_at_any_moment_the_last_one_was_due_and_the_next_one_is_not(name: str, now: datetime) -> None:
    report: Report = HOIAN.reports[name]
    assert due_at(report, last_due(report, now)) <= now < next_due(report, now)


def test_what_was_due_before_anybody_looked_is_nobodys_business(timetable: Timetable) -> None:
    assert keys(timetable, MONDAY) == []
    assert keys(timetable, MONDAY + timedelta(hours=6, minutes=29)) == []
    assert keys(timetable, MONDAY + timedelta(hours=6, minutes=30)) == ["morning/2026-11-22", "weekly/2026-W47"]


def test_nothing_is_made_twice_after_a_restart(timetable: Timetable) -> None:
    timetable.look(MONDAY)
    at = MONDAY + timedelta(hours=7)
    assert len(keys(timetable, at)) == 2
    again = Timetable(HOIAN, timetable.orders, timetable.events, timetable.papers)
    assert keys(again, at) == keys(again, at + timedelta(minutes=1)) == []


def test_a_server_that_was_off_makes_the_last_period_late_and_not_all_it_missed(timetable: Timetable) -> None:
    timetable.look(MONDAY)
    tuesday = MONDAY + timedelta(days=8, hours=3)  # off for a week, over Monday and Tuesday's due time to come
    assert keys(timetable, tuesday) == ["morning/2026-11-29", "weekly/2026-W48"]
    order = timetable.orders.last("weekly")
    assert order.due_at == datetime(2026, 11, 30, 6, 30) and order.asked_at == tuesday


def test_an_hourly_report_comes_only_during_an_alert(timetable: Timetable) -> None:
    hour = datetime(2026, 11, 24, 18, 0)
    timetable.look(hour)
    assert keys(timetable, hour + timedelta(minutes=5), "flood") == []
    river = Event("river:1", "river", "", hour - timedelta(minutes=20), 1, 1, 1.2, hour)
    timetable.events.write([river])
    assert keys(timetable, hour + timedelta(minutes=6), "flood") == []  # watched is no alert
    timetable.events.write([Event("river:1", "river", "", hour - timedelta(minutes=20), 2, 2, 1.6, hour)])
    assert keys(timetable, hour + timedelta(minutes=7), "flood") == ["flood/2026-11-24T17"]
    ended = hour + timedelta(minutes=10)
    timetable.events.write([Event("river:1", "river", "", hour - timedelta(minutes=20), 0, 2, 0.9, ended, ended)])
    assert keys(timetable, hour + timedelta(hours=1, minutes=5), "flood") == ["flood/2026-11-24T18"]  # it touched it
    assert keys(timetable, hour + timedelta(hours=2, minutes=5), "flood") == []


def test_a_schedule_that_cannot_be_is_said_by_the_pack() -> None:
    left = replace(HOIAN, alerts={name: rule for name, rule in HOIAN.alerts.items() if name != "river_upstream"})
    (fault,) = report_faults(left)
    assert (fault.id, fault.path) == ("flood", ("schedule", "during", 1))
    assert "no rule 'river_upstream'" in fault.message and "river" in fault.remedy
    for wrong in ({"at": "25:00"}, {"at": "6:30"}, {"at": "06:30", "formats": ["odt"]}, {"at": "06:30", "days": -1}):
        with pytest.raises(ValidationError):
            Schedule.model_validate(wrong)

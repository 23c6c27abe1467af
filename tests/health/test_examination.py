"""Every check is well in a city that is well, and says what to do in one that is not."""

from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import datetime, timedelta

import pytest

from data.clock.clock import FixedClock
from data.health import Check, Examination, Pulse, worst
from data.health import examination as looked
from data.reports.order import WAITS
from data.reports.orders import Orders
from data.state import State
from data.store import jobs
from data.store.jobs import Job
from data.store.manifest import Manifest
from tests.state.fresh import fresh

NOW = datetime(2026, 11, 24, 9, 0)
Usage = namedtuple("Usage", "total used free")
FRESH = Manifest(snapshot=7, created_at=(NOW - timedelta(seconds=4)).isoformat(), event_times={"air": NOW.isoformat()})


@pytest.fixture
def roomy(monkeypatch):
    """A terabyte, half of it free."""
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**12, 5 * 10**11, 5 * 10**11))


def checks(folder, manifest: Manifest | None = FRESH, state: State | None = None) -> dict[str, Check]:
    found = Examination(folder, folder, FixedClock(NOW), manifest, state).checks()
    return {check.name: check for check in found}


def beat(folder, seconds: float = 1, **given) -> None:
    Pulse((NOW - timedelta(seconds=seconds)).isoformat(), 1, **given).write(folder)


def test_a_city_that_is_well(tmp_path, roomy):
    beat(tmp_path)
    state = fresh(tmp_path / "state.db")
    found = checks(tmp_path, state=state)
    state.close()
    assert worst(found.values()) == "ok"
    assert set(found) == {
        "snapshot", "clock", "backlog", "jobs", "ahead", "disk of the store", "disk of the drop", "state",
    }  # fmt: skip
    assert not any(check.remedy for check in found.values())
    assert found["snapshot"].value == 4


def test_without_data_it_is_said_what_to_do(tmp_path, roomy):
    assert checks(tmp_path, None)["snapshot"].level == "alert"
    assert "lantern sync" in checks(tmp_path, None)["snapshot"].remedy


@pytest.mark.parametrize(("seconds", "level"), [(1, "ok"), (30, "ok"), (31, "watch"), (120, "watch"), (121, "alert")])
def test_a_process_that_does_not_beat(tmp_path, roomy, seconds, level):
    beat(tmp_path, seconds)
    assert checks(tmp_path)["clock"].level == level


def test_nobody_loads(tmp_path, roomy):
    assert checks(tmp_path)["clock"].level == "alert"
    (tmp_path / "pulse.json").write_text("{broken")
    assert checks(tmp_path)["clock"].level == "alert"


def test_a_try_that_failed_says_why(tmp_path, roomy):
    beat(tmp_path, error="No space left on device")
    assert checks(tmp_path)["clock"].level == "alert"
    assert "No space left on device" in checks(tmp_path)["clock"].remedy


@pytest.mark.parametrize(("waiting", "level"), [(0, "ok"), (51, "watch"), (501, "alert")])
def test_deliveries_that_wait(tmp_path, roomy, waiting, level):
    beat(tmp_path, waiting=waiting)
    assert checks(tmp_path)["backlog"].level == level


def test_a_job_nobody_does(tmp_path, roomy):
    jobs.hand(tmp_path, Job("undo", 3, (NOW - timedelta(seconds=90)).isoformat(), "10.0.0.1"))
    assert (checks(tmp_path)["jobs"].level, checks(tmp_path)["jobs"].value) == ("watch", 90)


@pytest.mark.parametrize(("ahead", "level"), [(60, "ok"), (61, "watch"), (7200, "alert")])
def test_data_of_the_future_mean_a_wrong_clock(tmp_path, roomy, ahead, level):
    late = Manifest(
        snapshot=1, created_at=NOW.isoformat(), event_times={"air": (NOW + timedelta(seconds=ahead)).isoformat()}
    )
    assert checks(tmp_path, late)["ahead"].level == level


@pytest.mark.parametrize(
    ("total", "free", "level"),
    [
        (10**12, 2 * 10**11, "ok"),
        (10**12, 5 * 10**10, "watch"),
        (10**12, 2 * 10**10, "alert"),
        (2 * 10**9, 4 * 10**8, "alert"),
    ],
)
def test_a_disk_that_fills(tmp_path, monkeypatch, total, free, level):
    monkeypatch.setattr(looked.shutil, "disk_usage", lambda folder: Usage(total, total - free, free))
    assert checks(tmp_path)["disk of the store"].level == level


def test_a_folder_that_is_not_there_hides_no_other_check(tmp_path):
    found = checks(tmp_path / "gone", FRESH)
    assert found["disk of the store"].level == "alert"
    assert found["snapshot"].level == "ok"


def test_a_state_that_cannot_be_read(tmp_path, roomy):
    state = fresh(tmp_path / "state.db")
    state.close()
    (tmp_path / "state.db").write_bytes(b"this is no database, and long enough to be looked at" * 100)
    assert checks(tmp_path, state=state)["state"].level == "alert"


def test_a_report_that_did_not_come_by_itself_is_watched_and_then_an_alert(tmp_path, roomy):
    state = fresh(tmp_path / "state.db")
    orders = Orders(state)

    def found() -> Check:
        looked = Examination(tmp_path, tmp_path, FixedClock(NOW), FRESH, state, orders).checks()
        return next(check for check in looked if check.name == "reports")

    assert (found().level, found().value) == ("ok", 0)
    given = {"act": "draft", "report": "weekly", "period": "2026-W47", "area": "", "language": "vi", "kinds": ["pdf"],
             "who": "clock", "due_at": NOW}  # fmt: skip
    orders.once("weekly/2026-W47", given, NOW)
    levels = []
    while (order := orders.last("weekly")).standing == "waiting":
        orders.fail(orders.begin(order, order.not_before), "disk", "no space left", order.not_before)
        levels.append(found().level)
    assert levels == ["watch"] * len(WAITS) + ["alert"]
    assert "weekly 2026-W47: no space left" in found().remedy and "/reports" in found().remedy
    state.close()

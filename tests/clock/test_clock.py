"""The clock every other room is handed."""

from datetime import datetime, timedelta, timezone

import pytest

from data.clock.clock import FixedClock, SystemClock


def test_system_clock_reads_local_time():
    clock = SystemClock("Asia/Ho_Chi_Minh")
    seven_east = datetime.now(timezone(timedelta(hours=7))).replace(tzinfo=None)
    assert clock.now().tzinfo is None
    assert abs(clock.now() - seven_east) < timedelta(seconds=5)
    first = clock.monotonic()
    assert clock.monotonic() >= first


@pytest.mark.parametrize("name", ["Asia/Hoi_An", "", "../etc", "UTC+7"])
def test_unknown_timezone_is_named(name):
    with pytest.raises(ValueError, match="no timezone"):
        SystemClock(name)


def test_fixed_clock_moves_only_when_told():
    clock = FixedClock(datetime(2026, 11, 24, 19, 42))
    assert clock.now() == clock.now() == datetime(2026, 11, 24, 19, 42)
    clock.advance(timedelta(minutes=20))
    assert clock.now() == datetime(2026, 11, 24, 20, 2)
    assert clock.monotonic() == 1200.0
    with pytest.raises(ValueError, match="back"):
        clock.advance(timedelta(seconds=-1))

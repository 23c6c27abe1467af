"""What many tests start from."""

from __future__ import annotations

import gc
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from data.clock.clock import FixedClock
from tests.effort import examples

ROOT = Path(__file__).parents[1]
BROWSER = "tests/browser"
# What takes longest is begun first, so that no process is left alone with it in the end.
LONG = (
    BROWSER,
    "tests/sources/test_proposals.py",
    "tests/store/test_kill.py",
    "tests/callbacks/test_guard.py",
    "tests/attacks/test_addresses.py",
    "tests/callbacks/test_exercises.py",
)

# A property is about what holds, not about how fast this machine is today: speed is for the bench.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=examples(40)
)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--refresh-golden` writes the golden SQL of every KPI anew; read the difference before keeping it."""
    parser.addoption("--refresh-golden", action="store_true", help="write tests/kpis/golden anew")


class Whole(LoadScopeScheduling):
    """A process takes a file whole, and one takes all journeys in the browser, so that no city is built twice."""

    def _split_scope(self, nodeid: str) -> str:
        return _place(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Whole:
    """How tests are shared out where there are several processes."""
    return Whole(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones come first, then what looks at whole cities."""
    items.sort(key=lambda item: _turn(_place(item.nodeid)))


def pytest_collection_finish() -> None:
    """What has been imported and collected stays until the end: it need not be looked through for rubbish."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _turn(place: str) -> int:
    if place in LONG:
        return LONG.index(place)
    return len(LONG) + (place.count("/") > 1)


def _place(nodeid: str) -> str:
    return BROWSER if nodeid.startswith(f"{BROWSER}/") else nodeid.split("::")[0]


@pytest.fixture(scope="session")
def pack_folder() -> Path:
    """The pack of Hội An as it stands in the repository; read it, never write to it."""
    return ROOT / "data" / "cities" / "hoian"


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands on the evening of Tuesday 24 November 2026."""
    return FixedClock(datetime(2026, 11, 24, 19, 42))

"""What many tests start from."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from data.clock.clock import FixedClock

ROOT = Path(__file__).parents[1]
BROWSER = "browser"

# A property is about what holds, not about how fast this machine is today: speed is for the bench.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--refresh-golden` writes the golden SQL of every KPI anew; read the difference before keeping it."""
    parser.addoption("--refresh-golden", action="store_true", help="write tests/kpis/golden anew")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A process takes a file whole, and one takes all journeys in the browser, so that no city is built twice.

    The journeys and what looks at whole cities come first: they take longest.
    """
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: (_group(item) != BROWSER, "/" in _group(item)))


def _group(item: pytest.Item) -> str:
    place = item.path.relative_to(ROOT / "tests")
    return BROWSER if place.parts[0] == BROWSER else place.as_posix()


@pytest.fixture(scope="session")
def pack_folder() -> Path:
    """The pack of Hội An as it stands in the repository; read it, never write to it."""
    return ROOT / "data" / "cities" / "hoian"


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands on the evening of Tuesday 24 November 2026."""
    return FixedClock(datetime(2026, 11, 24, 19, 42))

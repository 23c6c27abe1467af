"""What these tests share: November as it was delivered, which they only read, and a state or a town of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.kpis.service import KpiService
from data.state import State
from tests.callbacks.town import Town
from tests.kpis.november import loaded
from tests.state.fresh import fresh


@pytest.fixture(scope="session")
def service(tmp_path_factory) -> Iterator[KpiService]:
    """The city's service; never write to its store."""
    held, writer = loaded(tmp_path_factory.mktemp("november"))
    yield held
    writer.close()


@pytest.fixture
def state(tmp_path) -> Iterator[State]:
    """An empty state."""
    held = fresh(tmp_path / "state.db")
    yield held
    held.close()


@pytest.fixture
def town(service: KpiService, tmp_path: Path) -> Iterator[Town]:
    """The city with its users, and a state of its own."""
    made = Town(service, tmp_path)
    yield made
    made.state.close()

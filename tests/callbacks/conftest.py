"""What tests of walls and rooms share: November as it was delivered, which they only read, and a state of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.kpis.service import KpiService
from data.state import State
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

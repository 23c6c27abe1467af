"""The town's catalogue once, and a town of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.catalogue import Catalogue
from tests.store.town import Town, catalogue


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The town's catalogue."""
    return catalogue(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def town(tmp_path: Path, known: Catalogue):
    """A town in which nothing has been loaded yet."""
    made = Town(tmp_path, known)
    yield made
    made.writer.close()

"""The city of November, loaded once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.kpis.service import KpiService
from tests.kpis.november import loaded


@pytest.fixture(scope="package")
def november(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KpiService]:
    """The service of a city that holds `NOVEMBER`."""
    service, writer = loaded(tmp_path_factory.mktemp("november"))
    yield service
    writer.close()

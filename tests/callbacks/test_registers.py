"""The registers are as quick as a board: one statement a dataset, none when nothing changed."""

from __future__ import annotations

from callbacks.registers import all_indicators, all_sources, one_source
from data.kpis.service import KpiService
from tests.kpis.conftest import november

__all__ = ["november"]


def test_the_catalogue_is_one_batch_and_then_free(november: KpiService) -> None:
    fresh = KpiService(november.catalogue, november.reader, november.clock)
    first = all_indicators(fresh, "?q=ho+so", "vi")
    read = {dataset for kpi in fresh.catalogue.kpis.values() for dataset in kpi.datasets}
    assert 0 < fresh.statements <= 2 * len(read)
    before = fresh.statements
    assert repr(all_indicators(fresh, "?q=ho+so", "vi")) == repr(first)
    assert fresh.statements == before


def test_sources_ask_no_kpi(november: KpiService) -> None:
    fresh = KpiService(november.catalogue, november.reader, november.clock)
    all_sources(fresh, "vi")
    for name in fresh.catalogue.sources:
        one_source(fresh, name, "?page=2", "en", True)
        one_source(fresh, name, "?page=x", "vi", False)
    assert fresh.statements == 0

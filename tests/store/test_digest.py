"""A roll-up is rebuilt when what it holds would change, and never for a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.catalogue import load
from data.store.atom import digest, shapes
from tests.catalogue.pack import DATASETS, KPIS, write

DERIVED = DATASETS.replace(
    "time: received_at", "time: received_at\n  derive: {days: {hours: [received_at, closed_at]}}"
)


def digest_of(folder: Path, datasets: str = DERIVED, kpis: str = KPIS) -> str:
    return digest(shapes(load(write(folder, datasets=datasets, kpis=kpis))).values())


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("name: {vi: Hồ sơ, en: Dossiers}", "name: {vi: Hồ sơ một cửa, en: Cases}"),
        ("fee: {type", "fee: {name: {vi: Phí, en: Fee}, type"),
        ("days: {hours", "days: {name: {vi: Số giờ, en: Hours}, hours"),
        ("vi: Tại quầy", "vi: Trực tiếp"),
        ("minimum: 0", "minimum: 1"),
    ],
)
def test_words_and_limits_do_not_change_it(tmp_path, there, instead):
    assert there in DERIVED
    assert digest_of(tmp_path / "a") == digest_of(tmp_path / "b", DERIVED.replace(there, instead))


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("fee: {type: number", "fee: {type: integer"),
        ("time: received_at", "time: received_at\n  grain: hour"),
        ("key: [number]", "key: [number, received_at]"),
        ("[received_at, closed_at]", "[closed_at, received_at]"),
        ("days: {hours", "days: {working_days"),
        ("area: true", "area: false"),
        ("kind: entity", "kind: figure"),
    ],
)
def test_what_a_row_counts_for_changes_it(tmp_path, there, instead):
    assert there in DERIVED
    kpis = KPIS.replace("dimensions: [area, channel]", "dimensions: [channel]")
    changed = digest_of(tmp_path / "b", DERIVED.replace(there, instead), kpis)
    assert digest_of(tmp_path / "a", kpis=kpis) != changed


def test_a_measure_that_asks_for_more_changes_it(tmp_path):
    kpis = KPIS.replace("{count: dossier, time: closed_at}", "{sum: dossier, of: fee, time: closed_at}")
    assert digest_of(tmp_path / "a") != digest_of(tmp_path / "b", kpis=kpis)

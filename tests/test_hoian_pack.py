"""The pack of Hội An: valid, complete, and true to the published facts."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from data.catalogue import LANGUAGES, Catalogue, load
from data.catalogue.measure import KINDS, Leaf, Node
from data.simulator import deliver, simulate
from layouts.analysis.formula import formula

FIGURES = Path(__file__).parents[1] / "data" / "cities" / "hoian" / "figures" / "published.csv"

ROOT = Path(__file__).parents[1]
CROSSWALK = ROOT / "../shared/data/hoian/crosswalk_hoi_an_2025.csv"
SINCE = date(2025, 7, 1)


@pytest.fixture(scope="module")
def pack() -> Catalogue:
    return load(ROOT / "data/cities/hoian")


BASIC = {"count", "total", "mean", "last", "open_at", "distinct", "quantile", "peak", "ratio", "sum", "difference"}


def kinds(measure: Leaf | Node) -> set[str]:
    here = {name for name, model in KINDS.items() if isinstance(measure, model)}
    parts = measure.parts() if isinstance(measure, Node) else ()
    return here.union(*map(kinds, parts))


def test_the_kpis_use_every_kind_of_measure(pack: Catalogue) -> None:
    assert set().union(*(kinds(kpi.measure) for kpi in pack.kpis.values())) >= BASIC
    assert set(KINDS) >= BASIC


def test_there_are_eighteen_egovernment_kpis_and_more(pack: Catalogue) -> None:
    assert sum(kpi.domain == "egov" for kpi in pack.kpis.values()) >= 18


def test_units_add_up_to_the_city(pack: Catalogue) -> None:
    units = [area for area in pack.areas.values() if area.level == "unit" and area.valid_on(SINCE)]
    city = pack.areas[pack.city.scope]
    assert len(units) == 4
    assert sum(area.population or 0 for area in units) == city.population == 113_315
    assert sum(area.km2 or 0 for area in units) == pytest.approx(city.km2)


def test_old_units_become_what_the_resolution_says(pack: Catalogue) -> None:
    with CROSSWALK.open(encoding="utf-8") as file:
        expected = {row["old_code"]: row["new_code"] for row in csv.DictReader(file)}
    old = [area for area in pack.areas.values() if area.valid_to == SINCE]
    assert {area.code: pack.areas[area.becomes[0].area].code for area in old} == expected
    assert all(len(area.becomes) == 1 and area.becomes[0].weight == 1 for area in old)


def test_was_is_the_reverse_of_becomes(pack: Catalogue) -> None:
    for area in pack.areas.values():
        if area.was:
            came = {other.id for other in pack.areas.values() if any(s.area == area.id for s in other.becomes)}
            assert {s.area for s in area.was} == came


def test_code_and_day_name_one_area(pack: Catalogue) -> None:
    for day in (date(2025, 6, 30), SINCE):
        codes = [area.code for area in pack.areas.values() if area.valid_on(day)]
        assert len(codes) == len(set(codes))


def test_three_codes_changed_their_meaning(pack: Catalogue) -> None:
    def held(day: date) -> dict[str, str]:
        return {area.code: area.name.vi for area in pack.areas.values() if area.level == "unit" and area.valid_on(day)}

    before, after = held(date(2025, 6, 30)), held(SINCE)
    assert {code for code in after if code in before and not before[code].startswith(after[code])} == {
        "20401", "20410", "20413",
    }  # fmt: skip


def test_every_dataset_is_fed_and_read(pack: Catalogue) -> None:
    read = {dataset for kpi in pack.kpis.values() for dataset in kpi.datasets}
    assert {source.dataset for source in pack.sources.values()} == set(pack.datasets) == read


def test_every_column_has_a_name_of_its_own(pack: Catalogue) -> None:
    for dataset in pack.datasets.values():
        names = [dataset.label(name) for name in (*dataset.columns, *dataset.derive)]
        assert all(names), dataset.id
        for language in LANGUAGES:
            said = [name.get(language) for name in names if name]
            assert len(said) == len(set(said)), dataset.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_formula_says_names_and_never_columns(pack: Catalogue, language: str) -> None:
    for kpi in pack.kpis.values():
        said = " ".join(formula(kpi.measure, pack, language))
        assert "_" not in said
        assert not [moment for moment in ("closed at", "received at", "due at", "rated at") if moment in said], said


def test_everything_is_marked_simulated_but_what_was_published(pack: Catalogue) -> None:
    assert {s.id for s in pack.sources.values() if s.authority != "simulated"} == {"published"}


def test_every_published_figure_says_where_and_when() -> None:
    with FIGURES.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) > 15
    assert all(row["publication"] and date.fromisoformat(row["published_on"]) for row in rows)
    of_2023 = [float(row["value"]) for row in rows if (row["item"], row["year"]) == ("arrivals", "2023-01-01")]
    assert of_2023 == [4_000_000, 4_153_000]  # both are kept; the later one counts


def test_alarm_levels_are_those_of_the_decision(pack: Catalogue) -> None:
    status = pack.codes["HT-07"].status
    assert (status.watch, status.alert, status.emergency) == (1.0, 1.5, 2.0)
    assert status.words["emergency"].vi == "Báo động III"


def test_a_kpi_promises_no_fresher_than_its_sources(pack: Catalogue) -> None:
    for kpi in pack.kpis.values():
        live = [
            source.fresh_within
            for dataset in kpi.datasets
            for source in pack.feeding(dataset)
            if source.connector != "parquet"
        ]
        assert kpi.fresh_within >= max(live), kpi.id


def test_overview_shows_the_ten_things_agreed(pack: Catalogue) -> None:
    assert pack.boards["overview"].kpis == (
        "DL-01", "HT-07", "DVC-12", "DVC-03", "DVC-11", "HT-12", "HT-21", "DVC-04", "DL-02",
    )  # fmt: skip


def test_source_globs_find_what_the_simulator_writes(pack: Catalogue, tmp_path: Path) -> None:
    simulate(tmp_path, datetime(2026, 2, 2, 9, 0), years=0)
    deliver(tmp_path, datetime(2026, 2, 2, 9, 0), datetime(2026, 2, 10, 9, 0))  # reports of a month come in the next
    (tmp_path / "visitors/archive_x.parquet").write_bytes(b"")
    played = [source for source in pack.sources.values() if source.at == "drop"]
    found = {source.id: list(tmp_path.glob(source.path)) for source in played}
    assert all(found.values())
    assert sum(map(len, found.values())) == sum(path.is_file() for path in tmp_path.rglob("*"))

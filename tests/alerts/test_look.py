"""What rules are told: the KPI's own number and thresholds, part by part; silence is a rule of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from data.alerts.look import look
from data.catalogue import CatalogueError, Text, load
from data.catalogue.alert import Alert
from data.kpis.service import KpiService
from tests.catalogue.pack import write
from tests.kpis.delivered import NOW, city
from tests.kpis.november import NOVEMBER

X = Text(vi="x", en="x")
DRY = {name: rows for name, rows in NOVEMBER.items() if name != "water_level"}


def told(service: KpiService, now: datetime = NOW, **rules: dict) -> dict[tuple[str, str], tuple]:
    made = {key: Alert.model_validate({"id": key, "name": X} | given) for key, given in rules.items()}
    seen = KpiService(replace(service.catalogue, alerts=made), service.reader, service.clock)
    return {(r.rule, r.part): (r.at, r.number, r.level, r.held) for r in look(seen, now)}


@pytest.fixture(scope="module")
def service(tmp_path_factory) -> Iterator[KpiService]:
    held, writer = city(tmp_path_factory.mktemp("looked"), DRY)
    yield held
    writer.close()


def test_a_rule_is_told_what_the_tile_says(service):
    """Three dossiers overdue of a threshold of 60: normal, and would be watch if 57 worse."""
    known = service.catalogue.kpi("DVC-05")
    found = told(service, a={"kpi": "DVC-05", "owner": X}, b={"kpi": "DVC-05", "owner": X, "margin": 60})
    (at, number, level, held), (_, same, _, worse) = found["a", ""], found["b", ""]
    assert number == same and 0 < number < known.status.watch
    assert (level, held, worse) == (0, 0, 1)
    assert at == service.reader.snapshot().manifest.at("dossier")


def test_each_part_is_told_on_its_own(service):
    found = told(service, a={"kpi": "DVC-05", "by": "area", "owner": X})
    assert {part for _, part in found} == {"hoi_an", "hoi_an_tay", "hoi_an_dong", "tan_hiep"}
    whole = told(service, a={"kpi": "DVC-05", "owner": X})["a", ""][1]
    assert sum(number or 0 for _, number, _, _ in found.values()) == whole


def test_what_is_not_known_has_no_level(service):
    """No river reading was ever delivered: the rule of the river says nothing, the rule of its silence does."""
    rules = {
        "river": {"kpi": "HT-07", "owner": X},
        "silent": {"source": "water_level", "silent_for": 3600, "least": "alert"},
    }
    found = told(service, **rules)
    assert found["river", ""][1:] == (None, None, None)
    assert found["silent", ""] == (NOW, None, 2, 2)


def test_a_source_is_silent_after_its_time(service):
    rules = {"silent": {"source": "dossiers", "silent_for": 86_400}}
    age = next(s.age for s in service.sources() if s.source.id == "dossiers")
    assert told(service, **rules)["silent", ""][1:3] == (age.total_seconds(), int(age > timedelta(days=1)))
    assert told(service, silent={"source": "dossiers", "silent_for": 10**8})["silent", ""][2] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [("- {id: a, name: {vi: x, en: x}, kpi: XX-99, owner: {vi: x, en: x}}", "alerts.yaml:1: a: no KPI 'XX-99'"),
     ("- {id: a, name: {vi: x, en: x}, source: nowhere, silent_for: 1 hour}", "no source 'nowhere'"),
     ("- {id: a, name: {vi: x, en: x}, source: nowhere}", "go together"),
     ("- {id: a, name: {vi: x, en: x}, kpi: DVC-01, owner: {vi: x, en: x}}", "never reaches the level watch"),
     ("- {id: a, name: {vi: x, en: x}, kpi: DVC-01, owner: {vi: x, en: x}, for: soon}", "a duration is"),
     ("- {id: a, name: {vi: x, en: x}, kpi: DVC-01, owner: {vi: x, en: x}, scene: nowhere}", "no board 'nowhere'")],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused_with_its_place(tmp_path, text, said):
    folder = write(tmp_path / "pack")
    (folder / "alerts.yaml").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as told_:
        load(folder)
    assert said in str(told_.value)


def test_the_rules_of_hoi_an_are_all_told_something(service):
    found = look(service, NOW)
    rules = service.catalogue.alerts  # those of screens have a reading for each screen there is
    assert {reading.rule for reading in found} == {name for name, rule in rules.items() if not rule.screens}
    assert len(service.catalogue.alerts) >= 15

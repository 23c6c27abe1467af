"""The measure grammar: every kind is read, and what cannot be answered is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.catalogue import CatalogueError, load
from tests.catalogue.pack import DATASETS, KPIS, write

COUNT = "{count: dossier, time: closed_at}"
LEVEL = "{last: gauge, of: level, time: at, over: max}"
MEAN = "{mean: gauge, of: level, time: at}"
FIGURE = """\
- id: figure
  kind: figure
  name: {vi: Số liệu, en: Figures}
  time: month
  grain: month
  columns:
    month: {type: date, required: true}
    value: {type: number}
"""


def kpi(measure: str, grain: str = "hour", more: str = "") -> str:
    """The small pack's KPIs and one of ``measure``."""
    return f"""{KPIS}
- id: test.kpi
  code: TT-01
  name: {{vi: Thử, en: Test}}
  definition: {{vi: Thử, en: Test}}
  domain: egov
  measure: {measure}
  unit: {{vi: x, en: x}}
  grain: {grain}
  fresh_within: 1 day
  owner: {{vi: Phố, en: Town}}
{more}"""


@pytest.mark.parametrize(
    "measure",
    [
        f"{{ratio: {{of: {COUNT}, to: {{area: population}}, per: 1000}}}}",
        f"{{ratio: {{of: {COUNT}, to: {{area: km2}}}}}}",
        "{open_at: dossier, from: received_at, to: closed_at, of: fee}",
        f"{{average: {COUNT}, every: month}}",
        f"{{change: {LEVEL}, over: 3 hours}}",
        f"{{first: [{{sum: figure, of: value, time: month}}, {COUNT}]}}",
        f"{{index: vn_aqi, parts: {{pm25: {MEAN}, co: {MEAN}}}}}",
        f"{{index: score, parts: {{a: {{of: {COUNT}, weight: 18, full_at: 0.8}}, b: {{of: {COUNT}, weight: 2, "
        "ours: true, name: {vi: b, en: b}}}}",
        f"{{index: hhi, parts: {{a: {COUNT}, b: {COUNT}}}}}",
    ],
)
def test_every_kind_is_read(measure: str, tmp_path: Path) -> None:
    folder = write(tmp_path, kpis=kpi(measure), datasets=DATASETS + FIGURE)
    assert load(folder).codes["TT-01"].measure.leaves()


@pytest.mark.parametrize(
    ("measure", "said", "remedy"),
    [
        ("{area: population}", "reads no dataset", "count, sum"),
        (f"{{average: {COUNT}, every: hour}}", "'dossier' has days, not hours", "every: day"),
        ("{peak: {sum: figure, of: value, time: month}, every: day}", "'figure' has months, not days", "every: month"),
        (f"{{change: {COUNT}, over: 1 day}}", "count is none", "last or open_at"),
        (f"{{change: {LEVEL}, over: 90 minutes}}", "over is no whole number of the hours", "whole hours"),
        (
            "{change: {open_at: dossier, from: received_at, to: closed_at}, over: 3 hours}",
            "over is no whole number of the days of dataset 'dossier'",
            "whole days",
        ),
        (f"{{index: vn_aqi, parts: {{o3: {MEAN}}}}}", "needs pm25 or pm10", "add one"),
        ("{index: vn_aqi, parts: {pm10: {count: dossier, time: closed_at}}}", "'dossier' has days", "grain: hour"),
        ("{index: vn_aqi, parts: {pm25: {sum: gauge, of: level, time: at}}}", "sum is none", "mean or last"),
        (f"{{sum: [{COUNT}, {{index: vn_aqi, parts: {{pm10: {MEAN}}}}}]}}", "vn_aqi stands alone", "of its own"),
        ("{index: aqi, parts: {}}", "a measure starts with one of", ""),
        (f"{{index: hhi, parts: {{a: {COUNT}}}}}", "at least 2", ""),
        ("{open_at: dossier, from: received_at, to: closed_at, of: channel}", "'channel' is text", "another"),
    ],
)
def test_what_cannot_be_answered_is_said(measure: str, said: str, remedy: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(write(tmp_path, kpis=kpi(measure), datasets=DATASETS + FIGURE))
    problem = next(problem for problem in caught.value.problems if said in problem.message)
    assert remedy in problem.remedy
    assert problem.file == "kpis.yaml" and problem.entry == "test.kpi"


def test_air_quality_has_no_week_and_a_line_needs_two_points(tmp_path: Path) -> None:
    air = f"{{index: vn_aqi, parts: {{pm25: {MEAN}}}}}"
    more = "  direction: up\n  target: [{from: 2026-01-01, value: 3}]\n  target_path: linear\n"
    with pytest.raises(CatalogueError) as caught:
        load(write(tmp_path, kpis=kpi(air, "week", more)))
    said = " ".join(problem.message for problem in caught.value.problems)
    assert "vn_aqi has no value of a week" in said
    assert "a line needs two targets" in said


def test_only_figures_come_by_the_month(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="grain: month is for figures"):
        load(write(tmp_path, datasets=DATASETS.replace("grain: hour", "grain: month")))

"""Scores and concentrations, from parts given and from rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from data.calendar.comparison import named_period
from data.catalogue.measure import Score
from data.kpis.arithmetic import NOTHING
from data.kpis.index import concentration, score
from data.kpis.query import KpiQuery
from data.kpis.result import MISSING, Presence, Value
from data.kpis.service import KpiService
from tests.kpis.small import small

NOW = datetime(2026, 11, 24, 19, 30)
ROWS_OF = {"count": "dossier", "time": "closed_at"}


def measure(**parts: dict) -> Score:
    full = {key: {"of": ROWS_OF} | part for key, part in parts.items()}
    return Score.model_validate_json(json.dumps({"index": "score", "parts": full}))


# The six groups of Decision 766/QĐ-TTg and their maxima: 18 + 20 + 12 + 10 + 18 + 22 = 100.
GROUPS = measure(
    openness={"weight": 18.0}, progress={"weight": 20.0}, online={"weight": 12.0, "full_at": 0.8},
    payment={"weight": 10.0, "full_at": 0.8}, satisfaction={"weight": 18.0, "full_at": 0.9},
    digital={"weight": 22.0, "full_at": 0.8, "ours": True},
)  # fmt: skip
SHARES = {
    "openness": Value(0.75), "progress": Value(0.92), "online": Value(0.6), "payment": Value(0.85),
    "satisfaction": Value(0.81), "digital": Value(0.4),
}  # fmt: skip


def test_points_of_six_groups() -> None:
    """13.5 + 18.4 + 12·0.75 = 9 + 10 (at most) + 18·0.9 = 16.2 + 22·0.5 = 11: 78.1."""
    value, told = score(GROUPS, SHARES)
    assert value.number == pytest.approx(78.1)
    assert [part.points for part in told.parts] == pytest.approx([13.5, 18.4, 9.0, 10.0, 16.2, 11.0])
    assert [part.weight for part in told.parts] == [18, 20, 12, 10, 18, 22]
    assert [part.ours for part in told.parts] == [False] * 5 + [True]
    assert (told.decides, told.rescaled) == ("digital", False)


def test_what_does_not_apply_leaves_and_the_rest_is_scaled_up() -> None:
    """Without payment 68.1 of 90 points: 75.67 of 100; the weight of progress becomes 20 · 100 / 90."""
    value, told = score(GROUPS, SHARES | {"payment": NOTHING})
    assert value.number == pytest.approx(68.1 / 90 * 100)
    assert told.rescaled
    assert told.parts[1].weight == pytest.approx(200 / 9)
    assert (told.parts[3].points, told.parts[3].weight) == (None, None)


def test_a_missing_part_makes_the_score_missing() -> None:
    value, told = score(GROUPS, SHARES | {"digital": MISSING, "payment": NOTHING})
    assert value == MISSING
    assert [part.points is None for part in told.parts] == [False, False, False, True, False, True]


def test_nothing_that_applies_is_not_applicable() -> None:
    assert score(GROUPS, dict.fromkeys(SHARES, NOTHING))[0].presence is Presence.NOT_APPLICABLE


def test_full_marks_leave_nothing_to_decide() -> None:
    value, told = score(GROUPS, dict.fromkeys(SHARES, Value(2.0)))
    assert value.number == pytest.approx(100)
    assert told.decides is None


def test_concentration_of_given_parts() -> None:
    """Half, three tenths, two tenths: 0.25 + 0.09 + 0.04."""
    value, told = concentration({"a": Value(50.0), "b": Value(30.0), "c": Value(20.0)})
    assert value.number == pytest.approx(0.38)
    assert told.decides == "a"
    assert concentration({"a": Value(7.0), "b": Value(0.0)})[0].number == 1
    assert concentration({"a": Value(7.0), "b": MISSING})[0] == MISSING
    assert concentration({"a": Value(0.0), "b": Value(0.0)})[0].presence is Presence.NOT_APPLICABLE


# -- from rows ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KpiService]:
    at, area = datetime(2026, 11, 2, 9), {"area": "N"}
    rows = {
        "counted": [{"at": at, "guests": 150, "market": "korea", **area}, {"at": at, "guests": 10, "area": "S"}],
        "published": [{"month": datetime(2026, 11, 1), "what": "guests", "number": 90.0, **area}],
        "air": [
            {"station": "a", "at": at, "pm25": 10.0, "pm10": 40.0, **area},
            {"station": "b", "at": at, "pm25": 10.0, "pm10": 0.0, "area": "S"},
        ],
    }
    made, writer = small(tmp_path_factory.mktemp("score"), rows, NOW)
    yield made
    writer.close()


def ask(service: KpiService, **more: object):
    return service.ask([KpiQuery("DK-09", named_period("month", NOW), **more)])[0]  # type: ignore[arg-type]


def test_a_score_of_rows(service: KpiService) -> None:
    """Guests 160 of 200: 18 · 0.8 = 14.4. Published 90 of 100: 18. Dust 10 over 20: 12 · 0.5 = 6. 38.4 of 50."""
    result = ask(service)
    assert result.value.number == pytest.approx(38.4)
    assert result.composition is not None
    named = {part.key: part.name.vi if part.name else None for part in result.composition.parts}
    assert named == {"guests": None, "official": "Công bố", "dust": None}
    assert result.composition.decides == "dust"


def test_an_area_has_its_own_score(service: KpiService) -> None:
    """North: 13.5 + 18 + 12 · 0.25 = 3: 34.5. South: nothing published, so missing."""
    result = ask(service, by="area")
    assert {part.key: part.value.number for part in result.parts} == {"north": pytest.approx(34.5), "south": None}
    assert result.parts[1].value.presence is Presence.MISSING


def test_a_part_that_does_not_apply_in_an_area(tmp_path: Path) -> None:
    """Dust over nothing: guests 18 · 1 and published 20 · 1 of 38 points make all 50."""
    at = datetime(2026, 11, 2, 9)
    rows = {
        "counted": [{"at": at, "guests": 300, "area": "S"}],
        "published": [{"month": datetime(2026, 11, 1), "what": "guests", "number": 100.0, "area": "S"}],
        "air": [{"station": "b", "at": at, "pm25": 10.0, "pm10": 0.0, "area": "S"}],
    }
    made, writer = small(tmp_path, rows, NOW)
    result = ask(made, area="south")
    writer.close()
    assert result.value.number == pytest.approx(50)
    assert result.composition is not None and result.composition.rescaled

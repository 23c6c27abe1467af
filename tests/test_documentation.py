"""What a reader may use is documented, and what is documented exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commands import parser
from data.catalogue.alert import Alert, Step
from data.catalogue.area import Area, Succession
from data.catalogue.board import (
    Board,
    DriversTile,
    HeatTile,
    KpiTile,
    ListTile,
    MapTile,
    Points,
    RankingTile,
    ScorecardTile,
)
from data.catalogue.city import City, CityEvent, WorkingCalendar
from data.catalogue.dataset import Column, Dataset, Derivation, Expectation
from data.catalogue.exercise import Exercise, Part
from data.catalogue.kpi import Kpi, Standard, Status, Target
from data.catalogue.measure import KINDS, Average, Change, OpenAt, RatioParts, ScorePart
from data.catalogue.outlook import Outlook, Upstream
from data.catalogue.playlist import Hours, Playlist, Scene
from data.catalogue.provider import Provider
from data.catalogue.report import KINDS as PARTS
from data.catalogue.report import Report, Schedule, Section, Signer
from data.catalogue.role import Role
from data.catalogue.room import Place, Room
from data.catalogue.source import Reading, Source

ROOT = Path(__file__).parents[1]
MODELS = (
    City, CityEvent, WorkingCalendar, Area, Succession, Source, Reading, Dataset, Column, Derivation, Expectation,
    Kpi, Standard, Status, Target, RatioParts, ScorePart, OpenAt, Change, Average,
    Board, KpiTile, MapTile, Points, RankingTile, ListTile, HeatTile, ScorecardTile, Role,
    Provider, Alert, Step, DriversTile, Outlook, Upstream, Playlist, Scene, Hours, Room, Place, Exercise, Part,
    Report, Schedule, Section, Signer, *PARTS.values(),
)  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_of_a_pack_is_documented(model: type) -> None:
    words = set(re.findall(r"[a-z_0-9]+", (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")))
    keys = {field.alias or name for name, field in model.model_fields.items()}
    assert keys <= words, f"docs/catalogue.md does not say: {', '.join(sorted(keys - words))}"


def test_every_measure_kind_is_documented() -> None:
    text = (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")
    assert all(f"{{{'sum' if kind == 'total' else kind}:" in text for kind in KINDS)


def test_every_command_is_documented_and_has_help() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = next(action for action in parser()._actions if action.choices and "run" in action.choices)
    for name, command in commands.choices.items():
        assert f"lantern {name}" in readme
        assert command.description and len(command.description) > 10


def test_links_of_the_readme_lead_somewhere() -> None:
    for page in ("README.md", "ARCHITECTURE.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8")):
            assert target.startswith("http") or (ROOT / target).exists(), f"{page} names {target}"

"""A city begun with one command is right from the start and shows numbers from its example."""

from __future__ import annotations

import shlex
from datetime import datetime
from pathlib import Path

import pytest

from callbacks.boards import tile_query
from commands import run
from commands.founding import EXAMPLE, example
from data.catalogue import load
from data.clock.sync import Sync
from data.kpis.service import open_service
from data.settings import read
from data.store.writer import Writer
from tests.store.town import TownClock

NOW = datetime(2026, 11, 24, 19, 42)


def test_a_new_city_passes_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    folder = tmp_path / "Phố Mới"
    assert run(["new-city", str(folder)]) == 0
    advice = capsys.readouterr().out
    export = next(line for line in advice.splitlines() if "export" in line)
    settings = read(dict(word.split("=", 1) for word in shlex.split(export)[1:]))
    assert (settings.city, settings.store) == (folder, Path("var/ph_m_i/store"))
    assert f"{settings.drop}/requests/" in advice
    assert not {settings.drop, settings.state, settings.archive} & {read({}).drop, read({}).state, read({}).archive}
    monkeypatch.setenv("LANTERN_CITY", str(folder))
    assert run(["check"]) == 0
    pack = load(folder)
    assert [len(x) for x in (pack.areas, pack.sources, pack.datasets, pack.kpis, pack.boards)] == [1, 1, 1, 2, 1]
    assert not pack.city.demonstration
    assert (folder / EXAMPLE).read_text("utf-8").startswith("Mã phản ánh,")


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert run(["new-city", str(tmp_path)]) == 1
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_its_example_becomes_numbers(tmp_path: Path) -> None:
    run(["new-city", str(tmp_path / "city")])
    pack, clock = load(tmp_path / "city"), TownClock(NOW)
    drop = tmp_path / "drop" / "requests"
    drop.mkdir(parents=True)
    text = example(NOW)
    (drop / "requests.csv").write_text(text, "utf-8")
    writer = Writer(tmp_path / "store", pack, clock)
    loads = [item for _ in range(2) for item in Sync(writer, tmp_path / "drop", clock).tick()]
    rows = [line.split(",") for line in text.splitlines()[1:]]
    assert [(item.loaded, item.quarantined) for item in loads] == [(len(rows), 0)]
    service = open_service(pack, tmp_path / "store", clock)
    received, unsettled = service.ask([tile_query(pack.kpi(code), NOW) for code in ("PA-01", "PA-02")])
    assert received.value.number == sum(row[1].startswith("2026-11") for row in rows)
    assert unsettled.value.number == sum(not row[2] for row in rows)
    assert not received.marks
    writer.close()

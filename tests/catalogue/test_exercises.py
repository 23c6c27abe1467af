"""Exercises of a pack: the script is told as it stands and on straight lines between, and its faults are said."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.alerts import Reading, Standing, step
from data.catalogue import CatalogueError, load
from data.catalogue.exercise import Part
from data.catalogue.script import ScriptError, cues
from data.kpis import status
from data.kpis.result import Value
from tests.kpis.delivered import hoian

PACK = Path(__file__).parents[2] / "data" / "cities" / "hoian"
CATALOGUE = hoian()
RIVER = "exercises/flood_2025_10_river.csv"
HEAD = "at,station,level,cited\n"


def written(tmp_path: Path, text: str) -> Path:
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    return tmp_path


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 59), st.floats(-1, 10), st.floats(-1, 10))
def test_between_two_rows_lies_a_straight_line(tmp_path_factory, minutes, low, high):
    told = f"2025-10-27 06:00,hoi_an,{low:.3f},a\n2025-10-27 08:00,hoi_an,{high:.3f},a\n"
    folder = written(tmp_path_factory.mktemp("line"), HEAD + told)
    found = cues(folder, Part(source="w", file="r.csv", every=minutes * 60), CATALOGUE.datasets["water_level"])
    assert len({cue.at for cue in found}) == len(found)
    for cue in found:
        share = (cue.at - datetime(2025, 10, 27, 6)) / timedelta(hours=2)
        assert float(cue.cells["level"]) == pytest.approx(low + (high - low) * share, abs=0.0011)


def test_a_row_is_known_at_the_latest_of_its_moments(tmp_path):
    head = "point_id,street,area,opened_at,closed_at,depth_cm,longitude,latitude,cited\n"
    row = "DT-01,Bạch Đằng,20410,2025-10-27 10:00,{},15,108.3,15.8,x\n"
    folder = written(tmp_path, head + row.format("2025-10-30 09:00") + row.format(""))
    found = cues(folder, Part(source="f", file="r.csv"), CATALOGUE.datasets["flooded_point"])
    assert [(cue.at, cue.cells["closed_at"]) for cue in found] == [
        (datetime(2025, 10, 27, 10), ""), (datetime(2025, 10, 30, 9), "2025-10-30 09:00"),
    ]  # fmt: skip


def test_the_published_levels_are_in_the_script_and_say_where_they_are_from():
    published = {
        ("hoi_an", "2025-10-29 18:00"): "3.11", ("hoi_an", "2025-10-30 01:00"): "3.37",
        ("hoi_an", "2025-10-30 07:00"): "3.32", ("cau_lau", "2025-10-30 01:00"): "5.62",
    }  # fmt: skip
    rows = [line.split(",") for line in (PACK / RIVER).read_text(encoding="utf-8").splitlines()[1:]]
    found = {(row[1], row[0]): (row[2], ",".join(row[3:])) for row in rows}
    for key, level in published.items():
        assert found[key][0] == level and "Dân trí 30/10/2025" in found[key][1]


def test_the_river_of_the_script_goes_through_the_three_levels_when_it_should():
    """0.9 m at 06:00 of the 27th, 1.6 at midnight, 2.25 at 18:00 of the 28th: 0.0389 and 0.0361 m an hour.

    To centimetres, 1.00 is read at 08:30 (0.997), 1.50 at 21:20 (1.496) and 2.00 at 11:00 (1.997); each holds for ten
    minutes until it counts.
    """
    catalogue = CATALOGUE
    part = catalogue.exercises["flood_2025_10"].plays[0]
    kpi, rule = catalogue.kpi("HT-07"), catalogue.alerts["river"]
    stands, moved = Standing(), []
    for cue in cues(PACK, part, catalogue.datasets["water_level"]):
        if cue.cells["station"] == "hoi_an":
            level = int(status.level(kpi, Value(float(cue.cells["level"]))))
            stands, move = step(rule, stands, Reading("river", "", cue.at, float(cue.cells["level"]), level, level))
            moved += [(move.after, f"{move.event.changed_at:%d %H:%M}")] if move else []
    assert moved == [(1, "27 08:40"), (2, "27 21:30"), (3, "28 11:10")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("playlist: hall", "playlist: hal"), ": flood_2025_10: no playlist 'hal'; did you mean 'hall'?"),
        (("board: flood", "board: flod"), "no board 'flod'; did you mean 'flood'?"),
        (("board: flood", "board: tourism"), "board 'tourism' shows DL-01, of which nothing is told"),
        (("source: rain", "source: rian"), "no source 'rian'; did you mean 'rain'?"),
        (("flood_2025_10_rain.csv", "nothing.csv"), "exercises/nothing.csv:1: there is no such file in the pack"),
        (("exercises/flood_2025_10_rain.csv", "../rain.csv"), "../rain.csv:1: there is no such file in the pack"),
        (("speed: 240", "speed: 6000"), "speed"),
        (("to: 2025-10-30 12:00", "to: 2025-10-26 12:00"), "to is after from"),
    ],
)
def test_what_is_wrong_with_an_exercise_is_said(tmp_path, change, said):
    pack = copied(tmp_path)
    path = pack / "exercises" / "flood_2025_10.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        load(pack)
    assert said in str(error.value) and "exercises/flood_2025_10.yaml:" in str(error.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2025-10-27 06:00,hoi_an,0.9,", ":2: the row does not say where it is from"),
        ("27/10/2025,hoi_an,0.9,x", ":2: 'at' cannot be read as timestamp: '27/10/2025'"),
        ("2025-10-27 06:00,hoi_an,high,x", ":2: 'level' cannot be read as number: 'high'"),
        ("2025-10-27 06:00,,0.9,x", ":2: 'station' is empty"),
        ("2025-10-27 06:00,hoi_an", ":2: more or fewer cells than headings"),
    ],
)
def test_a_row_that_cannot_be_played_is_said_with_its_line(tmp_path, row, said):
    folder = written(tmp_path, HEAD + row + "\n")
    with pytest.raises(ScriptError) as error:
        cues(folder, Part(source="w", file="r.csv"), CATALOGUE.datasets["water_level"])
    assert str(error.value).startswith("r.csv" + said)


def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACK, tmp_path / "pack"))

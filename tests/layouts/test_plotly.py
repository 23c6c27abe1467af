"""Plotly figures: plain, complete, quiet, and the same drawing as the marks."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from layouts.marks import (
    Band,
    Bar,
    Bullet,
    Figure,
    Flag,
    Gap,
    HeatCell,
    Label,
    Line,
    Margin,
    Mark,
    Outline,
    PointMark,
    Rule,
    Scale,
    Tick,
)  # fmt: skip
from layouts.pen import INK, Series
from layouts.plotly import figure, graph
from layouts.tokens import tokens

START = datetime(2026, 11, 1)
NEXT = START + timedelta(days=1)
SAMPLES: dict[type, Mark] = {
    Line: Line(((START, 1.0), (NEXT, 2.0))),
    Band: Band(((START, 1.0, 2.0), (NEXT, 1.0, 3.0))),
    Bar: Bar(START, NEXT, 3.0),
    HeatCell: HeatCell(START, NEXT, 0.0, 1.0, 4, "9"),
    Outline: Outline((((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)),)),
    PointMark: PointMark(START, 2.0),
    Bullet: Bullet(2.0, 3.0, 2.5),
    Label: Label(START, 2.0, "a < b"),
    Rule: Rule(2.0, "target", "98%"),
    Gap: Gap(START, NEXT, "gap"),
    Flag: Flag(START, NEXT, "1"),
}


def drawn(*marks: Mark, **rest: object) -> dict:
    scale = Scale(START, START + timedelta(days=9), (Tick(START, "1/11\n23/9"),))
    y = Scale(0.0, 10.0, tuple(Tick(float(n), str(n)) for n in range(0, 11, 2)))
    return figure(Figure(800, 200, scale, y, marks, margin=Margin(40, 80, 10, 30)), "light", "vi", **rest)


@pytest.mark.parametrize("kind", get_args(Mark))
def test_every_mark_is_drawn(kind: type) -> None:
    plain, with_mark = drawn(), drawn(SAMPLES[kind])
    parts = [with_mark["data"], with_mark["layout"]["shapes"], with_mark["layout"]["annotations"]]
    before = [plain["data"], plain["layout"]["shapes"], plain["layout"]["annotations"]]
    assert parts != before
    json.dumps(with_mark)


def test_a_gap_stays_a_gap_and_a_lone_point_is_seen() -> None:
    days = [START + timedelta(days=n) for n in range(5)]
    numbers = (1.0, None, 3.0, None, 5.0)
    line, dots = drawn(Line(tuple(zip(days, numbers, strict=True))))["data"]
    assert line["connectgaps"] is False
    assert line["y"] == list(numbers)
    assert dots["y"] == [1.0, 3.0, 5.0]


def test_a_gap_is_hatched_over_its_whole_span() -> None:
    (trace,) = drawn(Gap(START, NEXT))["data"]
    assert trace["fillpattern"]["shape"] == "/"
    assert {trace["x"][0], trace["x"][1]} == {"2026-11-01 00:00:00", "2026-11-02 00:00:00"}
    assert trace["hoverinfo"] == "skip"


def test_the_layout_says_everything_itself() -> None:
    layout = drawn()["layout"]
    assert "template" not in layout
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert layout["showlegend"] is False
    assert layout["separators"] == ",."
    assert layout["font"]["family"].startswith("Lantern Sans")
    assert layout["margin"] == {"l": 40, "r": 80, "t": 10, "b": 30, "pad": 0}
    assert len(layout["yaxis"]["tickvals"]) <= 4
    assert (layout["xaxis"]["showgrid"], layout["yaxis"]["showgrid"]) == (False, True)
    assert layout["xaxis"]["ticktext"] == ["1/11<br>23/9"]
    assert layout["xaxis"]["range"] == ["2026-11-01 00:00:00", "2026-11-10 00:00:00"]


def test_what_a_pointer_reads() -> None:
    line = SAMPLES[Line]
    made = drawn(
        line,
        series={"now": Series("2026", ("<b>1</b>", "<b>2</b>"))},
        moment="%d/%m/%Y",
        notes=("Sun", "Mon"),
    )
    note, now = made["data"]
    assert note["text"] == ["Sun", "Mon"]
    assert now["text"] == ["<b>1</b>", "<b>2</b>"]
    assert made["layout"]["hovermode"] == "x unified"
    assert made["layout"]["xaxis"]["unifiedhovertitle"]["text"] == "<b>%{x|%d/%m/%Y}</b>"
    assert drawn(line)["layout"]["hovermode"] is False


def test_words_cannot_bring_markup() -> None:
    (word,) = drawn(Label(START, 2.0, "<a href='//evil'>x</a>\n2"))["layout"]["annotations"]
    assert word["text"] == "&lt;a href='//evil'&gt;x&lt;/a&gt;<br>2"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_is_a_token_named_for_a_change_of_theme(theme: str) -> None:
    scale = Scale(START, START + timedelta(days=9))
    made = figure(Figure(800, 200, scale, Scale(0.0, 9.0), tuple(SAMPLES.values())), theme, "en")
    named = made["layout"]["meta"]["colours"]
    assert all(tokens(theme)[name] == value for name, value in named.items())
    loose = {text for text in _strings(made) if text.startswith("#")} - set(named.values())
    assert loose == set()


def test_every_role_has_an_ink() -> None:
    assert {token for token in INK.values() if token not in tokens("light")} == set()


def test_a_graph_sends_nothing_anywhere() -> None:
    config = json.loads(graph("x", drawn()).to_plotly_json()["props"]["data-plot"])["config"]
    assert (config["showSendToCloud"], config["displaylogo"], config["displayModeBar"]) == (False, False, False)


def test_only_the_factory_makes_graphs() -> None:
    folder = Path(__file__).parents[2] / "layouts"
    made = [path.name for path in folder.rglob("*.py") if "data-plot" in path.read_text(encoding="utf-8")]
    assert made == ["plotly.py"]
    assert not [path.name for path in folder.rglob("*.py") if "dcc.Graph" in path.read_text(encoding="utf-8")]


def _strings(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in _strings(value)]
    if isinstance(node, list | tuple):
        return [text for value in node for text in _strings(value)]
    return [node] if isinstance(node, str) else []

"""The SVG back end: positions, gaps, escaping, and no colour of its own."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from layouts.figures import hero, spark
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
    Outline,
    PointMark,
    Rule,
    Scale,
    Tick,
)  # fmt: skip
from layouts.svg import svg
from tests.layouts.answers import Freshness, result

SCALES = (Scale(0.0, 10.0), Scale(0.0, 100.0))


def drawn(*marks, alt: str = "") -> str:
    return svg(Figure(100, 50, *SCALES, marks, alt))


def test_a_line_is_drawn_in_its_own_field_and_broken_at_a_gap():
    path = re.search(r' d="([^"]+)"', drawn(Line(((0.0, 0.0), (2.0, 50.0), (4.0, None), (6.0, 100.0), (10.0, 0.0)))))
    assert path[1] == "M0 1000L200 500M600 0L1000 1000"


def test_a_lonely_point_between_gaps_is_still_seen():
    assert 'd="M500 500h.01"' in drawn(Line(((0.0, None), (5.0, 50.0), (6.0, None))))


def test_words_stand_at_percentages_outside_the_stretched_field():
    markup = drawn(Label(5.0, 25.0, "giữa", anchor="middle", side="above"))
    assert '<text class="text text-label" x="50%" y="75%" dy="-.45em" text-anchor="middle">giữa</text>' in markup
    assert "preserveAspectRatio" not in markup


def test_text_is_escaped():
    markup = drawn(Rule(50.0, "watch", "<b>&"), alt='a "quoted" <name>')
    assert "&lt;b&gt;&amp;" in markup
    assert 'aria-label="a &quot;quoted&quot; &lt;name&gt;"' in markup


def test_only_a_figure_with_words_is_an_image_to_a_listener():
    assert 'role="img"' in drawn(alt="một câu")
    assert 'aria-hidden="true"' in drawn()


def test_the_hatch_is_defined_only_where_used_and_named_by_content():
    assert "<pattern" not in drawn(Line(((0.0, 1.0), (1.0, 2.0))))
    names = {re.search(r'id="(hatch-\w+)"', drawn(Gap(float(n), 10.0)))[1] for n in (6, 7)}
    assert len(names) == 2


def test_a_bar_below_its_base_is_drawn_downwards():
    assert 'x="20%" y="60%" width="20%" height="30%"' in drawn(Bar(2.0, 4.0, 10.0, base=40.0))


@pytest.mark.parametrize(
    "mark",
    [
        Line(((0.0, 1.0), (1.0, 2.0)), dashed=True), Band(((0.0, 1.0, 2.0), (1.0, 2.0, 3.0))),
        Bar(0.0, 1.0, 5.0, text="5"),
        Bar(0.0, 1.0, 5.0, role="estimated"), HeatCell(0.0, 1.0, 0.0, 10.0, 3, "7"), PointMark(1.0, 2.0),
        Outline((((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)),), step=2), Bullet(5.0, 8.0, 6.0),
        Label(1.0, 1.0, "chữ"),
        Rule(50.0, "target", "mục tiêu"), Gap(5.0, 10.0, "mất"), Flag(2.0, 4.0, "1·2"),
    ],
)  # fmt: skip
def test_every_mark_is_well_formed_and_has_no_colour_or_style(mark):
    markup = drawn(mark)
    ET.fromstring(markup)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|style=", markup.replace("url(#hatch-", ""))


def test_ticks_are_written_with_their_anchor():
    x = Scale(0.0, 10.0, (Tick(0.0, "đầu", "start"),))
    markup = svg(Figure(100, 50, x, Scale(0.0, 1.0, (Tick(0.5, "nửa"),)), ()))
    assert 'x="0%" y="100%" dy="1.5em" text-anchor="start">đầu<' in markup
    assert 'class="grid" x1="0" x2="100%" y1="50%" y2="50%"' in markup


def test_figures_of_an_answer_are_well_formed():
    answer = result(series=[2.0, 4.0, 3.0, None], freshness=Freshness.LOST, against=[1.0, 2.0, 3.0, 4.0])
    for figure in (spark(answer), hero(answer, "vi")):
        ET.fromstring(svg(figure))

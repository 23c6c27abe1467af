"""The scorecard: a real table whose every line says its value, its targets and its pace, or why it cannot."""

from __future__ import annotations

import json
import re
from datetime import timedelta

from data.catalogue import Board, ScorecardTile, Source
from data.kpis.result import Freshness, KpiResult, Level, Mark, SourceState, TargetState, Value
from layouts.board import Answers, board
from layouts.goal_path import goal_path
from layouts.html import render
from layouts.marks import Line, PointMark, Rule
from layouts.scorecard import missing, scorecard
from layouts.tally import sentence, summary
from tests.layouts.answers import NOW, result, source
from tests.layouts.goals import POINTS, goal, goal_kpi

TEXT = {"vi": "Bảng điểm", "en": "Scorecard"}
FREE = goal_kpi(code="DL-40", id="goals.free", target=[], target_path="steps", name={"vi": "Khách", "en": "Arrivals"})
LATE = goal(0.83, kpi=goal_kpi(code="MTC-06", id="goals.fibre", name={"vi": "Cáp quang", "en": "Fibre"}))


def item(*codes: str) -> ScorecardTile:
    return ScorecardTile.model_validate_json(json.dumps({"scorecard": codes, "years": [2025, 2030], "name": TEXT}))


def drawn(*results: KpiResult, language: str = "en", within: bool = False) -> str:
    kpis = {found.kpi.code: found.kpi for found in results}
    answers = {found.kpi.code: found for found in results}
    return render(scorecard(item(*kpis), kpis, answers, {}, language, within))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def official() -> SourceState:
    given = source().source.model_dump(by_alias=True, mode="json") | {"authority": "official"}
    age = timedelta(days=30)
    return SourceState(Source.model_validate_json(json.dumps(given)), Freshness.ON_TIME, NOW - age, NOW - age, age)


def test_it_is_a_table_with_a_caption_and_a_header_for_every_cell():
    html = drawn(goal(), LATE)
    assert "<caption" in html and "Scorecard: 2 indicators" in html
    assert html.count('scope="col"') == 7 and html.count('scope="row"') == 2
    assert html.count("<td") == 2 * 6 == html.count("data-label=")
    assert '<a href="/kpi/MTC-01">Clean water</a>' in html


def test_a_line_says_value_period_kind_targets_pace_and_owner():
    said = words(drawn(goal()))
    line = said.split("Owner", 1)[1]
    for part in (
        "91.3% 2025",
        "simulated",
        "Tổng đài 1022",
        "90% 95%",
        "Ahead by 1.3",
        "90% due by 31 Dec 2025",
        "Centre",
    ):
        assert part in line


def test_behind_has_its_own_glyph_and_words_not_only_a_colour():
    html = drawn(LATE)
    assert "state-watch" in html and "Behind by 7.0" in words(html)
    assert "state-ok" in drawn(goal()) and "state-watch" not in drawn(goal())
    assert "state-alert" in drawn(goal(0.83, level=Level.ALERT))


def test_a_figure_not_published_is_said_with_the_last_one_that_was():
    absent = goal(None, kpi=FREE, points=POINTS[:3], sources=(official(),))
    assert missing(absent, "vi") == "Chưa có số công bố năm 2025. Gần nhất: 89,4% (2024)."
    said = words(drawn(absent))
    assert "No target set" in said and said.count("not set") == 2
    measured = goal(None, points=())
    assert missing(measured, "en") == "No data yet for 2025."
    assert "Pace not known" in words(drawn(measured))


def test_late_and_silent_sources_are_said_in_words():
    late = words(drawn(goal(sources=(source(Freshness.LATE, 300),))))
    assert "91.3%" in late and "late, 5 h old" in late
    lost = words(drawn(goal(sources=(source(Freshness.LOST, 3000),), freshness=Freshness.LOST, last_known=POINTS[3])))
    assert "Ahead" not in lost and "91.3%" in lost and "No signal" in lost and "Pace not known" in lost


def test_of_a_period_that_is_over_only_what_is_not_on_time_has_an_age():
    assert "4 min" not in words(drawn(goal()))
    assert "4 min" in words(drawn(goal(kpi=goal_kpi(period="now"))))


def test_what_is_awaited_or_failed_says_so_on_its_line():
    kpis = {"MTC-01": goal_kpi(), "DL-40": FREE}
    said = words(render(scorecard(item(*kpis), kpis, {}, {"DL-40": "It broke."}, "en")))
    assert "Loading" in said and "It broke." in said


def test_on_a_board_of_one_area_a_line_of_the_city_says_it():
    assert "Whole city" in words(drawn(goal(), within=True))
    assert "Whole city" not in words(drawn(goal()))


def test_the_path_has_its_targets_and_every_actual_point_at_the_end_of_its_year():
    figure = goal_path(goal(), "en")
    lines = [mark for mark in figure.marks if isinstance(mark, Line)]
    dots = [(mark.role, mark.x.year, mark.y) for mark in figure.marks if isinstance(mark, PointMark)]
    assert lines[0].role == "target" and lines[0].dashed
    assert [dot for dot in dots if dot[0] == "target"] == [
        ("target", 2023, 87),
        ("target", 2025, 90),
        ("target", 2030, 95),
    ]
    assert [year for role, year, _ in dots if role == "now"] == [2024, 2025, 2026]
    assert (
        figure.alt == "Actual: 87.2% (2023), 89.4% (2024), 91.3% (2025). Targets: 87% (2023), 90% (2025), 95% (2030)."
    )


def test_a_target_without_a_path_lies_across_the_trend_however_far():
    held = goal(kpi=goal_kpi(target_path="steps"), target=TargetState(200.0, False, 1.0))
    figure = goal_path(held, "en")
    assert Rule(200.0, "target") in figure.marks and figure.y.high > 200
    assert figure.alt == "Lowest 87.2%, highest 91.3%, last 91.3%; target 200%."
    assert goal_path(goal(None, kpi=FREE, points=()), "en") is None


def test_the_tally_counts_each_line_once():
    absent = goal(None)
    assert summary([goal(), LATE, goal(kpi=FREE), absent], "en") == (
        "1 on pace or ahead · 1 behind · 1 without a target · 1 not known"
    )


def test_the_sentence_names_those_furthest_behind_by_share_of_their_target():
    km = {"vi": "km", "en": "km"}
    coast = goal(3.0, kpi=goal_kpi(code="MTC-07", name={"vi": "Bờ", "en": "Coast"}, unit=km),
                 target=TargetState(4.5, None, 1.0))  # fmt: skip
    glyph, verdict, rest = sentence([goal(0.899), coast, LATE], "en")
    assert (glyph, verdict) == ("watch", "3 goals are behind.")
    # 1.5 of 4.5 is a third, 7 of 90 a thirteenth, 0.1 of 90 the least
    assert rest == "Furthest: Coast (by 1.5\u00a0km), Fibre (by 7.0\u00a0pct\u00a0points) and 1 more."
    assert sentence([goal()], "vi") == ("ok", "Các mục tiêu đúng hoặc vượt tiến độ.", "")
    assert sentence([goal(None)], "vi") is None


def test_a_threshold_that_is_passed_goes_before_the_goals():
    rows = [[{"scorecard": ["MTC-06"], "years": [2030], "name": TEXT}]]
    page = Board.model_validate_json(json.dumps({"id": "goals", "name": TEXT, "title": TEXT, "rows": rows}))
    assert page.kpis == ("MTC-06",)
    kpis = {"MTC-06": LATE.kpi}
    calm = render(board(page, Answers(NOW, kpis, {"MTC-06": LATE}), "vi"))
    assert "Một mục tiêu đang chậm tiến độ." in calm
    raised = result(0.83, kpi=LATE.kpi, level=Level.ALERT, value=Value(0.83), marks=frozenset({Mark.OFFICIAL}))
    assert "Bảng này đang có cảnh báo." in render(board(page, Answers(NOW, kpis, {"MTC-06": raised}), "vi"))

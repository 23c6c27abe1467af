"""A tile in every state: its words, its marks, what it never shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from data.kpis.result import Mark
from layouts.html import render
from layouts.state import ago
from layouts.tile import failed, skeleton, tile
from tests.layouts.answers import (
    NOW,
    WORDS,
    Compare,
    Comparison,
    Freshness,
    Level,
    Period,
    Point,
    Presence,
    Quality,
    TargetState,
    Value,
    kpi,
    result,
    source,
)  # fmt: skip

SIMULATED = '<span class="simulated">mô phỏng</span>'


def shown(answer, size="compact", language="vi") -> str:
    return render(tile(answer, language, size))


def test_the_eight_parts_stand_in_one_order():
    other = Comparison(Compare.YEAR, Period(NOW - timedelta(days=366), NOW - timedelta(days=365)), Value(2.0), 1.0, 0.5)
    markup = shown(result(3.0, comparison=other))
    parts = [
        "Phản ánh quá hạn",
        "Bình thường",
        '"number">3<',
        "figure-compact",
        "+50,0%",
        "4\u00a0phút trước",
        "Tổng đài 1022<",
        "DVC-11<",
    ]
    places = [markup.index(part, markup.index("tile-title")) for part in parts]
    assert places == sorted(places)


def test_the_title_leads_to_the_definition():
    assert '<a href="/kpi/DVC-11"' in shown(result())


def test_a_long_name_gives_way_to_the_short_one():
    short = {"vi": "Quá hạn", "en": "Overdue"}
    assert ">Phản ánh quá hạn</a>" in shown(result(kpi=kpi(short=short)))
    long = {"vi": "Phản ánh của người dân đã quá hạn", "en": "Overdue"}
    assert ">Quá hạn</a>" in shown(result(kpi=kpi(name=long, short=short)))


@pytest.mark.parametrize(
    ("level", "state", "word"),
    [
        (Level.NORMAL, "ok", "Bình thường"), (Level.WATCH, "watch", "Theo dõi"),
        (Level.ALERT, "alert", "Cảnh báo"),
        (Level.EMERGENCY, "emergency", "Khẩn cấp"),
    ],
)  # fmt: skip
def test_levels_have_their_surface_glyph_and_word(level, state, word):
    markup = shown(result(16.0, level=level))
    assert f'data-state="{state}"' in markup
    assert f"state-{state}" in markup
    assert f"<span>{word}</span>" in markup


def test_an_official_scale_speaks_its_own_words():
    river = kpi(unit={"vi": "m", "en": "m"}, decimals=2, status={"watch": 1.0, "alert": 1.5, "words": WORDS})
    markup = shown(result(1.62, kpi=river, level=Level.ALERT))
    assert "<span>Báo động II</span>" in markup
    assert "vượt báo động II <b>0,12\u00a0m</b>" in markup
    assert "Cảnh báo" not in markup


def test_far_below_an_official_threshold_only_the_large_tile_counts_the_distance():
    river = kpi(unit={"vi": "m", "en": "m"}, decimals=2, status={"watch": 1.0, "alert": 1.5, "words": WORDS})
    answer = result(0.42, [0.4, 0.42], kpi=river)
    assert "cách báo động I <b>0,58\u00a0m</b>" in shown(answer, "hero")
    assert "cách báo động I" not in shown(answer)


@pytest.mark.parametrize(("number", "said"), [(4.0, True), (3.9, False)])
def test_a_threshold_is_named_within_a_fifth_of_it(number, said):
    assert ("ngưỡng theo dõi <b>5\u00a0phản ánh</b>" in shown(result(number))) is said


def test_a_late_source_keeps_its_number_and_level():
    markup = shown(result(6.0, level=Level.WATCH, freshness=Freshness.LATE, sources=(source(Freshness.LATE, 71),)))
    assert 'data-state="watch"' in markup
    assert 'data-late="true"' in markup
    assert "chậm 71\u00a0phút" in markup
    assert '"number">6<' in markup


def test_a_lost_source_takes_the_number_out_of_its_slot():
    last = Point(NOW - timedelta(minutes=26), Value(97.0))
    lost = result(97.0, [97.0, None], freshness=Freshness.LOST, sources=(source(Freshness.LOST, 26),), last_known=last)
    markup = shown(lost)
    assert 'data-state="stale"' in markup
    assert '"number">—<' in markup
    assert "lần cuối 97\u00a0phản ánh lúc 24/11\u00a019:16" in markup
    assert "im lặng 26\u00a0phút" in markup
    assert "Mất tín hiệu" in markup


def test_a_lost_source_suspends_the_level():
    assert 'data-state="stale"' in shown(result(20.0, level=Level.EMERGENCY, freshness=Freshness.LOST))


@pytest.mark.parametrize(
    ("presence", "state", "word"),
    [
        (Presence.MISSING, "nodata", "Chưa có"), (Presence.NOT_APPLICABLE, "na", "Không áp dụng"),
        (Presence.SUPPRESSED, "suppressed", "Không công bố"),
    ],
)  # fmt: skip
def test_an_absent_number_says_why_and_draws_nothing(presence, state, word):
    markup = shown(result(None, [], value=Value(None, presence)))
    assert f'data-state="{state}"' in markup
    assert word in markup
    assert "tile-figure" not in markup
    assert "last-known" in markup


def test_zero_is_a_number():
    markup = shown(result(0.0))
    assert '"number">0<' in markup
    assert 'data-state="ok"' in markup


def test_a_refusal_is_said():
    markup = shown(result(3.0, refusal="tile.refused"))
    assert 'data-state="error"' in markup
    assert "không cộng gộp được" in markup
    assert '"number">—<' in markup


@pytest.mark.parametrize("size", ["compact", "hero"])
@pytest.mark.parametrize("presence", list(Presence))
def test_the_simulated_mark_is_on_every_tile_that_has_it(size, presence):
    number = 3.0 if presence is Presence.PRESENT else None
    answer = result(number, value=Value(number, presence))
    assert SIMULATED in shown(answer, size)
    assert SIMULATED not in shown(replace(answer, marks=frozenset({Mark.OFFICIAL})), size)


@pytest.mark.parametrize(("complete", "said"), [(0.82, True), (0.95, False), (None, False)])
def test_partial_data_prints_its_share(complete, said):
    markup = shown(result(quality=Quality(1.0, complete, 1.0, 1.0)))
    assert ("tính trên 82% số liệu" in markup) is said


def test_a_capacity_is_a_share():
    crowd = kpi(
        capacity=8500,
        capacity_name={"vi": "sức chứa", "en": "capacity"},
        unit={"vi": "người", "en": "people"},
    )
    assert "<b>57%</b> sức chứa 8.500" in shown(result(4860.0, kpi=crowd))
    assert "<b>57%</b> of capacity 8,500" in shown(result(4860.0, kpi=crowd), language="en")
    large = shown(result(4860.0, kpi=crowd), "hero")
    assert "<b>57%</b> sức chứa</p>" in large
    assert ">Sức chứa 8.500</text>" in large


def test_a_met_target_is_the_word_and_the_line():
    asked = kpi(unit="percent", decimals=1, direction="up", status={"watch": 98, "alert": 95}, period="month")
    markup = shown(result(0.986, [0.98, 0.986], kpi=asked, target=TargetState(98.0, True, 0.8)))
    assert "<span>Đạt</span>" in markup
    assert 'mục tiêu <b>98%</b><span class="period">, tháng\u00a011/2026</span>' in markup
    assert '"number">98,6%<' in markup


def test_the_oldest_dataset_tells_the_age():
    answer = result(sources=(source(minutes=4), source(Freshness.LATE, 90, "Một cửa", "dossier")))
    assert "Một cửa" in shown(answer)
    assert "chậm 90\u00a0phút" in shown(answer)


def test_an_archive_beside_a_live_source_does_not_make_a_number_old():
    answer = result(sources=(source(minutes=500_000, name="Lưu trữ"), source(minutes=4)))
    assert "4\u00a0phút trước" in shown(answer)
    assert "Lưu trữ" not in shown(answer)


def test_ago_is_said_once():
    assert ago("vi", timedelta(seconds=40)) == "40\u00a0giây trước"
    assert ago("vi", timedelta(minutes=4)) == "4\u00a0phút trước"
    assert ago("en", timedelta(hours=3)) == "3\u00a0h ago"


def test_a_skeleton_is_busy_and_has_no_number():
    markup = render(skeleton(kpi(), "vi"))
    assert 'aria-busy="true"' in markup
    assert "Đang tải" in markup
    assert "number" not in markup.replace("bone-number", "")


def test_a_failure_says_its_cause_in_a_sentence():
    markup = render(failed(kpi(), "Cột <giá> vắng.", "vi"))
    assert 'data-state="error"' in markup
    assert "Cột &lt;giá&gt; vắng." in markup
    assert '"number">—<' in markup

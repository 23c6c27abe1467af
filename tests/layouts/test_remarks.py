"""Remarks on the analysis page: numbered alike on figure and card, cut to the view, read by a pointer."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest

from data.calendar.period import Grain
from data.remarks.remark import BLANK, Bookmark, Notebook, Remark, Wording
from layouts.address import parse
from layouts.analysis.chart import chart, plot
from layouts.analysis.page import page
from layouts.analysis.remarks import flags, numbered, read
from layouts.html import render
from layouts.marks import Flag, Scale
from tests.layouts.test_analysis import CITY, KPI, ROWS, split, view
from tests.layouts.visits import AREAS, NOW, TODAY, result

MONTH = Scale(datetime(2026, 10, 31, 12), datetime(2026, 11, 24, 12))


def remark(number: int, first: date, last: date | None = None, area: str | None = None, text: str = "Lũ", **more):
    said = Wording(text, first, last or first, area, "everybody")
    return Remark(number, said, "Lan", "so_a", NOW, **more)


def november(day: int) -> date:
    return date(2026, 11, day)


def shown(notebook: Notebook, search: str = "from=2026-11-01&to=2026-11-24&grain=day", language: str = "vi") -> str:
    seen = view(search)
    made = page(KPI, seen, result(query=seen.query()), (split("area", AREAS),), ROWS, CITY, language, "light", TODAY,
                notebook=notebook)  # fmt: skip
    return unescape(render(made))


def test_numbers_go_by_day_and_leave_out_what_is_elsewhere() -> None:
    held = Notebook((
        remark(1, november(20)), remark(2, november(3)), remark(3, date(2026, 10, 1)),
        remark(4, date(2026, 10, 30), november(1)), remark(5, november(4), area="hoi_an"),
        remark(6, november(5), removed=True),
    ))  # fmt: skip
    seen = view("from=2026-11-01&to=2026-11-24")
    assert [(n, one.id) for n, one in numbered(held, seen)] == [(1, 4), (2, 2), (3, 5), (4, 1)]
    other = view("from=2026-11-01&to=2026-11-24&area=tan_hiep")
    assert [one.id for _, one in numbered(held, other)] == [4, 2, 1]


@pytest.mark.parametrize(
    ("grain", "expected"),
    [(Grain.HOUR, (datetime(2026, 11, 13), datetime(2026, 11, 16, 23))),
     (Grain.DAY, (datetime(2026, 11, 13), datetime(2026, 11, 16))),
     (Grain.WEEK, (datetime(2026, 11, 9), datetime(2026, 11, 16)))],
)  # fmt: skip
def test_a_flag_spans_the_buckets_of_its_days(grain: Grain, expected: tuple[datetime, datetime]) -> None:
    (flag,) = flags(((1, remark(1, november(13), november(16))),), grain, MONTH)
    assert (flag.start, flag.end) == expected


def test_flags_stay_on_the_figure_and_share_a_place() -> None:
    said = ((1, remark(1, date(2026, 10, 1), november(2))), (2, remark(2, november(9))), (3, remark(3, november(9))))
    assert flags(said, Grain.DAY, MONTH) == [
        Flag(MONTH.low, datetime(2026, 11, 2), "1"), Flag(datetime(2026, 11, 9), datetime(2026, 11, 9), "2·3"),
    ]  # fmt: skip


def test_a_pointer_reads_a_remark_on_its_days_as_text() -> None:
    answer = result()
    point = next(point for point in answer.points if point.at.date() == november(13))
    said = ((2, remark(1, november(13), text="<b>Lũ</b> & " + "dài " * 40)),)
    told = read(said, answer, point)
    assert told.startswith("2 · &lt;b&gt;Lũ&lt;/b&gt; &amp; dài") and told.endswith("…")
    other = next(point for point in answer.points if point.at.date() == november(14))
    assert read(said, answer, other) == ""
    drawn = plot(chart(answer, CITY, "vi", said), answer, CITY, "vi", "light", said)
    notes = drawn["data"][0]["text"]
    assert sum(told in note for note in notes) == 1


def test_a_figure_with_flags_leaves_room_above_for_its_words() -> None:
    answer = result()
    plain, flagged = chart(answer, CITY, "vi"), chart(answer, CITY, "vi", ((1, remark(1, november(13))),))
    assert [mark.text for mark in flagged.marks if isinstance(mark, Flag)] == ["1"]
    assert flagged.margin.top > plain.margin.top


def test_the_card_says_who_wrote_what_when_and_for_whom() -> None:
    own = Remark(1, Wording("Đóng cửa", november(9), november(9), "hoi_an", "organisation"), "", "so_a", NOW)
    html = shown(Notebook((own,)))
    card = html[html.index('id="remarks"') :]
    assert '<span class="rk-flag">1</span>' in card and "<b>09/11/2026</b>" in card
    assert "Phường Hội An" in card and "Đóng cửa" in card
    assert "Người dùng thử · 24/11/2026 19:42 · Đơn vị so_a" in card.replace("\u00a0", " ")
    assert '<form method="post"' not in card and "data-remark" not in card


def test_who_may_write_has_a_form_for_their_audiences_and_may_change_their_own() -> None:
    mine = remark(7, november(9), mine=True, undoable=True)
    gone = remark(8, november(9), mine=True, removed=True, undoable=True, text="Nhầm")
    html = shown(Notebook((mine, gone), ("own", "everybody")))
    acts = re.findall(r'action="/kpi/DL-02/remarks([^"]*)"', html)
    assert acts == ["/7/undo", "/7/change", "/7/remove", "/8/undo", ""]
    assert re.findall(r'<select name="audience".*?</select>', html)[-1].count("<option") == 2
    assert 'name="back" value="/kpi/DL-02?from=2026-11-01&to=2026-11-24' in html
    assert "Đã bỏ: Nhầm" in html


def test_remarks_elsewhere_lead_to_a_view_of_theirs() -> None:
    far = remark(1, date(2025, 2, 3), date(2025, 2, 5))
    html = shown(Notebook((far,)))
    assert "Ghi chú ở kỳ hoặc khu vực khác (1)" in html and "Chưa có ghi chú nào cho kỳ đang xem" in html
    there = re.search(r'rk-elsewhere.*?href="/kpi/DL-02\?([^"]+)"', html).group(1)
    seen = parse(there, KPI, CITY, TODAY)
    assert seen.first <= far.wording.first and seen.last >= far.wording.last
    assert seen.last - seen.first == timedelta(days=22), "about as many days as before"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nobody_who_has_none_and_may_write_none_sees_a_place_for_them(language: str) -> None:
    html = shown(BLANK, language=language)
    assert 'id="remarks"' not in html and "rk-kept" not in html
    assert "<kbd>N</kbd>" not in html and "<kbd>K</kbd>" not in html


def test_kept_views_are_listed_and_the_one_shown_is_marked() -> None:
    here = view("from=2026-11-01&to=2026-11-24&grain=day").href
    marks = (Bookmark("Ở đây", here, pinned=True), Bookmark("Của Minh", "/kpi/DL-02?grain=week", "minh"))
    html = shown(Notebook(bookmarks=marks, keeps=True))
    assert re.search(r'<a aria-current="true"[^>]*>.*?Ở đây', html)
    assert "<small>minh</small>" in html and "<kbd>K</kbd>" in html
    assert "/workspaces?save=%2Fkpi%2FDL-02%3Ffrom%3D2026-11-01" in html


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 501])
def test_words_that_cannot_be_kept(text: str) -> None:
    with pytest.raises(ValueError, match="long" if text.strip() else "text"):
        Wording(text, november(1), november(1))

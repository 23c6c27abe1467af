"""Boards, the sentence at their head, the list of what needs attention, the frame."""

from __future__ import annotations

import json
from datetime import datetime
from html.parser import HTMLParser

from data.areas.outline import Outlines
from data.catalogue import Area, Board, City
from data.remarks.remark import Remark, Wording
from layouts import ids
from layouts.attention import counted, matters, since
from layouts.attention import sentence as said_of
from layouts.board import HOURS, Answers, board
from layouts.html import VOID, render
from layouts.lanterns import summary
from layouts.shell import Crumb, Frame, Place, shell
from tests.layouts.answers import NOW, Freshness, Level, kpi, result, source

TEXT = {"vi": "Toàn cảnh", "en": "Overview"}
RAISED = result(6.0, [2.0, 5.0, 6.0], level=Level.WATCH)


def described(**tile) -> Board:
    rows = [[{"kpi": "DVC-11", "span": 8} | tile, {"list": "attention", "span": 4}]]
    return Board.model_validate_json(json.dumps({"id": "overview", "name": TEXT, "title": TEXT, "rows": rows}))


def frame(**given) -> Frame:
    city = {
        "id": "hoian", "name": {"vi": "Hội An", "en": "Hội An"}, "operator": TEXT,
        "timezone": "Asia/Ho_Chi_Minh",
        "since": "2025-07-01", "scope": "c", "calendar": {"country": "VN"},
    }  # fmt: skip
    fields = {"city": City.model_validate_json(json.dumps(city)), "boards": [described()], "language": "vi"}
    return Frame(**(fields | given))


def sentence(results, language: str, city: bool = True) -> str:
    _, verdict, rest = said_of(results.values(), language, city)
    return f"{verdict} {rest}".strip()


def test_a_board_that_watches_itself_does_not_speak_for_the_city():
    assert sentence({"a": result()}, "vi", city=False).startswith("Các chỉ tiêu trên bảng này bình thường.")
    rows = [[{"kpi": "DVC-11", "span": 8}, {"list": "attention", "of": "city", "span": 4}]]
    whole = Board.model_validate_json(json.dumps({"id": "o", "name": TEXT, "title": TEXT, "rows": rows}))
    seen = {"now": NOW, "kpis": {"DVC-11": kpi()}, "results": {"DVC-11": result()}, "watched": (RAISED,)}
    assert "One matter needs attention" in render(board(whole, Answers(**seen), "en"))


def test_a_calm_city_is_said_to_be_calm():
    assert sentence({"a": result()}, "vi") == "Thành phố vận hành bình thường. Không có việc nào vượt ngưỡng."


def test_one_matter_is_named_with_its_number():
    assert sentence({"a": RAISED}, "en") == (
        "The city is running normally. One matter needs attention: overdue reports (6\u00a0reports)."
    )


def test_the_worst_level_makes_the_verdict_and_the_first_name():
    worst = result(2.0, level=Level.EMERGENCY, kpi=kpi(code="HT-07", name={"vi": "Mực nước", "en": "River"}))
    said = sentence({"a": RAISED, "b": worst}, "vi")
    assert said.startswith("Thành phố đang trong tình trạng khẩn cấp. 2 việc cần chú ý: mực nước")


def test_a_lost_source_is_named_and_its_level_is_not():
    lost = result(9.0, level=Level.ALERT, freshness=Freshness.LOST)
    assert (
        sentence({"a": lost, "b": result()}, "vi") == "Thành phố vận hành bình thường. Mất tín hiệu: Phản ánh quá hạn."
    )


def test_no_numbers_make_no_verdict():
    assert sentence({"a": result(None, [])}, "vi") == "Chưa có số liệu để kết luận."
    assert sentence({}, "vi") == "Chưa có số liệu để kết luận."


def test_since_is_the_start_of_the_unbroken_run_beyond_the_threshold():
    assert since(result(6.0, [6.0, 2.0, 5.0, 6.0])) == datetime(2026, 11, 23)
    assert since(result(3.0, [6.0, 3.0])) is None
    falling = kpi(unit="percent", direction="up", status={"watch": 98, "alert": 95})
    assert since(result(0.97, [0.99, 0.97], kpi=falling)) == datetime(2026, 11, 24)


def test_matters_are_worst_first_then_silent_sources():
    alert = result(20.0, level=Level.ALERT, kpi=kpi(code="HT-01"))
    found = matters([RAISED, alert, result()], [source(), source(Freshness.LATE), source(Freshness.LOST)], "vi", NOW)
    assert [matter.glyph for matter in found] == ["alert", "watch", "stale", "late"]
    assert found[1].since == "43\u00a0giờ"
    assert found[1].href == "/kpi/DVC-11"
    assert counted(found, "vi") == "2 việc, 2 nguồn"
    assert (counted(found[2:], "en"), counted([], "vi")) == ("sources: 2", "")


def test_a_board_shows_answers_failures_and_what_is_awaited():
    asked = kpi()
    calm = render(board(described(), Answers(NOW, {"DVC-11": asked}, {"DVC-11": result()}), "vi"))
    assert 'class="cell span-8 cell-compact"' in calm
    assert 'data-state="ok"' in calm
    failing = render(board(described(), Answers(NOW, {"DVC-11": asked}, {}, failures={"DVC-11": "Hỏng."}), "vi"))
    assert "Hỏng." in failing
    assert 'aria-busy="true"' in render(board(described(), Answers(NOW, {"DVC-11": asked}, {}), "vi"))


def test_a_board_has_one_heading_of_the_first_rank():
    markup = render(
        shell(frame(), board(described(size="hero"), Answers(NOW, {}, {"DVC-11": RAISED}, lunar=True), "vi"))
    )
    assert markup.count("<h1") == 1
    assert "Thứ Ba, 24/11/2026" in markup
    assert "16 tháng Mười, Bính Ngọ" in markup


class Nesting(HTMLParser):
    """Remembers blocks that stand where only words may stand: a browser would move them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in ("div", "p", "ul", "section", "header") and {"p", "span", "h1", "h2", "a"} & set(self.open):
            self.wrong.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_a_browser_reads_the_markup_as_it_is_meant():
    answers = Answers(NOW, {}, {"DVC-11": RAISED}, sources=[source(), source(Freshness.LOST)])
    nesting = Nesting()
    nesting.feed(render(shell(frame(sources=answers.sources), board(described(size="hero"), answers, "vi"))))
    assert nesting.wrong == []
    assert nesting.open == []


def test_the_lantern_string_counts_what_there_is():
    states = [source(), source(), source(Freshness.LOST)]
    assert summary(states, "vi") == "*3 nguồn:* 2 đúng hạn, 1 mất tín hiệu"
    assert summary([], "en") == "Nothing is known of the sources yet."


def test_the_frame_has_landmarks_and_only_links_that_lead_somewhere():
    page = shell(
        frame(place=Place("overview", path=(Crumb("Hội An", "/"), Crumb("Toàn cảnh"))), simulated=True), "nội dung"
    )
    markup = render(page)
    for landmark in ("<nav", "<main", "<header", "<footer"):
        assert landmark in markup
    assert f'href="#{ids.MAIN}"' in markup
    assert 'href="#"' not in markup
    assert 'aria-current="page"' in markup
    assert "Số liệu mô phỏng" in markup
    assert "chưa có số liệu" in markup


def test_the_stamp_names_the_snapshot_and_its_time():
    markup = render(shell(frame(stamp=result().stamp, sources=[source(Freshness.LATE)]), ""))
    assert "số liệu đến 24/11/2026\u00a019:42" in markup
    assert "bản chụp 7" in markup
    assert "1 nguồn chưa đúng hạn" in markup


def test_a_board_told_by_area_can_be_asked_for_one():
    north = Area.model_validate_json(
        json.dumps({"id": "north", "code": "N", "name": {"vi": "Bắc", "en": "North"}, "level": "unit",
                    "valid_from": "2025-07-01"})
    )  # fmt: skip
    south = north.model_copy(update={"id": "south"})
    by_area = {"DVC-11": kpi(dimensions=["area"])}
    given = {"now": NOW, "results": {"DVC-11": result()}, "areas": (north, south), "here": south}
    drawn = render(board(described(), Answers(kpis=by_area, **given), "vi"))
    assert 'href="?area=north"' in drawn
    assert drawn.count("is-here") == 1
    assert "Toàn thành phố</span>" in drawn  # the tile's number is not that of one area, and says so
    assert 'href="?area=' not in render(board(described(), Answers(kpis={"DVC-11": kpi()}, **given), "vi"))


def test_every_figure_of_a_board_carries_the_mark_of_what_was_written_about_its_kpi():
    heat, ranked = (
        {"heat": "DVC-11", "weeks": 2, "name": TEXT, "span": 6},
        {"ranking": "DVC-11", "by": "area", "top": 3, "name": TEXT},
    )
    rows = [[{"kpi": "DVC-11", "span": 6}, heat], [{"map": "DVC-11", "name": TEXT, "span": 8}, ranked | {"span": 4}]]
    rows += [[{"drivers": ["DVC-11", "DVC-12"], "name": TEXT, "span": 12}]]
    rows += [[{"scorecard": ["DVC-11"], "years": [2025], "name": TEXT, "span": 12}]]
    of_all = Board.model_validate_json(json.dumps({"id": "o", "name": TEXT, "title": TEXT, "rows": rows}))
    asked, answer, awaited = kpi(), result(), kpi(code="DVC-12", id="egov.awaited")
    parts = {("DVC-11", key): answer for key in ("area", HOURS)}
    written = Remark(1, Wording("Đo lại", NOW.date(), NOW.date()), "Lan", "", NOW)
    kpis = {"DVC-11": asked, "DVC-12": awaited}
    drawn = Answers(NOW, kpis, {"DVC-11": answer}, parts, outlines=Outlines(), remarks={asked.id: (written,)})
    assert render(board(of_all, drawn, "vi")).count("tile-remark") == 6

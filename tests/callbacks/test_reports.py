"""The page of reports: who may look, draft, check and issue, and that what was issued is served as it was."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import serve
from callbacks.press import Press
from callbacks.preview import RESTS
from commands.pressing import fill
from data.alerts.events import Events
from data.areas import outline
from data.audit.audit import Search
from data.kpis.service import KpiService
from data.reports.drafting import edition
from data.reports.order import Order
from data.reports.orders import Orders
from data.reports.papers import Papers
from data.reports.period import parse
from data.settings import read
from layouts.reports.words import until
from tests.callbacks.town import HERE, Town

WEEK = "period=2026-W47"
DESK = f"/reports/weekly?{WEEK}"


@pytest.fixture
def town(service: KpiService, tmp_path: Path) -> Iterator[Town]:
    made = Town(service, tmp_path, settings=read({"LANTERN_ARCHIVE": str(tmp_path / "archive")}))
    made.orders, made.archive = Orders(made.state), tmp_path / "archive"
    yield made
    made.state.close()


def pressed(town: Town) -> Order:
    """Make the orders that wait, as the process that makes them does; the last of them."""
    papers, outlines = Papers(town.state, town.archive), outline.load(town.service.catalogue.folder)
    press = Press(town.service, None, papers, Events(town.state), outlines, orders=town.orders)
    made = None
    while (waiting := town.orders.next(town.clock.now())) is not None:
        made = town.orders.begin(waiting, town.clock.now())
        fill(made, press, town.accounts)
    return town.orders.order(made.id)


def act(client: FlaskClient, what: str, **form: str) -> int:
    return client.post(f"/reports/weekly/{what}", data={"period": "2026-W47", **form}, headers=HERE).status_code


def test_the_shelf_names_every_report_with_its_newest_period(town: Town) -> None:
    page = town.by("staff").get("/reports").text
    assert page.count("/reports/") >= 6
    assert "/reports/weekly?period=2026-W47" in page and "/reports/monthly?period=2026-10" in page


def test_a_report_goes_from_draft_to_issue_and_its_files_stay_as_they_were(town: Town) -> None:
    staff, leader = town.by("staff"), town.by("leader")
    assert act(staff, "draft") == 303
    assert act(staff, "edit", **{"text.closing": "Lời của <b>cán bộ</b>"}) == 303
    page = staff.get(DESK).text
    assert "Đã sửa" in page and "Lời của &lt;b&gt;cán bộ&lt;/b&gt;" in page and "<b>cán bộ" not in page
    assert [act(staff, "check"), act(staff, "issue")] == [403, 403]  # nobody checks without the right to
    assert [act(leader, "check"), act(leader, "issue")] == [303, 303]
    page = staff.get(DESK).text
    assert "Đang phát hành" in page and "/papers/1.pdf" not in page and 'data-order="2"' in page
    assert pressed(town).standing == "done"
    page = staff.get(DESK).text
    assert "/papers/1.pdf" in page and "Đã phát hành" in page
    assert pressed(town).act == "preview"
    page = staff.get(DESK).text
    assert "Các trang của tệp PDF đã phát hành." in page and "is-former" not in page
    content = staff.get("/papers/1.pdf").data
    assert content.startswith(b"%PDF-1.7")
    digest = hashlib.sha256(content).hexdigest()
    assert digest == hashlib.sha256(leader.get("/papers/1.pdf").data).hexdigest()
    assert [staff.get(f"/papers/{name}").status_code for name in ("1.csv", "2.pdf", "1.x")] == [404] * 3
    entries, _ = town.audit.page(Search(), 0, 20)
    acts = [(e.who, e.act, e.details["what"]) for e in entries if e.act in ("edit", "approval")]
    assert acts[::-1] == [("staff", "edit", "draft"), ("staff", "edit", "edit"), ("leader", "approval", "check"),
                          ("leader", "approval", "issue"), ("leader", "approval", "issued")]  # fmt: skip
    assert act(leader, "issue") == 303  # told on the page: it does not fit any more
    assert "không còn hợp" in leader.get(DESK + "&said=standing").text


def test_who_sees_a_part_of_the_city_keeps_and_gets_nothing_of_all_of_it(town: Town) -> None:
    assert act(town.by("staff"), "draft") == 303
    ward = town.by("ward_hoi_an")
    assert act(ward, "draft") == 403
    assert ward.get("/papers/1.pdf").status_code == 404
    page = ward.get(DESK).text
    assert "Lập bản thảo" not in page.replace("Lập bản thảo để", "")


def test_the_pages_are_set_apart_and_shown_as_they_were_until_they_are(town: Town) -> None:
    client = town.by("staff")
    page = client.get(DESK).text
    assert 'data-order="1" data-standing="waiting"' in page and "is-empty" in page and "<img" not in page
    assert client.get("/orders/1/pages/1.png").status_code == 404
    client.get(DESK)
    assert pressed(town).act == "preview" and town.orders.next(town.clock.now()) is None  # asked twice, set once
    page = client.get(DESK).text
    assert 'src="/orders/1/pages/1.png"' in page and "data-order" not in page and "is-former" not in page
    assert client.get("/orders/1/pages/1.png").data[:4] == b"\x89PNG"
    assert client.get("/orders/1/pages/99.png").status_code == client.get("/orders/1.pages").status_code == 404
    assert act(client, "draft") == 303
    assert "data-order" not in client.get(DESK).text  # the draft says what its pages say
    assert act(client, "edit", **{"text.closing": "Lời của cán bộ"}) == 303
    page = client.get(DESK).text
    assert "is-former" in page and 'data-order="2"' in page and "dàn lại" in page
    assert pressed(town).standing == "done"
    page = client.get(DESK).text
    assert 'src="/orders/2/pages/1.png"' in page and "is-former" not in page


def test_a_paper_of_long_ago_is_opened_apart(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has to be made again from the lake keeps no web worker busy: the page says so until it opens at once."""
    client = town.by("staff")
    act(client, "draft")
    reader = town.service.reader
    monkeypatch.setattr(reader, "at_hand", lambda number: False)
    monkeypatch.setattr(reader, "past", lambda number: pytest.fail("the page made it itself"))
    page = client.get(DESK).text
    assert 'data-order="1" data-standing="waiting"' in page and "/reports/weekly/check" not in page
    act(client, "draft", period="2026-W46")
    page = client.get("/reports/weekly/compare?old=1&new=2").text
    assert 'data-standing="waiting"' in page and "<ins>" not in page
    monkeypatch.undo()
    assert pressed(town).standing == "done"
    assert "data-order" not in client.get(DESK).text


def test_a_server_without_a_state_says_why_there_are_no_pages(town: Town) -> None:
    bare = serve(town.service.catalogue, town.service, town.clock)[0].server.test_client().get(DESK).text
    assert "không giữ trạng thái" in bare and "Chưa có tệp nào bạn có thể lấy." in bare and "data-order" not in bare


def test_who_may_only_look_gets_pages_of_their_own_and_no_file(town: Town) -> None:
    ward, operator = town.by("ward_hoi_an"), town.by("operator")
    assert 'data-order="1"' in operator.get(DESK).text
    assert operator.get("/orders.json?of=1").json == {"1": ["waiting", 0]}
    assert pressed(town).standing == "done"
    assert operator.get("/orders/1/pages/1.png").status_code == 200
    assert ward.get("/orders/1/pages/1.png").status_code == 404
    assert ward.get("/orders.json?of=1").json == {}


def test_pages_that_cannot_be_set_are_said_and_not_tried_without_end(town: Town) -> None:
    client = town.by("staff")
    client.get(DESK)
    order = town.orders.begin(town.orders.next(town.clock.now()), town.clock.now())
    town.orders.fail(order, "typeset", "paper.typ: x", town.clock.now(), final=True)
    page = client.get(DESK).text
    assert "Không dàn được trang" in page and "/orders/1/again" in page and "data-order" not in page
    town.orders.again(1, town.clock.now())
    order = town.orders.begin(town.orders.next(town.clock.now()), town.clock.now())
    town.orders.fail(order, "typeset", "paper.typ: x", town.clock.now() - RESTS, final=True)
    assert 'data-order="2"' in client.get(DESK).text


def test_a_file_is_ordered_watched_and_taken_by_who_asked(town: Town) -> None:
    client = town.by("staff")
    told = {"period": "2026-W47", "language": "en", "kind": ["xlsx", "csv"]}
    assert client.post("/reports/weekly/export", data=told, headers=HERE).status_code == 303
    assert client.get("/orders.json?of=1,x,9").json == {"1": ["waiting", 0]}
    assert client.get("/orders/1.xlsx").status_code == 404
    page = client.get(f"{DESK}&language=en").text
    assert 'data-order="1"' in page and "/orders/1/cancel" in page
    done = pressed(town)
    assert client.get("/orders.json?of=1").json == {"1": ["done", 2]}
    entries, _ = town.audit.page(Search(act="export"), 0, 20)
    assert [entry.subject for entry in entries] == ["/reports/weekly/export"]  # watching it is no act
    answer = client.get("/orders/1.xlsx")
    assert f"{done.name}.xlsx" in answer.headers["Content-Disposition"] and done.name.startswith("weekly-2026-W47-en-")
    assert client.get("/orders/1.pdf").status_code == 404
    assert "/orders/1.xlsx" in client.get(f"{DESK}&language=en").text
    ward, operator = town.by("ward_hoi_an"), town.by("operator")
    assert ward.get("/orders/1.xlsx").status_code == 404 and ward.get("/orders.json?of=1").json == {}
    assert ward.post("/orders/1/cancel", headers=HERE).status_code == 404
    assert operator.get("/orders/1.xlsx").status_code == 403  # may not export
    assert client.get("/orders/99999999999999999999.pdf").status_code == 404


def test_an_order_is_cancelled_and_one_that_failed_tried_again(town: Town) -> None:
    client = town.by("staff")
    form = {"period": "2026-W47", "kind": "csv"}
    client.post("/reports/weekly/export", data=form, headers=HERE)
    assert client.post("/orders/1/cancel", headers=HERE).status_code == 303
    assert town.orders.next(town.clock.now()) is None
    client.post("/reports/weekly/export", data=form, headers=HERE)
    assert "Đã hủy" in client.get(DESK).text and town.orders.next(town.clock.now()).act == "preview"
    order = town.orders.begin(town.orders.order(2), town.clock.now())
    town.orders.fail(order, "typeset", "paper.typ: x", town.clock.now(), final=True)
    page = client.get(DESK).text
    assert "Không dàn trang được" in page and "/orders/2/again" in page
    assert client.post("/orders/2/again", headers=HERE).status_code == 303
    assert pressed(town).standing == "done"


@pytest.mark.parametrize(
    "form", [{}, {"kind": "odt"}, {"kind": "pdf", "period": "2026-W60"}, {"kind": "pdf", "area": "x"}]
)
def test_what_there_is_none_of_is_not_ordered(town: Town, form: dict) -> None:
    client = town.by("staff")
    assert client.post("/reports/weekly/export", data=form, headers=HERE).status_code == 404
    assert client.post("/reports/nothing/export", data={"kind": "pdf"}, headers=HERE).status_code == 404
    assert town.orders.next(town.clock.now()) is None


def test_the_next_period_is_drafted_in_one_click(town: Town) -> None:
    client = town.by("staff")
    page = client.get("/reports/weekly?period=2026-W46").text
    assert 'action="/reports/weekly/draft"' in page and 'name="period" value="2026-W47"' in page
    assert act(client, "draft") == 303
    assert Papers(town.state, town.archive).paper(1).period == "2026-W47"


def test_the_next_period_that_is_not_over_is_said_and_not_drafted(town: Town) -> None:
    client = town.by("staff")
    page = client.get(DESK).text
    assert "Kỳ sau (tuần 48 năm 2026) lập được khi có số liệu đến hết ngày 29/11/2026." in page.replace("\u00a0", " ")
    assert 'name="period" value="2026-W48"' not in page
    answer = client.post("/reports/weekly/draft", data={"period": "2026-W48"}, headers=HERE)  # by who pressed too early
    assert answer.status_code == 303 and "chưa kết thúc" in client.get(answer.location).text
    assert Papers(town.state, town.archive).all() == []


def shown(page: str) -> dict[str, str]:
    """What a browser sends with the form of the words, as the page was loaded."""
    texts = dict(re.findall(r'<textarea name="(text[.][^"]+)"[^>]*>([^<]*)<', page))
    marks = dict(re.findall(r'name="(shown[.][^"]+)" value="([^"]+)"', page))
    return {name: unescape(text).replace("\n", "\r\n") for name, text in texts.items()} | marks


def words(town: Town) -> dict[str, str]:
    """The words staff wrote into the newest paper."""
    papers = Papers(town.state, town.archive).all()
    return {slot: edit.text for slot, edit in papers[0].edits.items()}


def test_all_words_are_kept_at_once_and_nobody_writes_over_another(town: Town) -> None:
    client = town.by("staff")
    act(client, "draft")
    form = shown(client.get(DESK).text)
    first, second, third = [name for name in form if name.startswith("text.")][:3]
    assert act(client, "edit", **form) == 303 and words(town) == {}, "what nobody touched is nobody's words"
    act(client, "edit", **form | {first: "Một\r\nhai", second: "Ba"})
    assert words(town) == {first[5:]: "Một\nhai", second[5:]: "Ba"}
    act(client, "edit", **form | {third: "Bốn"})  # by who opened the page before
    assert words(town) == {first[5:]: "Một\nhai", second[5:]: "Ba", third[5:]: "Bốn"}


@pytest.mark.parametrize("what", ["export", "check"])
def test_what_is_asked_of_a_draft_takes_the_typed_words_along(town: Town, what: str) -> None:
    client = town.by("admin")
    act(client, "draft")
    page = client.get(DESK).text
    assert re.search(f'<button class="copy" form="words" formaction="/reports/weekly/{what}"', page)
    assert act(client, what, **shown(page) | {"text.closing": "Lời chưa lưu", "kind": "csv"}) == 303
    assert words(town) == {"closing": "Lời chưa lưu"}
    entries, _ = town.audit.page(Search(act="edit"), 0, 20)
    assert ("admin", "edit") in [(entry.who, entry.details["what"]) for entry in entries]


def test_words_typed_for_what_is_checked_by_now_are_refused_with_the_file(town: Town) -> None:
    client = town.by("admin")
    act(client, "draft")
    form = shown(client.get(DESK).text) | {"text.closing": "Lời muộn", "kind": "csv"}
    act(client, "check")
    answer = client.post("/reports/weekly/export", data={"period": "2026-W47", **form}, headers=HERE)
    assert "said=standing" in answer.location and words(town) == {}
    assert town.orders.next(town.clock.now()).act == "preview"


def test_a_file_made_before_the_words_changed_says_so(town: Town) -> None:
    client, former = town.by("staff"), "Lập trước khi lời văn hoặc số liệu thay đổi"
    act(client, "draft")
    act(client, "export", kind="csv")
    pressed(town)
    page = client.get(DESK).text
    assert "/orders/1.csv" in page and former not in page
    act(client, "edit", **{"text.closing": "Lời mới"})
    act(client, "export", kind="csv")
    pressed(town)
    page = client.get(DESK).text
    _, *lines = page.split('<li class="is-done"')
    assert [former in line.split("</li>")[0] for line in lines] == [False, True]


def test_an_emptied_paragraph_is_left_out_until_it_is_taken_again(town: Town) -> None:
    client = town.by("staff")
    act(client, "draft")
    base = shown(client.get(DESK).text)["text.closing"]
    act(client, "edit", **{"text.closing": " "})
    page = client.get(DESK).text
    assert "Đã bỏ khỏi báo cáo</mark> <s>" in page and shown(page)["text.closing"] == ""
    act(client, "edit", **shown(page), back="closing")
    page = client.get(DESK).text
    assert words(town) == {} and "Đã bỏ" not in page and shown(page)["text.closing"] == base


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("month", "2026-11", "hết ngày 30/11/2026"),
        ("hour", "2026-11-30T23", "hết ngày 30/11/2026"),
        ("hour", "2026-11-30T07", "30/11/2026 08:00"),
    ],
)
def test_until_when_there_has_to_be_data(kind: str, name: str, said: str) -> None:
    assert until(parse(name, kind).span.end, "vi").replace("\u00a0", " ") == said


def test_two_issues_stand_side_by_side(town: Town) -> None:
    client, leader = town.by("staff"), town.by("leader")
    assert "Chưa có hai bản" in client.get("/reports/weekly/compare").text
    act(client, "draft", period="2026-W46")
    act(client, "draft")
    act(client, "edit", **{"text.closing": "Lời của <i>cán bộ</i>"})
    page = client.get("/reports/weekly/compare?old=1&new=2").text
    assert "<ins>" in page and "&lt;i&gt;" in page and "<i>cán" not in page
    assert "số liệu khác nhau" in page and "/kpi/" in page
    assert "/reports/weekly/compare?new=2" in leader.get(DESK).text
    assert "Hai bản" not in town.by("ward_hoi_an").get("/reports/weekly/compare").text


def test_the_shelf_says_when_a_report_comes_by_itself_and_what_became_of_the_last(town: Town) -> None:
    client = town.by("staff")
    assert "Tự lập lúc 30/11/2026 06:30" in client.get("/reports").text.replace("\u00a0", " ")
    meant = edition(town.service.catalogue, "weekly", parse("2026-W47", "week"), None, "vi")
    given = {"act": "draft", "kinds": ["csv"], "who": "clock", "due_at": town.clock.now()} | meant.key
    town.orders.once("weekly/2026-W47", given, town.clock.now())
    assert "Bản tuần 47 năm 2026 đến hạn" in client.get("/reports").text
    order = town.orders.begin(town.orders.next(town.clock.now()), town.clock.now())
    town.orders.fail(order, "disk", "full", town.clock.now())
    page = client.get("/reports").text
    assert "chưa lập được" in page and "thêm chỗ" in page and "Thử lại" in page
    town.orders.finish(town.orders.begin(town.orders.order(order.id), town.clock.now()), town.clock.now())
    assert "lịch tự động yêu cầu" in client.get(DESK).text


def test_papers_are_found_by_the_name_of_their_report(town: Town) -> None:
    client = town.by("staff")
    act(client, "draft")
    page = client.get("/reports?q=tuần").text
    assert "/reports/weekly?period=2026-W47&amp;language=vi" in page and "<td>tuần 47 năm 2026</td>" in page
    assert "<td>tuần 47 năm 2026</td>" in client.get("/reports?q=Tuần 47").text, "by its period as it is read"
    assert "Chưa có bản nào" in client.get("/reports?q=quý").text


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("period=2026-W48", "đến hết ngày 29/11/2026"),
        ("period=x", "viết như 2026-W45"),
        (f"{WEEK}&area=hue", "Không có địa bàn"),
        (f"{WEEK}&area=%00", "Không có địa bàn"),
    ],
)
def test_what_cannot_be_drafted_is_said_on_the_page(town: Town, search: str, said: str) -> None:
    client = town.by("staff")
    answer = client.get(f"/reports/weekly?{search}")
    assert answer.status_code == 200 and "rep-page" not in answer.text and said in answer.text


def test_newer_data_is_offered_and_words_that_no_longer_fit_are_left_out(town: Town) -> None:
    client = town.by("staff")
    act(client, "draft")
    papers = Papers(town.state, Path("nowhere"))
    papers.edit(1, {"1.1": "Lời cũ"}, {"1.1": "what the rules said before"})
    page = client.get(DESK).text
    assert "Lời cũ</textarea>" not in page and "không còn khớp" in page and "<li>Lời cũ</li>" in page
    assert town.clock.now() - papers.paper(1).made.at < timedelta(days=1)

"""Remarks beside a KPI, as people with roles and organisations write, read, change and take them back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest

from app import serve
from data.audit.audit import Search
from data.clock.clock import FixedClock
from data.remarks.remarks import Remarks
from data.state.tables import REMARKS
from tests.callbacks.town import GOOD, HERE, ROLES, Town
from tests.kpis.delivered import NOW
from tests.state.fresh import fresh

PAGE = "/kpi/DVC-01?from=2026-11-01&to=2026-11-20&grain=day&compare=none&by=area"
SAID = "Sở đóng cửa để tập huấn"
FORM = {"text": SAID, "first": "2026-11-10", "last": "2026-11-12", "audience": "own", "back": PAGE}


@pytest.fixture(scope="module")
def peopled(service, tmp_path_factory) -> Iterator[Town]:
    made = Town(service, tmp_path_factory.mktemp("people"))
    for name, organisation in (("lan", "so_a"), ("minh", "so_a"), ("tam", "so_b")):
        made.accounts.add(name, name.title(), ["analyst"], NOW, GOOD, organisation=organisation)
    made.tokens = {name: made.token(name) for name in (*ROLES, "lan", "minh", "tam")}
    yield made
    made.state.close()


@pytest.fixture
def town(peopled) -> Town:
    """The town before anybody wrote anything in it."""
    with peopled.state.writing() as connection:
        connection.execute(REMARKS.delete())
    peopled.acts = peopled.audit.page(Search(act="edit"))[1]
    return peopled


def by(town: Town, name: str):
    return town.client(town.tokens[name])


def acts(town: Town) -> list[tuple[str, str]]:
    """What was noted since the test began, the first first."""
    entries, count = town.audit.page(Search(act="edit"))
    return [(one.subject, one.details["what"]) for one in entries[: count - town.acts]][::-1]


def send(client, path: str = "", **form: str):
    return client.post(f"/kpi/DVC-01/remarks{path}", data=FORM | form, headers=HERE)


def reads(town: Town, name: str) -> bool:
    return SAID in by(town, name).get(PAGE).text


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("own", {"lan"}), ("organisation", {"lan", "minh"}), ("everybody", {"lan", "minh", "tam", "leader", "admin"})],
)
def test_a_remark_is_read_by_its_audience_and_by_nobody_else(town, audience, readers):
    told = send(by(town, "lan"), audience=audience)
    assert told.status_code == 303 and told.headers["Location"] == PAGE
    assert {name for name in ("lan", "minh", "tam", "leader", "admin") if reads(town, name)} == readers


def test_it_stands_on_the_figure_and_in_the_card_with_its_author(town):
    send(by(town, "lan"), audience="everybody")
    page = by(town, "leader").get(PAGE).text
    assert "10/11" in page and "Lan · 24/11/2026 19:42" in page.replace("\u00a0", " ")
    assert page.count(SAID) == 4, "once in the card, and a pointer reads it on three days"
    assert "/remarks/1/" not in page, "who did not write it is offered no change"
    assert "/remarks/1/remove" in by(town, "admin").get(PAGE).text, "who keeps the users is"


def test_what_another_wrote_is_not_there_to_change(town):
    send(by(town, "lan"), audience="organisation")
    for name in ("tam", "steward"):
        for act in ("change", "remove", "undo"):
            assert send(by(town, name), f"/1/{act}").status_code == 404
            assert send(by(town, name), f"/99/{act}").status_code == 404
    assert send(by(town, "minh"), "/1/remove").status_code == 404, "seen, but not theirs"
    assert send(by(town, "lan"), "/1/nonsense").status_code == 404
    assert reads(town, "minh")


@pytest.mark.parametrize("name", ["leader", "staff", "operator"])
def test_who_may_not_annotate_is_offered_nothing_and_refused(town, name):
    client = by(town, name)
    assert "/kpi/DVC-01/remarks" not in client.get(PAGE).text
    assert send(client).status_code == 403


def test_a_change_and_a_removal_are_taken_back(town):
    client = by(town, "lan")
    send(client)
    send(client, "/1/change", text="Nói lại cho đúng", first="2026-11-11", last="2026-11-11")
    changed = client.get(PAGE).text
    assert "Nói lại cho đúng" in changed and SAID not in changed and "/remarks/1/undo" in changed
    send(client, "/1/undo")
    assert reads(town, "lan") and "Nói lại cho đúng" not in client.get(PAGE).text
    send(client, "/1/remove")
    page = client.get(PAGE).text
    assert f"Đã bỏ: {SAID}" in page and "data-remark" in page
    send(client, "/1/undo")
    assert f"Đã bỏ: {SAID}" not in client.get(PAGE).text and reads(town, "lan")
    send(client, "/1/remove")
    town.clock.advance(timedelta(minutes=11))
    assert not reads(town, "lan"), "the way back is offered for ten minutes"
    assert acts(town) == [
        ("/kpi/DVC-01/remarks/1", what) for what in ("write", "change", "undo", "remove", "undo", "remove")
    ]


@pytest.mark.parametrize(
    ("wrong", "fault", "said"),
    [
        ({"text": " "}, "text", "cần có nội dung"),
        ({"text": "x" * 501}, "long", "dài quá 500 ký tự"),
        ({"first": "2026-11-13"}, "order", "ngày đầu đang ở sau ngày cuối"),
        ({"first": "hôm qua"}, "dates", "cần có ngày đầu và ngày cuối"),
        ({"last": "2099-01-01"}, "span", "quá mười năm"),
        ({"audience": "organisation"}, "audience", "chọn lại ai đọc được"),
        ({"audience": "x"}, "audience", "chọn lại ai đọc được"),
    ],
)
def test_a_form_that_is_not_kept_comes_back_open_with_its_words_and_the_one_reason(town, wrong, fault, said):
    client = by(town, "analyst")
    there = send(client, **wrong).headers["Location"]
    assert there == f"{PAGE}&remark={fault}"
    form = re.search(r"<details[^>]*data-remark open>.*?</details>", unescape(client.get(there).text), re.DOTALL)[0]
    (told,) = re.findall(r'role="alert">.*?<span>(Ghi chú chưa được lưu[^<]*)', form)
    assert said in told
    typed = FORM | wrong
    assert f">{typed['text'][:500]}</textarea>" in form
    assert f'value="{typed["first"]}"' in form and f'value="{typed["last"]}"' in form
    assert "Ghi chú chưa" not in client.get(PAGE).text and SAID not in client.get(PAGE).text
    assert acts(town) == []


def test_a_change_that_is_not_kept_comes_back_in_its_own_form(town):
    client = by(town, "lan")
    send(client)
    there = send(client, "/1/change", text="Sửa <b>lại</b>", first="2026-11-13").headers["Location"]
    page = client.get(there).text
    form = re.search(r'<details class="rk-open" open>.*?</details>', page, re.DOTALL)[0]
    assert "/remarks/1/change" in form and ">Sửa &lt;b&gt;lại&lt;/b&gt;</textarea>" in form
    assert "data-remark open" not in page
    assert send(client, "/1/change", text="Đã sửa").headers["Location"] == PAGE
    assert "Sửa &lt;b&gt;" not in client.get(there).text, "what was kept does not come back"


def test_what_came_back_is_for_who_sent_it_on_its_own_page(town):
    client = by(town, "analyst")
    send(client, first="2026-11-13")
    assert SAID in client.get(PAGE + "&remark=order").text
    assert SAID not in client.get("/kpi/DVC-03?remark=order").text
    client.set_cookie("lantern", town.tokens["lan"])
    assert SAID not in client.get(PAGE + "&remark=order").text
    for junk in ("", "x", "W10=", "WzEsMiwzXQ==", "////", "gICA"):
        client.set_cookie("lantern_remark", junk)
        assert client.get(PAGE + "&remark=order").status_code == 200


def test_a_form_of_another_site_is_refused(town):
    client = by(town, "lan")
    told = client.post("/kpi/DVC-01/remarks", data=FORM, headers={"Origin": "http://evil.example"})
    assert told.status_code == 403 and not reads(town, "lan")


def test_it_leads_back_to_the_page_of_its_kpi_only(town):
    for back in ("https://evil.example/kpi/DVC-01", "//evil.example", "/profile", "/kpi/DVC-02?x=1", "\r\nx: y"):
        assert send(by(town, "lan"), back=back).headers["Location"] == "/kpi/DVC-01"


def test_a_remark_on_an_area_is_seen_where_that_area_is(town):
    send(by(town, "lan"), audience="everybody", area="hoi_an_dong")
    assert reads(town, "leader")
    assert not reads(town, "ward_hoi_an"), "an area outside their sight"
    elsewhere = by(town, "lan").get(f"{PAGE}&area=hoi_an").text
    assert "Ghi chú ở kỳ hoặc khu vực khác (1)" in elsewhere
    assert send(by(town, "lan"), area="atlantis").status_code == 404


def test_what_is_written_there_is_text(town):
    send(by(town, "lan"), audience="everybody", text='<script>alert(1)</script>"><img src=x onerror=alert(1)>')
    page = by(town, "leader").get(PAGE).text
    assert "<script>alert(1)" not in page and "<img src=x" not in page
    assert "&lt;script&gt;" in page or "\\u003cscript" in page


def test_a_demonstration_writes_for_all_of_it_from_its_own_machine(service, tmp_path):
    state = fresh(tmp_path / "demo.db")
    server = serve(service.catalogue, service, FixedClock(NOW), "local", state=state)[0].server
    client = server.test_client()
    assert send(client, audience="own").headers["Location"].endswith("remark=audience")
    send(client, audience="everybody")
    page = client.get(PAGE).text
    assert SAID in page and "Người dùng thử" in page
    away = server.test_client()
    away.environ_base = {**away.environ_base, "REMOTE_ADDR": "192.0.2.7"}
    assert SAID in away.get(PAGE).text and "data-remark" not in away.get(PAGE).text
    assert send(away, audience="everybody").status_code == 403
    state.close()


def test_without_a_state_there_are_none(service):
    client = serve(service.catalogue, service, FixedClock(NOW))[0].server.test_client()
    assert 'id="remarks"' not in client.get(PAGE).text
    assert send(client).status_code == 404


BOARD = "/board/egov"
MARK = re.compile(r"<a [^>]*tile-remark[^>]*>")
TODAY = {"audience": "everybody", "first": "2026-11-24", "last": "2026-11-24", "back": "/kpi/DVC-03"}


def post(town: Town, path: str = "", **form: str) -> None:
    """Lan writes about an indicator that is on the board."""
    told = by(town, "lan").post(f"/kpi/DVC-03/remarks{path}", data=FORM | TODAY | form, headers=HERE)
    assert told.status_code == 303


def marks(town: Town, name: str, board: str = BOARD) -> list[str]:
    """What the marks of a board's tiles say."""
    links = MARK.findall(unescape(by(town, name).get(board).text))
    return [re.search(r'title="([^"]*)"', link)[1] for link in links]


def test_a_tile_whose_period_somebody_wrote_about_carries_a_mark(town):
    post(town)
    assert marks(town, "leader") == [f"Ghi chú: 24/11/2026: {SAID} (Lan)"]
    post(town, "/1/remove")
    assert marks(town, "leader") == []


@pytest.mark.parametrize(
    "form", [{"audience": "own"}, {"audience": "organisation"}, {"first": "2025-01-01", "last": "2025-01-02"}]
)
def test_what_is_not_for_everybody_or_not_of_the_period_is_on_no_tile(town, form):
    send(by(town, "lan"), **{"audience": "everybody", **TODAY, **form})
    assert marks(town, "lan") == []


def test_a_remark_on_an_area_is_posted_where_that_area_is(town):
    post(town, area="hoi_an_dong")
    assert len(marks(town, "leader")) == len(marks(town, "leader", BOARD + "?area=hoi_an_dong")) == 1
    assert marks(town, "leader", BOARD + "?area=hoi_an") == []
    assert marks(town, "ward_hoi_an") == [], "an area outside their sight"


def test_a_wall_carries_the_marks_of_what_everybody_may_read(town):
    post(town)
    send(by(town, "lan"), **TODAY | {"audience": "own"})
    scenes = by(town, "leader").get("/wall/hall/scenes").json["scenes"]
    marked = [re.search(r'title="([^"]*)"', link)[1] for _, markup in scenes.values() for link in MARK.findall(markup)]
    assert marked and {unescape(one) for one in marked} == {f"Ghi chú: 24/11/2026: {SAID} (Lan)"}


def test_ones_own_board_carries_them(town):
    reader = by(town, "analyst")
    view = {"title": "Tháng 11", "address": "/kpi/DVC-03?from=2026-11-01&to=2026-11-24", "pinned": "1"}
    reader.post("/workspaces/save", data=view, headers=HERE)
    assert marks(town, "analyst", "/board/mine") == []
    post(town)
    assert marks(town, "analyst", "/board/mine") == [f"Ghi chú: 24/11/2026: {SAID} (Lan)"]


def test_a_board_asks_for_all_of_its_remarks_at_once(town, monkeypatch):
    asked = []
    public = Remarks.public
    monkeypatch.setattr(Remarks, "public", lambda *given: asked.append(given) or public(*given))
    by(town, "leader").get(BOARD)
    assert len(asked) == 1

"""A view answered: what it is held against travels with it, and one that is pinned stays as it was."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape

import pyarrow.parquet as pq
import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from app import serve
from data.calendar.period import Grain
from data.clock.clock import FixedClock
from data.kpis.query import Compare, KpiQuery
from data.kpis.service import KpiService
from layouts.view import Show
from tests.kpis.delivered import NOW, city, deliver
from tests.kpis.november import DOSSIERS, at, dossier

VIEW = "/kpi/DVC-01?from=2026-11-01&to=2026-11-24&grain=day"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """November as snapshot 2 (1 are the figures of the pack), to which one dossier was then added."""
    folder = tmp_path_factory.mktemp("views")
    service, writer = city(folder, {"dossiers": DOSSIERS})
    deliver(folder, writer, {"dossiers": [*DOSSIERS, dossier("d99", at(20, 9), at(25))]}, "2")
    renamed = service.catalogue.kpi("DVC-01").model_copy(update={"formerly": ("DVC-99",)})
    service.catalogue = replace(service.catalogue, kpis=service.catalogue.kpis | {renamed.id: renamed})
    app, _ = serve(service.catalogue, service, FixedClock(NOW))
    yield app.server.test_client()
    writer.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[KpiQuery]]:
    """The batches that are asked for who waits, as they are asked; pages drawn ahead are asked by another thread."""
    found: list[list[KpiQuery]] = []
    ask = KpiService.ask

    def heard(service: KpiService, queries: list[KpiQuery], *more: object) -> list:
        if threading.current_thread() is threading.main_thread():
            found.append(list(queries))
        return ask(service, queries, *more)

    monkeypatch.setattr(KpiService, "ask", heard)
    return found


def page(client: FlaskClient, more: str = "") -> str:
    return unescape(client.get(VIEW + more).get_data(as_text=True))


def number(html: str) -> int:
    return int(re.search(r'class="an-number">(\d+)', html)[1])


def test_a_pinned_view_stays_as_it_was_row_by_row_and_in_files(client: FlaskClient) -> None:
    now, then = page(client), page(client, "&snapshot=2")
    assert number(now) == number(then) + 1
    assert ">d99<" in now
    assert ">d99<" not in then
    assert "snapshot=2" not in now
    written = client.get(VIEW.replace("DVC-01", "DVC-01.csv") + "&snapshot=2").get_data(as_text=True)
    assert f"Cả kỳ,{number(then)}.0" in written


def test_a_snapshot_that_is_gone_or_never_was_is_said(client: FlaskClient) -> None:
    html = page(client, "&snapshot=77")
    assert "Bản chụp 77 không còn mở được ở đây" in html
    assert number(html) == number(page(client))
    assert "“x”" in page(client, "&snapshot=x")


def test_an_area_an_occasion_and_the_plan_are_held_against(client: FlaskClient) -> None:
    assert "So Xã Tân Hiệp" in page(client, "&area=hoi_an&compare=area:tan_hiep")
    assert "So Đêm phố cổ 23/10/2026" in page(client, "&compare=event:night-2026-10-23")
    rate = unescape(client.get("/kpi/DVC-03?from=2026-11-01&to=2026-11-24&compare=target").get_data(as_text=True))
    assert "So tiến độ kế hoạch" in rate


def test_several_areas_are_said_by_name_on_the_page_and_in_files(client: FlaskClient) -> None:
    html = page(client, "&area=hoi_an,hoi_an_dong")
    names = "Phường Hội An, Phường Hội An Đông"
    assert number(html) == 7
    assert f"<dt>Khu vực</dt><dd>{names}</dd>" in html
    assert f"tại {names} từ 01/11/2026" in html
    assert '<option value="hoi_an,hoi_an_dong" selected>2 khu vực</option>' in html
    chips = [tag for tag in re.findall(r"<a [^>]*>", html) if 'class="an-chip"' in tag]
    assert [re.search(r"area=([^&\"]*)", tag)[1] for tag in chips] == ["hoi_an_dong", "hoi_an"]
    written = client.get(VIEW.replace("DVC-01", "DVC-01.csv") + "&area=hoi_an,hoi_an_dong").get_data(as_text=True)
    assert f'Địa bàn,"{names}"' in written
    assert "Cả kỳ,7.0" in written
    rows = client.get(VIEW.replace("DVC-01", "DVC-01/rows.csv") + "&area=hoi_an,hoi_an_dong").get_data(as_text=True)
    assert rows.count("2041") == 7
    left = page(client, "&area=hoi_an,chua_cau")
    assert "nằm trong một khu vực đã chọn" in left
    assert number(left) == number(page(client, "&area=hoi_an"))


def test_the_card_holds_what_was_run_and_copies_it(client: FlaskClient) -> None:
    html = page(client)
    fold = re.search(r'<details class="an-sql">(.*?)</details>', html, re.S)[1]
    assert "Câu lệnh SQL đã chạy" in fold
    assert re.search(r"<pre[^>]*><code>-- dossier\nSELECT 0 AS branch.*FROM rollup_dossier_by_area AS r", fold, re.S)
    assert re.search(r"-- \$\d+ = TIMESTAMP '2026-11-01 00:00:00'", fold)
    assert "<button" in fold and 'data-copy=""' in fold


def test_a_page_past_the_end_is_the_last_one(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callbacks.analysis.PAGE_ROWS", 3)
    html = page(client, "&sort=dossier_id&page=9")
    assert "8 dòng" in html and "7–8" in html
    assert ">d8<" in html and ">d99<" in html and ">d7<" not in html
    assert "page=2" in html and "page=8" not in html and "page=10" not in html


def test_rows_are_sifted_on_the_page_and_in_files(client: FlaskClient) -> None:
    html = page(client, "&has.field=%C4%91%E1%BA%A5t&max.received_at=2026-11-20")
    assert number(html) == number(page(client)), "the number is that of all of them"
    assert "1 dòng" in html and ">d3<" in html and ">d1<" not in html
    chips = re.search(r'class="an-sifted">(.*?)class="an-scroll"', html, re.S)[1]
    assert "<span>Lĩnh vực chứa “đất”</span>" in chips and "đến 20/11/2026</span>" in chips
    assert 'name="has.field" form="analysis-form" value="đất"' in html
    written = client.get(VIEW.replace("DVC-01", "DVC-01/rows.csv") + "&has.field=dat").get_data(as_text=True)
    assert "Lọc dòng" in written and "Lĩnh vực chứa “dat”" in written
    assert set(re.findall(r"\bd[1-9]\b", written)) == {"d3"}


def test_sieves_that_let_nothing_through_are_named(client: FlaskClient) -> None:
    html = page(client, "&has.field=dat&has.channel=buu")
    told = "Không có dòng nào qua được bộ lọc dòng: Kênh nộp chứa “buu”; Lĩnh vực chứa “dat”. Bỏ"
    assert told in html, "each lets rows through, both together none"
    html = page(client, "&has.field=dat&has.dossier_id=zzz")
    assert "bộ lọc dòng: Mã hồ sơ chứa “zzz”. Bỏ" in html, "only the one that is to blame"
    assert "Không lọc dòng được theo “has.applicant=A”" in page(client, "&has.applicant=A")


def test_a_row_that_was_taken_back_or_never_was_is_said(client: FlaskClient) -> None:
    first = re.search(r"row=(\d+-\d+)", page(client))[1]
    assert "dossiers" in re.search(r'class="an-origin">.*?</dl>', page(client, f"&row={first}"), re.S)[0]
    assert "Dòng này không nằm trong số đang xem" in page(client, "&row=999-1")


def test_an_old_link_to_a_renamed_indicator_leads_there_and_says_so(client: FlaskClient) -> None:
    html = unescape(client.get(VIEW.replace("DVC-01", "DVC-99")).get_data(as_text=True))
    assert "mã cũ DVC-99" in html
    assert number(html) == number(page(client))
    assert "mã cũ" not in unescape(client.get("/kpi/DVC-98").get_data(as_text=True))


def test_only_the_figure_shown_is_asked_and_in_one_batch(asked: list[list[KpiQuery]], client: FlaskClient) -> None:
    """The whole, and what each figure is made of besides."""
    wanted = {
        "parts": [None, "area", "field"], "hours": [None, "area", None], "map": [None, "area"],
        "areas": [None, "area", *[None] * 4], "ranking": [None, "area", "field"], "beside": [None, "area", None],
    }  # fmt: skip
    for show, splits in wanted.items():
        asked.clear()
        page(client, f"&with=DVC-04&show={show}" if show != "parts" else "&with=DVC-04")
        assert [[query.by for query in batch] for batch in asked] == [splits], show


def test_a_change_can_be_questioned_whatever_figure_is_shown(client: FlaskClient) -> None:
    for show in Show:
        html = page(client, f"&compare=previous&show={show.value}" if show is not Show.PARTS else "&compare=previous")
        assert re.search(r'<a [^>]*data-shortcut="w"[^>]*why=1', html), show


def test_hours_areas_and_what_is_beside_are_asked_of_the_same_time(
    asked: list[list[KpiQuery]], client: FlaskClient
) -> None:
    asked.clear()
    page(client, "&show=areas&area=hoi_an")
    areas = [query.area for query in asked[0] if query.by is None][1:]
    assert areas == ["hoi_an", "hoi_an_dong", "hoi_an_tay", "tan_hiep"]
    asked.clear()
    client.get("/kpi/DVC-01?from=2026-01-01&to=2026-11-24&show=hours")
    *_, hours = asked[0]
    assert (hours.grain, hours.compare) == (Grain.HOUR, Compare.NONE)
    assert (hours.period.end - hours.period.start, hours.period.end) == (timedelta(weeks=8), datetime(2026, 11, 25))
    asked.clear()
    page(client, "&show=beside&with=HT-07,DVC-04&area=tan_hiep&filter=channel:online")
    assert [(query.kpi, query.area, query.filters) for query in asked[0][2:]] == [
        ("HT-07", None, ()), ("DVC-04", "tan_hiep", ())]  # fmt: skip


def test_the_areas_of_a_view_add_up_to_it(client: FlaskClient) -> None:
    """What the table behind the small lines says of the period."""
    html = page(client, "&show=areas")
    table = re.search(r'data-figure="areas".*?<tbody>(.*?)</tbody>', html, re.S)[1]
    wholes = [
        int(number) for number in re.findall(r'<th scope="row"><a [^>]*>[^<]+</a></th><td[^>]*>(\d+)</td>', table)
    ]
    assert sum(wholes) == number(html)
    assert sum(wholes) > 0


def test_a_file_holds_what_is_beside(client: FlaskClient) -> None:
    written = client.get(VIEW.replace("DVC-01", "DVC-01.csv") + "&with=DVC-04&show=hours").get_data(as_text=True)
    first, second = written.split("Chỉ tiêu,DVC-04")
    assert "Chỉ tiêu,DVC-01" in first
    assert second.count("2026-11-") >= 24
    assert "Phần" in first, "the breakdowns are in it whatever figure is shown"
    book = client.get(VIEW.replace("DVC-01", "DVC-01.parquet") + "&with=DVC-04&show=beside").data
    rows = pq.read_table(io.BytesIO(book)).to_pylist()
    assert {row["code"] for row in rows} == {"DVC-01", "DVC-04"}
    assert sum(row["code"] == "DVC-04" and row["bucket"] is not None for row in rows) == 24
    book = client.get(VIEW.replace("DVC-01", "DVC-01.xlsx") + "&with=DVC-04&area=hoi_an").data
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Về tệp này")
    assert dict(row for row in sheet.to_python()[1:])["Đặt cạnh"] == "DVC-04 (Phường Hội An)"


def test_an_empty_answer_blames_the_filter_that_emptied_it_though_no_figure_shows_it(client: FlaskClient) -> None:
    rate = "/kpi/DVC-03?from=2026-11-01&to=2026-11-24&filter=field:civil"
    assert 'class="an-empty"' not in client.get(rate).text
    html = unescape(client.get(f"{rate}&filter=channel:post").text)
    said = re.search(r'class="an-empty">(.*?)</article>', html, re.S)[1]
    assert re.findall(r'class="an-button" href="[^"]*filter=([^"&]*)"', said) == ["field:civil"]
    assert "Hộ tịch" not in said

"""A view answered: what it is held against travels with it, and one that is pinned stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from flask.testing import FlaskClient

from app import serve
from data.clock.clock import FixedClock
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


def page(client: FlaskClient, more: str = "") -> str:
    return unescape(client.get(VIEW + more).get_data(as_text=True))


def number(html: str) -> int:
    return int(re.search(r'class="an-number">(\d+)', html)[1])


def test_a_pinned_view_stays_as_it_was_row_by_row_and_in_files(client: FlaskClient) -> None:
    now, then = page(client), page(client, "&snapshot=2")
    assert number(now) == number(then) + 1
    assert "d99" in now
    assert "d99" not in then
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


def test_a_row_that_was_taken_back_or_never_was_is_said(client: FlaskClient) -> None:
    first = re.search(r"row=(\d+-\d+)", page(client))[1]
    assert "dossiers" in re.search(r'class="an-origin">.*?</dl>', page(client, f"&row={first}"), re.S)[0]
    assert "Dòng này không nằm trong số đang xem" in page(client, "&row=999-1")


def test_an_old_link_to_a_renamed_indicator_leads_there_and_says_so(client: FlaskClient) -> None:
    html = unescape(client.get(VIEW.replace("DVC-01", "DVC-99")).get_data(as_text=True))
    assert "mã cũ DVC-99" in html
    assert number(html) == number(page(client))
    assert "mã cũ" not in unescape(client.get("/kpi/DVC-98").get_data(as_text=True))


def test_an_empty_answer_blames_the_filter_that_emptied_it_though_no_figure_shows_it(client: FlaskClient) -> None:
    rate = "/kpi/DVC-03?from=2026-11-01&to=2026-11-24&filter=field:civil"
    assert 'class="an-empty"' not in client.get(rate).text
    html = unescape(client.get(f"{rate}&filter=channel:post").text)
    said = re.search(r'class="an-empty">(.*?)</article>', html, re.S)[1]
    assert re.findall(r'class="an-button" href="[^"]*filter=([^"&]*)"', said) == ["field:civil"]
    assert "Hộ tịch" not in said

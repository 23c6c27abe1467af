"""The page of workspaces and its forms, as people with roles use them."""

from __future__ import annotations

import re

import pytest

from app import serve
from callbacks.workspaces import ours
from data.audit.audit import Search
from data.clock.clock import FixedClock
from tests.callbacks.town import HERE
from tests.kpis.delivered import NOW

ADDRESS = "/kpi/DVC-01?from=2026-11-01&to=2026-11-10"


def send(client, path: str, **form: str):
    return client.post(path, data=form, headers=HERE)


def keep(client, title: str = "Hồ sơ tháng 11", address: str = ADDRESS) -> str:
    return send(client, "/workspaces/save", title=title, address=address).headers["Location"]


def test_a_page_leads_to_where_it_is_kept_and_is_then_there(town):
    client = town.by("analyst")
    page = client.get(ADDRESS).text
    assert "/workspaces?save=%2Fkpi%2FDVC-01%3Ffrom%3D2026-11-01" in page
    form = client.get("/workspaces", query_string={"save": ADDRESS, "title": "Hồ sơ"}).text
    assert 'value="Hồ sơ"' in form and "/workspaces/save" in form
    assert keep(client) == "/workspaces?said=saved"
    shown = client.get("/workspaces?said=saved").text
    assert "Hồ sơ tháng 11" in shown and "Đã lưu." in shown
    assert 'href="/kpi/DVC-01?from=2026-11-01&amp;to=2026-11-10"' in shown


def test_a_private_view_of_another_is_not_there_for_read_or_write(town):
    keep(town.by("analyst"))
    other = town.by("leader")
    assert "Hồ sơ tháng 11" not in other.get("/workspaces").text
    acts = ("rename", "remove", "restore", "pin", "unpin", "share", "unshare", "copy", "propose", "accept", "refuse")
    told = {
        act: send(other, f"/workspaces/1/{act}", title="x", kind="person", name="leader").status_code for act in acts
    }
    none = {
        act: send(other, f"/workspaces/99/{act}", title="x", kind="person", name="leader").status_code for act in acts
    }
    assert told == none == dict.fromkeys(acts, 404)
    assert send(town.by("analyst"), "/workspaces/1/nonsense").status_code == 404


def test_a_shared_view_is_seen_copied_and_proposed_back(town):
    analyst, staff = town.by("analyst"), town.by("staff")
    keep(analyst)
    assert (
        send(analyst, "/workspaces/1/share", kind="role", name="staff").headers["Location"] == "/workspaces?said=shared"
    )
    assert "Được chia sẻ với tôi" in staff.get("/workspaces").text
    assert send(staff, "/workspaces/1/copy").headers["Location"] == "/workspaces?said=copied"
    send(staff, "/workspaces/2/rename", title="Hồ sơ, rõ hơn")
    send(staff, "/workspaces/2/propose")
    assert "Hồ sơ, rõ hơn" in analyst.get("/workspaces").text
    assert send(analyst, "/workspaces/2/accept").headers["Location"] == "/workspaces?said=accepted"
    assert "Hồ sơ, rõ hơn" in analyst.get("/workspaces").text
    entries, _ = town.audit.page(Search(act="edit"))
    assert [(entry.who, entry.details["what"]) for entry in entries] == [("analyst", "accept"), ("analyst", "share")]


def test_what_is_taken_away_is_given_back_by_one_button(town):
    client = town.by("analyst")
    keep(client)
    there = send(client, "/workspaces/1/remove").headers["Location"]
    page = client.get(there).text
    assert 'action="/workspaces/1/restore"' in page and "Hồ sơ tháng 11" not in page
    send(client, "/workspaces/1/restore")
    assert "Hồ sơ tháng 11" in client.get("/workspaces").text


def test_a_view_is_found_without_marks(town):
    client = town.by("analyst")
    keep(client), keep(client, "Đêm phố cổ")
    page = client.get("/workspaces?q=dem+pho").text
    assert "Đêm phố cổ" in page and "Hồ sơ tháng 11" not in page
    assert "Không có chế độ xem nào khớp" in client.get("/workspaces?q=zzz").text


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/profile", "/sign-out", "/audit", "javascript:x", "",
     "/kpi\r\nx", "/workspaces/1/remove"],
)  # fmt: skip
def test_only_pages_of_ours_are_kept(town, address):
    assert not ours(address)
    client = town.by("analyst")
    assert keep(client, address=address) == "/workspaces?said=bad"
    assert "Chưa lưu gì" in client.get("/workspaces").text


def test_what_is_written_there_is_text(town):
    client = town.by("analyst")
    keep(client, "<script>alert(1)</script>", '/kpi/DVC-01?x="><script>alert(2)</script>')
    page = client.get("/workspaces?q=<script>alert(3)</script>&save=/kpi/<script>alert(4)</script>").text
    assert "<script>alert(" not in page + client.get("/workspaces").text


def test_a_view_shows_whoever_opens_it_what_they_may_see(town):
    """The ward's own figures on an address an analyst has shared."""
    analyst, ward = town.by("analyst"), town.by("ward_hoi_an")
    keep(analyst, address="/kpi/DVC-01?from=2026-11-01&to=2026-11-24&by=area")
    send(analyst, "/workspaces/1/share", kind="role", name="ward_hoi_an")
    assert "Hồ sơ tháng 11" in ward.get("/workspaces").text
    csv = "/kpi/DVC-01.csv?from=2026-11-01&to=2026-11-24&by=area"
    assert "Hội An Đông" in analyst.get(csv).text
    assert "Hội An Đông" not in ward.get(csv).text


def test_a_demonstration_keeps_nothing_and_offers_nothing(service):
    client = serve(service.catalogue, service, FixedClock(NOW))[0].server.test_client()
    assert 'href="/workspaces' not in client.get(ADDRESS).text
    for path in ("/workspaces", "/board/mine", "/profile"):
        told = client.get(path)
        assert told.status_code == 403 and "Trang này cần đăng nhập" in told.text
    assert send(client, "/workspaces/save", title="x", address=ADDRESS).status_code == 404


def test_a_pinned_view_is_a_tile_of_ones_own_board_that_leads_back_to_it(town):
    analyst = town.by("analyst")
    assert "Chưa ghim gì" in analyst.get("/board/mine").text
    send(analyst, "/workspaces/save", title="Hộ tịch tháng 11", address=f"{ADDRESS}&filter=field:civil", pinned="1")
    keep(analyst, "Không ghim"), keep(analyst, "Một bảng", "/board/egov")
    send(analyst, "/workspaces/3/pin")
    page = analyst.get("/board/mine").text
    assert page.count('class="tile tile-compact"') == 1 and "Hộ tịch tháng 11" in page
    there = re.search(r'<h2 class="tile-title"><a href="([^"]+)"', page).group(1).replace("&amp;", "&")
    opened = analyst.get(there).text
    number = re.search(r'class="number">([^<]+)<', page).group(1)
    assert re.search(r'class="an-number">(?:<span>)?([^<]+)<', opened).group(1).strip() == number
    assert "filter=field:civil" in there and "Lĩnh vực" in page
    assert "Hộ tịch tháng 11" not in town.by("leader").get("/board/mine").text


def test_the_analysis_lists_what_is_kept_of_it_and_offers_to_keep_more(town):
    analyst, staff = town.by("analyst"), town.by("staff")
    keep(analyst), keep(analyst, "Chỉ tiêu khác", "/kpi/DVC-03?from=2026-11-01")
    send(analyst, "/workspaces/1/share", kind="role", name="staff")
    page = analyst.get(ADDRESS).text
    assert "Hồ sơ tháng 11" in page and "Chỉ tiêu khác" not in page and "Lưu chế độ xem này (K)" in page
    assert re.search(r"Hồ sơ tháng 11</span></a><small>analyst</small>", staff.get(ADDRESS).text)
    assert "Hồ sơ tháng 11" not in town.by("leader").get(ADDRESS).text
    send(analyst, "/workspaces/1/remove")
    assert "Hồ sơ tháng 11" not in analyst.get(ADDRESS).text

"""The page of reports: who may look, draft, check and issue, and that what was issued is served as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import serve
from data.audit.audit import Search
from data.kpis.service import KpiService
from data.reports.papers import Papers
from data.settings import read
from tests.callbacks.test_guard import HERE, Town
from tests.kpis.delivered import city
from tests.kpis.november import NOVEMBER

WEEK = "period=2026-W47"
DESK = f"/reports/weekly?{WEEK}"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KpiService]:
    held, writer = city(tmp_path_factory.mktemp("weekly"), NOVEMBER)
    yield held
    writer.close()


@pytest.fixture
def town(service: KpiService, tmp_path: Path) -> Iterator[Town]:
    made = Town(service, tmp_path)
    settings = read({"LANTERN_ARCHIVE": str(tmp_path / "archive")})
    made.server = serve(
        service.catalogue, service, made.clock, "local", made.accounts, settings=settings, state=made.state
    )[0].server
    yield made
    made.state.close()


def act(client: FlaskClient, what: str, **form: str) -> int:
    return client.post(f"/reports/weekly/{what}", data={"period": "2026-W47", **form}, headers=HERE).status_code


def test_the_shelf_names_every_report_with_its_newest_period(town: Town) -> None:
    page = town.by("staff").get("/reports").text
    assert page.count("/reports/") >= 6
    assert "/reports/weekly?period=2026-W47" in page and "/reports/monthly?period=2026-10" in page


def test_a_report_goes_from_draft_to_issue_and_its_files_stay_as_they_were(town: Town) -> None:
    staff, leader = town.by("staff"), town.by("leader")
    assert act(staff, "draft") == 303
    assert act(staff, "edit", slot="closing", text="Lời của <b>cán bộ</b>") == 303
    page = staff.get(DESK).text
    assert "Đã sửa" in page and "Lời của &lt;b&gt;cán bộ&lt;/b&gt;" in page and "<b>cán bộ" not in page
    assert [act(staff, "check"), act(staff, "issue")] == [403, 403]  # nobody checks without the right to
    assert [act(leader, "check"), act(leader, "issue")] == [303, 303]
    page = staff.get(DESK).text
    assert "/papers/1.pdf" in page and "Đã phát hành" in page
    content = staff.get("/papers/1.pdf").data
    assert content.startswith(b"%PDF-1.7")
    digest = hashlib.sha256(content).hexdigest()
    assert digest == hashlib.sha256(leader.get("/papers/1.pdf").data).hexdigest()
    assert [staff.get(f"/papers/{name}").status_code for name in ("1.csv", "2.pdf", "1.x")] == [404] * 3
    entries, _ = town.audit.page(Search(), 0, 20)
    acts = [(e.who, e.act, e.details["what"]) for e in entries if e.act in ("edit", "approval")]
    assert acts[::-1] == [("staff", "edit", "draft"), ("staff", "edit", "edit"), ("leader", "approval", "check"),
                          ("leader", "approval", "issue")]  # fmt: skip
    assert act(leader, "issue") == 303  # told on the page: it does not fit any more
    assert "không còn hợp" in leader.get(DESK + "&said=standing").text


def test_who_sees_a_part_of_the_city_keeps_and_gets_nothing_of_all_of_it(town: Town) -> None:
    assert act(town.by("staff"), "draft") == 303
    ward = town.by("ward_hoi_an")
    assert act(ward, "draft") == 403
    assert ward.get("/papers/1.pdf").status_code == 404
    page = ward.get(DESK).text
    assert "Lập bản thảo" not in page.replace("Lập bản thảo để", "")


def test_a_page_is_a_picture_and_a_draft_is_a_file(town: Town) -> None:
    client = town.by("staff")
    assert client.get(f"/reports/weekly/pages/1.png?{WEEK}").data[:4] == b"\x89PNG"
    assert client.get(f"/reports/weekly/pages/99.png?{WEEK}").status_code == 404
    answer = client.get(f"/reports/weekly.xlsx?{WEEK}&language=en")
    assert answer.status_code == 200 and "weekly-2026-W47-en-v1" in answer.headers["Content-Disposition"]
    operator = town.by("operator")
    assert operator.get(f"/reports/weekly.pdf?{WEEK}").status_code == 403  # may not export


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("period=2026-W48", "sau 30/11/2026"),
        ("period=x", "viết như 2026-W45"),
        (f"{WEEK}&area=hue", "Không có địa bàn"),
        (f"{WEEK}&area=%00", "Không có địa bàn"),
    ],
)
def test_what_cannot_be_drafted_is_said_on_the_page(town: Town, search: str, said: str) -> None:
    client = town.by("staff")
    answer = client.get(f"/reports/weekly?{search}")
    assert answer.status_code == 200 and "rep-page" not in answer.text and said in answer.text
    assert client.get(f"/reports/weekly.pdf?{search}").status_code == 404


def test_newer_data_is_offered_and_words_that_no_longer_fit_are_left_out(town: Town) -> None:
    client = town.by("staff")
    act(client, "draft")
    papers = Papers(town.state, Path("nowhere"))
    papers.edit(1, "1.1", "Lời cũ", "what the rules said before")
    page = client.get(DESK).text
    assert "Lời cũ" not in page and "không còn khớp" in page and "1.1" in page
    assert town.clock.now() - papers.paper(1).made.at < timedelta(days=1)

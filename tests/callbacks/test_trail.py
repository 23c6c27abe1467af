"""The trail on its page and in its file: for who manages users, found by what is asked, harmless to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from callbacks.trail import HEADS
from data.audit import Audit
from data.state import State
from tests.callbacks.town import ROLES, Town, users
from tests.kpis.delivered import NOW


def busy(state: State) -> None:
    """Sixty-two acts are noted."""
    users(state)
    audit = Audit(state)
    for number in range(60):
        audit.add(NOW, "lan" if number % 2 else "hoa", "10.0.0.1", "export", f"/kpi/DVC-01.csv?n={number}")
    audit.add(NOW, "=1+1", "10.0.0.2", "sign_in", outcome="refused", waits=4)
    audit.add(NOW, "hoa", "10.0.0.2", "edit", "<script>alert(1)</script>")


@pytest.fixture
def town(service, tmp_path) -> Iterator[Town]:
    made = Town(service, tmp_path, busy)
    yield made
    made.state.close()


@pytest.mark.parametrize("role", ROLES)
def test_only_who_manages_users_sees_it(town, role):
    page, file = town.by(role).get("/audit"), town.by(role).get("/audit.csv")
    seen = role == "admin"
    assert ("Nhật ký hệ thống" in page.text and "10.0.0.1" in page.text) is seen
    assert ('href="/audit"' in page.text) is seen, "in the navigation"
    assert file.status_code == (200 if seen else 403)


def test_newest_first_fifty_a_page(town):
    client = town.by("admin")
    first, second = client.get("/audit").text, client.get("/audit?page=2").text
    assert first.count("<tr data-outcome") == 50
    assert "n=59" in first and "n=59" not in second
    assert "Trang 1 / 2" in first


@pytest.mark.parametrize(
    ("asked", "lines"),
    [("who=lan", 30), ("who=LAN&act=export", 30), ("act=edit", 1), ("text=n%3D1", 11), ("text=n%3D%25", 0),
     ("since=2026-11-01&until=2026-12-31&act=edit", 1), ("since=2099-01-01", 0), ("until=2001-01-01", 0),
     ("act=nonsense&who=lan", 30), ("since=x&until=9999-12-31&act=edit", 1), ("page=0&act=edit", 1),
     ("page=%C2%B2&act=edit", 1)],
)  # fmt: skip
def test_what_is_asked_is_found(town, asked, lines):
    assert town.by("admin").get(f"/audit?{asked}").text.count("<tr data-outcome") == lines


def test_what_is_written_there_is_text(town):
    page = town.by("admin").get("/audit?act=edit").text
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    hostile = town.by("admin").get("/audit", query_string={"text": '"><script>alert(2)</script>'}).text
    assert "<script>alert(2)" not in hostile


def test_the_file_is_all_that_matches_and_cannot_compute(town):
    answer = town.by("admin").get("/audit.csv?text=n%3D")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == list(HEADS)
    assert len(rows) == 61
    every = list(csv.reader(io.StringIO(town.by("admin").get("/audit.csv").text)))
    assert [row[2] for row in every if "1+1" in row[2]] == ["'=1+1"]


def test_handing_it_over_is_an_entry(town):
    client = town.by("admin")
    client.get("/audit.csv?who=lan").get_data()
    assert "/audit.csv?who=lan" in client.get("/audit?act=audit_export").text


def test_a_broken_chain_is_said(town):
    client = town.by("admin")
    assert "Chuỗi nguyên vẹn" in client.get("/audit").text
    with town.state.writing() as connection:
        connection.execute(sa.text("DROP TRIGGER entries_no_update"))
        connection.execute(sa.text("UPDATE entries SET who = 'nobody' WHERE number = 7"))
    assert "Chuỗi bị đứt từ mục 7" in client.get("/audit").text


def test_a_demonstration_has_none(service):
    from app import serve
    from data.clock.clock import FixedClock

    client = serve(service.catalogue, service, FixedClock(NOW))[0].server.test_client()
    assert "Nhật ký hệ thống" not in client.get("/audit").text
    assert client.get("/audit.csv").status_code in (403, 404)

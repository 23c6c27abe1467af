"""Taking a load back from its page: who may, from where, and what the writing process then does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app import serve
from data.kpis.service import open_service
from data.store import jobs
from tests.store.town import Town
from tests.store.town import catalogue as town_catalogue

HERE = {"Origin": "http://localhost"}
UNDO = "/sources/book/loads/1/undo"


@pytest.fixture
def town(tmp_path) -> Iterator[Town]:
    made = Town(tmp_path / "town", town_catalogue(tmp_path / "pack"))
    made.put("book.csv", "2026-01-05,east,5", "2026-01-06,east,oops", "2026-01-07,=1+1,5")
    made.tick()
    yield made
    made.writer.close()


def client(town: Town, undo: str = "local") -> FlaskClient:
    service = open_service(town.catalogue, town.store, town.clock)
    return serve(town.catalogue, service, town.clock, undo)[0].server.test_client()


def text(answer) -> str:
    return answer.get_data(as_text=True)


def test_a_load_is_taken_back_and_given_back(town: Town) -> None:
    browser = client(town)
    assert 'action="/sources/book/loads/1/undo"' in text(browser.get("/sources/book"))
    answer = browser.post(UNDO, headers=HERE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sources/book")
    assert "đang chờ" in text(browser.get("/sources/book"))
    town.sync.tick()
    page = text(client(town).get("/sources/book"))
    assert "Đã thu hồi" in page and "127.0.0.1" in page and "đang chờ" not in page
    assert client(town).post("/sources/book/loads/1/restore", headers=HERE).status_code == 303
    town.sync.tick()
    assert town.rows("SELECT sum(rows) FROM rollup_visit") == [(1,)]
    assert 'action="/sources/book/loads/1/undo"' in text(client(town).get("/sources/book"))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        HERE | {"Sec-Fetch-Site": "cross-site"},
        HERE | {"X-Forwarded-For": "203.0.113.7"},
        {"Origin": "http://city.example", "Host": "city.example"},
    ],
)
def test_a_form_of_another_site_or_machine_is_refused(town: Town, headers: dict[str, str]) -> None:
    assert client(town).post(UNDO, headers=headers).status_code == 403
    assert jobs.waiting(town.store) == []


def test_another_machine_is_told_the_command_instead(town: Town) -> None:
    browser = client(town)
    far = {"REMOTE_ADDR": "203.0.113.7"}
    assert browser.post(UNDO, headers=HERE, environ_base=far).status_code == 403
    page = text(browser.get("/sources/book", environ_base=far))
    assert "lantern snapshots --undo 1" in page and UNDO not in page
    assert client(town, "on").post(UNDO, headers=HERE, environ_base=far).status_code == 303


def test_nobody_may_when_it_is_off(town: Town) -> None:
    assert client(town, "off").post(UNDO, headers=HERE).status_code == 403


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/sources/book/loads/9/undo", 404),
        ("/sources/gates/loads/1/undo", 404),
        ("/sources/nowhere/loads/1/undo", 404),
        ("/sources/book/loads/1/restore", 409),
        ("/sources/book/loads/1/drop", 405),
    ],
)
def test_what_is_not_so_is_not_done(town: Town, address: str, status: int) -> None:
    assert client(town).post(address, headers=HERE).status_code == status
    assert jobs.waiting(town.store) == []


def test_a_job_nobody_does_is_said_to_be_stuck(town: Town) -> None:
    client(town).post(UNDO, headers=HERE)
    town.clock.advance(timedelta(minutes=2))
    assert "lantern clock" in text(client(town).get("/sources/book"))


def test_rows_in_quarantine_as_a_file(town: Town) -> None:
    answer = client(town).get("/sources/book/quarantine.csv")
    assert answer.mimetype == "text/csv"
    lines = text(answer).lstrip("\ufeff").splitlines()
    assert lines[0] == "Lần,Tệp,Dòng,Cột,Giá trị,Lý do"
    assert lines[1:] == [
        "1,book.csv,3,people,oops,Không đọc được theo kiểu của cột",
        "1,book.csv,4,Cổng,'=1+1,Không có trong danh sách giá trị",
    ]
    assert client(town).get("/sources/nowhere/quarantine.csv").status_code == 404

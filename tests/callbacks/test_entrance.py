"""The entrance: who signs in gets a session, where they were going, and a line in the trail."""

from __future__ import annotations

import pytest

from callbacks.guard import inside
from data.audit.audit import Search
from tests.callbacks.town import GOOD, HERE, enter


def test_the_right_password_leads_to_where_one_was_going_with_a_cookie_no_script_reads(town):
    client = town.client()
    assert client.get("/board/egov?area=hoi_an").headers["Location"] == "/sign-in?next=/board/egov%3Farea%3Dhoi_an"
    answer = enter(client, there="/board/egov%3Farea%3Dhoi_an")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/board/egov?area=hoi_an")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    assert client.get("/board/egov?area=hoi_an").status_code == 200
    secure = client.post("/sign-in", data={"name": "admin", "password": GOOD}, base_url="https://localhost",
                         headers={"Origin": "https://localhost"})  # fmt: skip
    assert "Secure" in secure.headers["Set-Cookie"]


def test_a_token_planted_before_the_sign_in_is_not_the_one_after_it(town):
    client = town.client("planted-by-somebody-else")
    cookie = enter(client).headers["Set-Cookie"]
    assert "planted" not in cookie
    assert town.client("planted-by-somebody-else").get("/stream").status_code == 401


def test_a_wrong_password_says_so_then_how_long_to_wait_and_sets_no_cookie(town):
    client = town.client()
    statuses = [enter(client, f"wrong {n}").status_code for n in range(5)]
    assert statuses == [401, 401, 401, 401, 429]
    answer = enter(client)
    assert answer.status_code == 429
    assert "Thử lại sau" in answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers


def test_signing_out_ends_the_session_not_just_the_cookie(town):
    token = town.token("admin")
    answer = town.client(token).post("/sign-out", headers=HERE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert town.client(token).get("/stream").status_code == 401


@pytest.mark.parametrize(
    "there",
    ["https://evil.example", "//evil.example", "/\\evil.example", "http:evil", "javascript:alert(1)", "evil",
     "/a\r\nSet-Cookie: x=1", "\t//evil.example", "///evil.example"],
)  # fmt: skip
def test_the_entrance_leads_nowhere_else(town, there):
    assert not inside(there)
    answer = town.client().post("/sign-in", data={"name": "admin", "password": GOOD, "next": there}, headers=HERE)
    assert answer.headers["Location"] == "/"


def test_the_form_gives_back_what_was_typed_harmlessly(town):
    page = enter(town.client(), "wrong", name='"><script>alert(1)</script>').get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


def test_every_sign_in_and_out_is_in_the_trail(town):
    enter(town.client(), "wrong")
    client = town.client()
    enter(client)
    client.post("/sign-out", headers=HERE)
    entries, _ = town.audit.page(Search())
    assert [(e.act, e.who, e.outcome) for e in reversed(entries)] == [
        ("sign_in", "admin", "refused"), ("sign_in", "admin", "done"), ("sign_out", "admin", "done"),
    ]  # fmt: skip
    assert town.audit.verify() is None

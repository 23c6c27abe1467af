"""The profile: what its reader chose, their password and their sessions."""

from __future__ import annotations

from tests.callbacks.town import GOOD, HERE, enter
from tests.kpis.delivered import NOW


def test_a_profile_is_that_of_its_reader_and_of_nobody_from_memory(town):
    first, second = town.client(town.token("analyst")), town.client(town.token("steward"))
    pages = [client.get("/profile").get_data(as_text=True) for client in (first, second, first)]
    assert ["analyst ·" in page for page in pages] == [True, False, True]
    assert "steward ·" in pages[1]
    assert "Địa bàn" in pages[0]


def test_preferences_are_kept_and_open_the_next_sign_in(town):
    client = town.client(town.token("analyst"))
    kept = {"language": "en", "theme": "dark", "landing": "tourism"}
    assert client.post("/profile/preferences", data=kept, headers=HERE).headers["Location"] == "/profile?kept"
    answer = enter(town.client(), name="analyst")
    assert answer.headers["Location"] == "/board/tourism"
    cookies = " ".join(answer.headers.getlist("Set-Cookie"))
    assert "lang=en" in cookies and "theme=dark" in cookies
    client.post("/profile/preferences", data={"landing": "//evil", "theme": "<b>"}, headers=HERE)
    assert enter(town.client(), name="analyst").headers["Location"] == "/"


def test_a_password_is_changed_by_who_knows_it_and_ends_every_other_session(town):
    other, client = town.client(town.token("analyst")), town.client(town.token("analyst"))

    def change(**given: str) -> str:
        return client.post("/profile/password", data=given, headers=HERE).headers["Location"]

    new = "một câu khác dài hơn"
    assert change(old="wrong words", new=new, again=new) == "/profile?wrong"
    assert change(old=GOOD, new=new, again="typed otherwise") == "/profile?differ"
    assert change(old=GOOD, new="short", again="short") == "/profile?weak"
    assert change(old=GOOD, new=new, again=new) == "/profile?changed"
    assert client.get("/stream").status_code == 200
    assert other.get("/stream").status_code == 401
    assert enter(town.client(), name="analyst").status_code == 401
    assert enter(town.client(), new, name="analyst").status_code == 303


def test_one_ends_only_ones_own_sessions(town):
    mine, theirs = town.token("analyst"), town.token("admin")
    client, held = town.client(mine), town.accounts.session(theirs, NOW)
    assert client.post(f"/profile/sessions/{held.id}/end", headers=HERE).status_code == 404
    assert town.client(theirs).get("/stream").status_code == 200
    second = town.token("analyst")
    held = town.accounts.session(second, NOW)
    assert client.post(f"/profile/sessions/{held.id}/end", headers=HERE).headers["Location"] == "/profile?ended"
    assert town.client(second).get("/stream").status_code == 401

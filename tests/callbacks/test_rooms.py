"""Rooms: every screen of one stands on the same scene, whoever leads them is known, and an alert goes before all."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from app import serve
from callbacks.guard import COOKIE, SCREEN_COOKIE
from data.accounts import Accounts
from data.alerts.event import Event, event_id
from data.alerts.events import Events
from data.audit import Audit
from data.audit.audit import Search
from data.clock.clock import FixedClock
from data.state import State
from data.walls.hand import Hand
from data.walls.hands import Hands
from data.walls.screens import Choice, Screens
from tests.callbacks.town import GOOD, HERE, QUICK
from tests.kpis.delivered import NOW

PLACES = ("a", "b", "c")


class Room:
    """The operations room, led by signed-in people or in a demonstration."""

    def __init__(self, service, state: State, accounts: bool = False) -> None:
        self.state = state
        self.accounts = Accounts(state, passwords=QUICK) if accounts else None
        self.server = serve(service.catalogue, service, FixedClock(NOW), "off", self.accounts, state=state)[0].server
        self.client = self.server.test_client()

    def by(self, name: str, role: str = "operator"):
        self.accounts.add(name, f"Chị {name}", [role], NOW, GOOD)
        client = self.server.test_client()
        client.set_cookie(COOKIE, self.accounts.sign_in(name, GOOD, "", "", NOW).token)
        return client

    def told(self, letter: str, client=None) -> dict:
        return json.loads((client or self.client).get(f"/wall/operations/{letter}/scenes").data)

    def stands(self, letter: str, client=None) -> str:
        page = (client or self.client).get(f"/wall/operations/{letter}").get_data(as_text=True)
        return re.search(r'class="scene is-here" id="scene-([^"]+)"', page).group(1)

    def press(self, act: str, client=None, status: int = 303, headers: dict | None = None) -> str:
        answer = (client or self.client).post(f"/rooms/operations/{act}", headers=headers or HERE)
        assert answer.status_code == status, act
        return answer.get_data(as_text=True)


def test_every_place_stands_on_the_scene_that_was_picked_and_shows_its_part_of_it(service, state):
    room = Room(service, state)
    for scene in ("overview", "goals", "tourism"):
        room.press(f"pick?scene={scene}")
        assert {room.stands(letter) for letter in PLACES} == {scene}
    room.press("pick?scene=overview")
    a, b, c = (room.told(letter)["scenes"]["overview"][1] for letter in PLACES)
    assert ("tile-map" in a, "tile-hero" in a, "tile-list" in a) == (True, False, False)
    assert ("tile-map" in b, "tile-hero" in b, "tile-list" in b) == (False, True, False)
    assert ("tile-map" in c, "tile-hero" in c, "tile-list" in c) == (False, False, True)
    said = [re.search(r'class="say-words">(.*?)</p>', markup).group(1) for markup in (a, b, c)]
    assert len(set(said)) == 1  # one sentence over all three
    goals = [room.told(letter)["scenes"]["goals"][1] for letter in PLACES]
    assert all("tile-scorecard" in markup for markup in goals)  # a board without the part is shown whole


def test_a_hand_wakes_the_walls_of_rooms_and_draws_no_scene_anew(service, state):
    room = Room(service, state)
    before, alone = room.told("a"), json.loads(room.client.get("/wall/hall/scenes").data)
    room.press("next")
    have = ",".join(f"{name}:{held[0]}" for name, held in before["scenes"].items())
    after = json.loads(room.client.get(f"/wall/operations/a/scenes?have={have}").data)
    assert after["mark"] != before["mark"] and after["scenes"] == {}
    assert before["hand"] is None and after["hand"]["act"] == "next"
    assert json.loads(room.client.get("/wall/hall/scenes").data)["mark"] == alone["mark"]


def test_another_worker_sees_the_hand_and_release_gives_the_room_to_the_clock(service, state):
    one, other = Room(service, state), Room(service, state)
    first = one.stands("a")
    one.press("next")
    assert other.stands("c") == one.stands("a") != first
    other.press("release")
    assert one.stands("a") == first and Hands(state).of("operations", NOW) is None


def test_a_pin_that_has_ended_leads_nothing(service, state):
    room = Room(service, state)
    room.press("pin")
    held = Hands(state).of("operations", NOW)
    assert held.held_until == NOW + timedelta(minutes=30) and room.told("a")["hand"]["act"] == "pin"
    Hands(state).lay("operations", NOW, lambda before: replace(held, until=NOW))
    assert room.told("a")["hand"] is None
    assert "chạy theo đồng hồ" in room.client.get("/rooms/operations").get_data(as_text=True)


def test_an_alert_overrides_the_hand_refuses_another_and_gives_it_back(service, state):
    room = Room(service, state)
    room.press("pick?scene=goals")
    began = NOW - timedelta(minutes=20)
    crowd = Event(event_id("crowd", "", began), "crowd", "", began, 2, 2, 0.97, began)
    Events(state).write([crowd])
    assert {room.stands(letter) for letter in PLACES} == {"alarm"}
    assert "Cảnh báo đang giữ" in room.press("next", status=409)
    over = Event(crowd.id, "crowd", "", began, 0, 2, 0.5, NOW, NOW - timedelta(minutes=2))
    Events(state).write([over])
    assert {room.stands(letter) for letter in PLACES} == {"goals"}


def test_the_last_of_two_people_wins_and_the_page_names_who_holds_it(service, state):
    room = Room(service, state, accounts=True)
    lan, minh = room.by("lan"), room.by("minh")
    room.press("pick?scene=goals", lan)
    assert "Bạn đang cầm" in lan.get("/rooms/operations").get_data(as_text=True)
    assert "Chị lan đang cầm" in minh.get("/rooms/operations/now").get_data(as_text=True)
    room.press("pick?scene=tourism", minh)
    assert "Chị minh đang cầm" in lan.get("/rooms/operations").get_data(as_text=True)
    assert {room.stands(letter, lan) for letter in PLACES} == {"tourism"}
    entries, _ = Audit(state).page(Search(act="remote"))
    assert [(e.who, e.subject) for e in reversed(entries)] == [
        ("lan", "/rooms/operations/pick?scene=goals"), ("minh", "/rooms/operations/pick?scene=tourism"),
    ]  # fmt: skip


def test_who_may_not_manage_screens_leads_no_room(service, state):
    room = Room(service, state, accounts=True)
    room.press("next", room.by("tam", "analyst"), status=403)
    assert Hands(state).of("operations", NOW) is None


def test_a_demonstration_is_led_from_its_own_machine_only(service, state):
    room = Room(service, state)
    far = {"base_url": "http://192.168.1.5:8050", "headers": {"Origin": "http://192.168.1.5:8050"}}
    assert room.client.post("/rooms/operations/next", **far).status_code == 403
    page = room.client.get("/rooms/operations", base_url="http://192.168.1.5:8050").get_data(as_text=True)
    assert "chính máy này" in page and "<form" not in page
    assert "<form" in room.client.get("/rooms/operations").get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "status"), [("operations/dance", 404), ("nowhere/next", 404), ("operations/pick?scene=moon", 409)]
)
def test_an_act_or_room_there_is_none_of_is_refused(service, state, path, status):
    answer = Room(service, state).client.post(f"/rooms/{path}", headers=HERE)
    assert answer.status_code == status
    assert Hands(state).of("operations", NOW) is None


def test_a_name_is_written_harmlessly(service, state):
    hand = Hand(
        "<script>alert(1)</script>", "pin", "overview", 0, 0.0, NOW, NOW + timedelta(hours=1), NOW + timedelta(hours=1)
    )
    Hands(state).lay("operations", NOW, lambda before: hand)
    page = Room(service, state).client.get("/rooms/operations").get_data(as_text=True)
    assert html.escape(hand.who, quote=False) in page and "<script>alert" not in page


def test_a_form_of_pairing_that_is_refused_keeps_all_that_was_chosen(service, state):
    operator = Room(service, state, accounts=True).by("lan")
    form = {"code": "123 456", "name": 'Sảnh "tầng 1"', "room": "Tầng 1", "playlist": "operations/b",
            "theme": "daylight", "language": "en"}  # fmt: skip
    there = operator.post("/screens/pair", data=form, headers=HERE).headers["Location"]
    page = operator.get(there).get_data(as_text=True)
    assert re.search("said=code&", there) and Screens(state).all() == []
    shown = re.search(r'<form method="post" action="/screens/pair".*?</form>', page, re.DOTALL)[0]
    typed = dict(re.findall(r'<input name="(\w+)"[^>]* value="([^"]*)"', shown))
    picked = re.findall(r'<option value="([^"]*)" selected', shown)
    assert {name: html.unescape(value) for name, value in typed.items()} == {
        n: form[n] for n in ("code", "name", "room")
    }
    assert picked == [form["playlist"], form["theme"], form["language"]]


def test_a_screen_of_a_place_shows_that_and_nothing_else(service, state):
    room = Room(service, state, accounts=True)
    token, code = Screens(state).announce(NOW)
    operator = room.by("lan")
    form = {"code": code, "name": "Giữa", "playlist": "operations/b", "theme": "dark", "language": "en"}
    assert "done.paired" in operator.post("/screens/pair", data=form, headers=HERE).headers["Location"]
    choice = Screens(state).all()[0].choice
    assert (choice.place, choice.playlist) == ("operations/b", "hall")
    screen = room.server.test_client()
    screen.set_cookie(SCREEN_COOKIE, token)
    page = screen.get("/wall").get_data(as_text=True)
    assert json.loads(html.unescape(re.search('data-told="([^"]*)"', page).group(1)))["home"] == "/wall/operations/b"
    asked = {path: screen.get(f"/wall/{path}/scenes?as=screen").status_code
             for path in ("operations/b", "operations/a", "hall")}  # fmt: skip
    assert list(asked.values()) == [200, 404, 404]
    assert screen.post("/rooms/operations/next?as=screen", headers=HERE).status_code == 401
    assert "đang hoạt động" in operator.get("/rooms/operations").get_data(as_text=True)


def test_a_screen_whose_room_is_no_more_goes_on_with_its_playlist(service, state):
    room = Room(service, state)
    token, code = Screens(state).announce(NOW)
    Screens(state).pair(code, Choice("B", "hall", place="gone/b"), "lan", NOW)
    room.client.set_cookie(SCREEN_COOKIE, token)
    assert room.client.get("/wall").status_code == 200
    assert room.client.get("/wall/hall/scenes?as=screen").status_code == 200


def test_the_page_of_rooms_lists_them_for_who_manages_screens(service, state):
    room = Room(service, state, accounts=True)
    assert 'href="/rooms/operations"' in room.by("lan").get("/rooms").get_data(as_text=True)
    assert 'href="/rooms/operations"' not in room.by("tam", "analyst").get("/rooms").get_data(as_text=True)

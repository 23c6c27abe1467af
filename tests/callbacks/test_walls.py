"""Walls: one computation for all of them, and screens that may look at what they were given and do nothing."""

from __future__ import annotations

import json
from datetime import timedelta

from app import serve
from callbacks import walls as module
from callbacks.guard import SCREEN_COOKIE
from data.accounts import Accounts
from data.alerts.event import Event, event_id
from data.alerts.events import Events
from data.alerts.look import look
from data.clock.clock import FixedClock
from data.walls.screens import Choice, Screens
from tests.callbacks.test_guard import HERE, QUICK
from tests.kpis.delivered import NOW


def client(service, state, accounts: bool = True):
    held = Accounts(state, passwords=QUICK) if accounts else None
    return serve(service.catalogue, service, FixedClock(NOW), "off", held, state=state)[0].server.test_client()


def paired(state, browser, playlist: str = "hall", language: str = "vi") -> int:
    token, code = Screens(state).announce(NOW)
    browser.set_cookie(SCREEN_COOKIE, token, domain="localhost")
    return Screens(state).pair(code, Choice("Hall", playlist, "dark", language), "lan", NOW).id


def test_forty_walls_cost_as_much_as_one(service, state, monkeypatch):
    drawn: list[str] = []
    real = module.drawn
    monkeypatch.setattr(module, "drawn", lambda walls, key: drawn.append(key.path) or real(walls, key))
    browser = client(service, state, accounts=False)
    browser.get("/wall/hall/scenes")  # opens the store
    drawn.clear()
    Screens(state).pair(Screens(state).announce(NOW)[1], Choice("Hall", "hall"), "lan", NOW)  # a new mark
    first = json.loads(browser.get("/wall/hall/scenes").data)
    assert sorted(drawn) == sorted(f"hall/{name}" for name in first["scenes"])
    for _ in range(40):
        assert browser.get("/wall/hall/scenes").status_code == 200
    assert len(drawn) == len(first["scenes"])


def test_what_a_screen_has_is_not_sent_again(service, state):
    browser = client(service, state, accounts=False)
    first = json.loads(browser.get("/wall/hall/scenes").data)
    have = ",".join(f"{name}:{held[0]}" for name, held in first["scenes"].items())
    assert json.loads(browser.get(f"/wall/hall/scenes?have={have}").data)["scenes"] == {}
    name = next(iter(first["scenes"]))
    part = json.loads(browser.get(f"/wall/hall/scenes?first={name}").data)
    assert (part["part"], list(part["scenes"])) == (True, [name])


def test_a_screen_sees_its_playlist_and_does_nothing_else(service, state):
    browser = client(service, state)
    assert browser.get("/wall/hall").status_code == 303
    paired(state, browser)
    assert browser.get("/wall").status_code == 200
    assert browser.get("/wall/hall/scenes?as=screen").status_code == 200
    assert browser.get("/wall/tourism/scenes?as=screen").status_code == 404
    tried = {path: browser.get(path).status_code for path in ("/", "/kpi/DVC-01", "/kpi/DVC-01.csv", "/stream")}
    assert list(tried.values()) == [303, 303, 401, 401]
    assert browser.post("/screens/pair", headers=HERE).status_code == 401


def test_a_screen_shows_no_small_counts(service, state):
    browser = client(service, state)
    number = paired(state, browser)
    guard = module.Guard(service.catalogue, FixedClock(NOW), None, Screens(state))
    scope = guard.shown(Screens(state).screen(number)).grant.scope
    assert not scope.small and not scope.personal


def test_a_revoked_screen_is_nobody_also_in_a_demonstration(service, state):
    for accounts in (True, False):
        browser = client(service, state, accounts)
        number = paired(state, browser)
        assert browser.get("/wall/hall/scenes?as=screen").status_code == 200
        Screens(state).revoke(number, NOW)
        assert browser.get("/wall/hall/scenes?as=screen").status_code == 401
        assert b'id="code"' in browser.get("/wall").data


def test_a_screen_speaks_in_its_own_language(service, state):
    browser = client(service, state)
    paired(state, browser, language="en")
    assert b'<html lang="en"' in browser.get("/wall").data


def test_a_beat_is_kept_and_a_dark_screen_is_somebodys_business(service, state):
    browser = client(service, state)
    number = paired(state, browser)
    answer = browser.post("/wall/beat?as=screen", data={"scene": "overview", "painted": "1"}, headers=HERE)
    assert answer.status_code == 204
    screen = Screens(state).screen(number)
    assert (screen.scene, screen.frame_at) == ("overview", NOW)
    found = {seconds: look(service, NOW + timedelta(seconds=seconds), [screen]) for seconds in (60, 91)}
    levels = {seconds: [one.level for one in held if one.rule == "screen_dark"] for seconds, held in found.items()}
    assert levels == {60: [0], 91: [1]}


def test_an_alert_changes_what_every_wall_is_told(service, state):
    browser = client(service, state, accounts=False)
    before = json.loads(browser.get("/wall/hall/scenes").data)
    began = NOW - timedelta(minutes=20)
    Events(state).write([Event(event_id("crowd", "", began), "crowd", "", began, 2, 2, 0.97, began)])
    after = json.loads(browser.get("/wall/hall/scenes").data)
    assert (before["state"], after["state"]) == ("normal", "alert")
    assert before["mark"] != after["mark"] and [turn[0] for turn in after["turns"]] == ["alarm"]

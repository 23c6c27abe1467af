"""Walls: one computation for all of them, and screens that may look at what they were given and do nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

from app import serve
from callbacks import walls as module
from callbacks.guard import SCREEN_COOKIE
from data.accounts import Accounts
from data.alerts.event import Event, event_id
from data.alerts.events import Events
from data.alerts.look import look
from data.calendar.period import Grain, Period
from data.catalogue import Playlist
from data.clock.clock import FixedClock
from data.kpis.query import KpiQuery
from data.kpis.service import KpiService
from data.remarks.remark import Wording
from data.remarks.remarks import Author, Remarks
from data.walls.screens import Choice, Screens
from layouts.format import value
from tests.callbacks.town import HERE, QUICK
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


def test_a_remark_for_everybody_is_on_the_wall_at_once(service, state):
    browser = client(service, state, accounts=False)
    before = json.loads(browser.get("/wall/hall/scenes").data)
    wording = Wording("Cầu An Hội đóng", NOW.date(), NOW.date(), None, "everybody")
    Remarks(state).write(Author(), service.catalogue.kpi("DVC-03").id, wording, NOW)
    after = json.loads(browser.get("/wall/hall/scenes").data)
    assert before["mark"] != after["mark"]
    said = [sum(wording.text in held[1] for held in told["scenes"].values()) for told in (before, after)]
    assert said[0] == 0 and said[1] >= 1


def test_a_scene_of_another_period_says_so_and_shows_the_numbers_of_that(service, state):
    scenes = [{"board": "egov"}, {"board": "egov", "period": "last_month"}]
    both = Playlist.model_validate_json(json.dumps({"id": "x", "name": {"vi": "x", "en": "x"}, "scenes": scenes}))
    catalogue = replace(service.catalogue, playlists={"x": both})
    browser = client(KpiService(catalogue, service.reader, service.clock), state, accounts=False)
    drawn = json.loads(browser.get("/wall/x/scenes").data)["scenes"]
    now, month = (drawn[name][1].split("wall-grid") for name in ("egov-1", "egov-2"))
    assert "tháng\u00a010/2026</small>" in month[0] and "10/2026" not in now[0]
    november, october = datetime(2026, 11, 1), datetime(2026, 10, 1)
    asked = [KpiQuery("DVC-03", period, Grain.DAY) for period in (Period(november, NOW), Period(october, november))]
    told = [value("vi", catalogue.kpi("DVC-03"), result.value.number, wall=True)[0] for result in service.ask(asked)]
    assert told == ["66,7%", "—"]  # nothing was closed in October
    for number, scene in zip(told, (now, month), strict=True):
        assert f">{number}<" in scene[1].split("tile-DVC-03")[1].split("</article>")[0]

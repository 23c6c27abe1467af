"""The page of alerts: what lasts, whose business it is, what is to be done, and only what its reader may know of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from app import serve
from callbacks.guard import COOKIE
from data.accounts import Accounts
from data.alerts.event import Event, event_id
from data.alerts.events import Events
from data.catalogue import Text
from data.catalogue.alert import Alert
from data.clock.clock import FixedClock
from data.kpis.service import KpiService
from data.state import State
from tests.callbacks.town import GOOD, QUICK
from tests.kpis.delivered import NOW
from tests.kpis.november import loaded
from tests.state.fresh import fresh

X = Text(vi="Chủ", en="Owner")
MORE = {
    "pumps": Alert.model_validate(
        {"id": "pumps", "name": Text(vi="Máy bơm", en="Pumps"), "kpi": "HT-39", "by": "area", "owner": X}
    ),
    "dossiers": Alert.model_validate(
        {"id": "dossiers", "name": Text(vi="Hồ sơ trễ", en="Late"), "kpi": "DVC-05", "owner": X}
    ),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory) -> Iterator[KpiService]:
    held, writer = loaded(tmp_path_factory.mktemp("alerted"))
    held.catalogue = replace(held.catalogue, alerts=held.catalogue.alerts | MORE)
    yield held
    writer.close()


@pytest.fixture
def state(tmp_path) -> Iterator[State]:
    made = fresh(tmp_path / "state.db")
    yield made
    made.close()


def event(rule: str, part: str = "", level: int = 2, number: float | None = 1.62, ended: bool = False) -> Event:
    began = NOW - timedelta(minutes=20)
    end = NOW - timedelta(minutes=5) if ended else None
    return Event(event_id(rule, part, began), rule, part, began, level, level, number, began, end)


def page(service: KpiService, state: State, language: str = "vi") -> str:
    client = serve(service.catalogue, service, FixedClock(NOW), state=state)[0].server.test_client()
    client.set_cookie("lang", language)
    return client.get("/alerts").text.replace("\xa0", " ")


def test_nothing_lasts(service, state):
    text = page(service, state)
    assert "Không có cảnh báo nào đang diễn ra; 19 quy tắc" in text
    assert 'href="/alerts"' in text


def test_what_lasts_says_what_whose_until_when_and_how_it_ends(service, state):
    """BĐ II is 1.5 m; with a margin of 0.1 it ends below 1.4 m."""
    Events(state).write([event("river")])
    text = page(service, state)
    for words in ("1 việc đang diễn ra", "Báo động II", "Mực nước sông tại Hội An", "1,62", "20 phút",
                  "Ban Chỉ huy Phòng thủ dân sự", "đã quá hạn", "dưới 1,40", "Báo các khối phố ven sông",
                  'href="/board/flood"', 'href="/kpi/HT-07"', 'data-state="alert"'):  # fmt: skip
        assert words in text, words


def test_the_worst_stands_first(service, state):
    Events(state).write([event("rain", "hoi_an", 1, 60.0), event("river", level=3, number=2.2)])
    text = page(service, state, "en")
    assert text.index("River level at Hội An") < text.index("Heavy rain in 24 hours: Hội An Ward")


def test_the_silence_of_a_source_is_its_owners(service, state):
    Events(state).write([event("river_silent", number=5400.0), event("rain_silent", level=1, number=None)])
    text = page(service, state)
    assert "90 phút không có số liệu" in text and "chưa từng có số liệu" in text
    assert service.catalogue.sources["water_level"].owner.vi in text
    assert "nguồn gửi số liệu trở lại" in text


def test_what_ended_is_said_once_below(service, state):
    Events(state).write([event("river", ended=True)])
    text = page(service, state)
    assert "Vừa kết thúc" in text and "Không có cảnh báo nào" in text


def test_a_rule_that_is_gone_is_not_shown(service, state):
    Events(state).write([event("gone")])
    assert "Không có cảnh báo nào" in page(service, state)


@pytest.mark.parametrize(
    ("role", "areas", "seen"),
    [("leader", None, {"pumps", "river"}), ("staff", None, {"pumps", "river", "dossiers"}),
     ("ward_hoi_an", None, {"pumps", "river"}), ("staff", ["hoi_an_dong"], {"east", "river"})],
)  # fmt: skip
def test_nobody_learns_of_what_they_may_not_see(service, state, role, areas, seen):
    """A leader sees no small counts, so nothing of dossiers; a ward its own pumps, and the river of all."""
    accounts = Accounts(state, passwords=QUICK)
    accounts.add("lan", "Lan", [role], NOW, GOOD, areas=areas)
    Events(state).write(
        [
            event("pumps", "hoi_an", 1, 0.8),
            event("pumps", "hoi_an_dong", 1, 0.8),
            event("dossiers", number=70),
            event("river"),
        ]
    )
    server = serve(service.catalogue, service, FixedClock(NOW), accounts=accounts, state=state)[0].server
    client = server.test_client()
    client.set_cookie(COOKIE, accounts.sign_in("lan", GOOD, "", "", NOW).token)
    text = client.get("/alerts").text
    told = {
        "pumps": "Máy bơm: Phường Hội An<",
        "east": "Máy bơm: Phường Hội An Đông",
        "dossiers": "Hồ sơ trễ",
        "river": "Mực nước sông",
    }
    if role in ("leader", "staff") and areas is None:
        seen = seen | {"east"}
    assert {name for name, words in told.items() if words in text} == seen


def test_where_nobody_writes_events_there_is_no_page(service):
    client = serve(service.catalogue, service, FixedClock(NOW))[0].server.test_client()
    assert "Không có trang này" in client.get("/alerts").text


def test_events_of_made_up_data_say_so(service, state):
    assert "Số liệu mô phỏng" in page(service, state)


def flood(days: int, name: str = "river", part: str = "") -> Event:
    """An event that began so many days ago and lasted for two."""
    began = NOW - timedelta(days=days)
    return Event(event_id(name, part, began), name, part, began, 0, 2, 1.62, began, began + timedelta(days=2))


def analysed(service: KpiService, state: State, search: str, code: str = "HT-07") -> str:
    client = serve(service.catalogue, service, FixedClock(NOW), state=state)[0].server.test_client()
    return unescape(client.get(f"/kpi/{code}?{search}").text)


SHOWN = "from=2026-11-18&to=2026-11-22&grain=day"


def test_an_alert_is_a_period_and_is_held_against_an_earlier_one(service, state):
    """The river rose on 19 November and on 25 October: 25 days apart, though the days shown begin on the 18th."""
    Events(state).write([flood(5), flood(30), flood(40, "dossiers")])
    html = analysed(service, state, SHOWN)
    assert re.search(r'<a href="[^"]*from=2026-11-19&to=2026-11-21[^"]*">[^<]+, 19/11/2026</a>', html)
    first, second = re.findall(r'<option value="event:((?:river|dossiers)[^"]*)"', html)
    assert (first, second) == (flood(30).id, flood(40, "dossiers").id), "that of the same rule first"
    told = analysed(service, state, f"{SHOWN}&compare=event:{first}", "HT-07.csv")
    days = [line.split(",") for line in told.splitlines() if line.startswith("2026-11-18")]
    assert [line[3][:10] for line in days] == ["2026-10-24"]
    assert f'value="event:{first}" selected' in analysed(service, state, f"{SHOWN}&compare=event:{first}")


def test_an_old_alert_is_found_by_its_link_and_one_there_is_none_of_is_said(service, state):
    Events(state).write([*(flood(3, "dossiers", str(n)) for n in range(201)), flood(300)])
    asked = f"{SHOWN}&compare=event:{flood(300).id}"
    assert "Không có cách so sánh" not in analysed(service, state, asked)
    assert "Không có cách so sánh" in analysed(service, state, asked.replace("river", "brook"))


def test_who_may_not_know_of_an_alert_is_offered_none_of_it(service, state):
    Events(state).write([flood(30, "dossiers")])
    accounts = Accounts(state, passwords=QUICK)
    name = flood(30, "dossiers").id
    for who, areas in (("ward", ["tan_hiep"]), ("city", None)):
        accounts.add(who, who, ["steward"], NOW, GOOD, areas=areas)
        server = serve(service.catalogue, service, FixedClock(NOW), "off", accounts, state=state)[0].server
        client = server.test_client()
        client.set_cookie(COOKIE, accounts.sign_in(who, GOOD, "", "", NOW).token)
        assert (name in unescape(client.get(f"/kpi/DVC-05?{SHOWN}").text)) is (areas is None)
        told = unescape(client.get(f"/kpi/DVC-05?{SHOWN}&compare=event:{name}").text)
        assert ("Không có cách so sánh" in told) is (areas is not None)

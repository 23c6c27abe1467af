"""The guard over every address there is, for every role, signed out, expired, revoked and disabled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app import serve
from callbacks.guard import ANYBODY, DECLARED, PAGES, PUBLIC, SCREEN, behind
from callbacks.rate import Rate
from data.audit.audit import Search
from data.clock.clock import FixedClock
from tests.callbacks.town import GOOD, HERE, ROLES, WAYS, Town
from tests.kpis.delivered import NOW

# One address for every endpoint. A new endpoint without one fails the test, as does one that is not declared.
ADDRESSES = {
    "_dash_assets.static": "/assets/tokens.css",
    "bundle": "/assets/lantern.css",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": "/_dash-component-suites/dash/deps/x.js",
    "/_favicon.ico": "/_favicon.ico",
    "lantern": "/lantern.svg",
    "health": "/health",
    "metrics": "/metrics",
    "sign_in": "/sign-in",
    "provider_leave": "/sign-in/nobody",
    "provider_return": "/sign-in/nobody/return",
    "view_save": "/workspaces/save",
    "view_act": "/workspaces/999/pin",
    "remark_write": "/kpi/DVC-01/remarks",
    "remark_act": "/kpi/DVC-01/remarks/999/remove",
    "sign_out": "/sign-out",
    "profile_preferences": "/profile/preferences",
    "profile_password": "/profile/password",
    "profile_end": "/profile/sessions/999/end",
    "/_dash-layout": "/_dash-layout",
    "/_dash-dependencies": "/_dash-dependencies",
    "/_dash-update-component": "/_dash-update-component",
    "/_reload-hash": "/_reload-hash",
    "/": "/",
    "/<path:path>": "/board/egov",
    "stream": "/stream",
    "wall_hang": "/wall",
    "wall_paired": "/wall/paired",
    "wall": "/wall/hall",
    "wall_scenes": "/wall/hall/scenes",
    "wall_stream": "/wall/hall/stream",
    "wall_place": "/wall/operations/a",
    "wall_place_scenes": "/wall/operations/a/scenes",
    "wall_place_stream": "/wall/operations/a/stream",
    "wall_beat": "/wall/beat",
    "remote": "/rooms/operations",
    "remote_now": "/rooms/operations/now",
    "remote_stream": "/rooms/operations/stream",
    "remote_act": "/rooms/operations/next",
    "screen_pair": "/screens/pair",
    "screen_act": "/screens/999/revoke",
    "exercise_start": "/exercises/nothing/start",
    "exercise_stop": "/exercises/999/stop",
    "exercise_record": "/exercises/999/events.csv",
    "kpi_file": "/kpi/DVC-01.csv",
    "kpi_rows": "/kpi/DVC-01/rows.csv",
    "palette": "/palette.json",
    "board_file": "/board/egov.xlsx",
    "quarantine_csv": "/sources/dossiers/quarantine.csv",
    "audit_csv": "/audit.csv",
    "order_place": "/reports/nothing/export",
    "order_act": "/orders/999/cancel",
    "order_standing": "/orders.json?of=1",
    "order_file": "/orders/999.pdf",
    "order_page": "/orders/999/pages/1.png",
    "paper_file": "/papers/999.pdf",
    "report_act": "/reports/nothing/draft",
    "load_undo": "/sources/dossiers/loads/1/undo",
    "load_restore": "/sources/dossiers/loads/1/restore",
}
VIEWED = {SCREEN: "view"}  # whoever may view sees what a screen does


def asked(client: FlaskClient, rule, headers: dict[str, str] | None = None) -> int:
    """Status of one endpoint by the method it is for."""
    method = "POST" if "POST" in rule.methods and rule.endpoint != "sign_in" else "GET"
    answer = client.open(ADDRESSES[rule.endpoint], method=method, headers=HERE if headers is None else headers)
    status = answer.status_code
    answer.close()
    return status


def rules(town: Town) -> list:
    return list(town.server.url_map.iter_rules())


def test_every_address_is_declared_and_tried(town):
    endpoints = {rule.endpoint for rule in rules(town)}
    assert endpoints == set(DECLARED) == set(ADDRESSES)


@pytest.mark.parametrize("way", WAYS)
def test_every_address_answers_as_it_is_declared(town, way):
    client, roles = town.by(way), town.service.catalogue.roles
    ending = [rule for rule in rules(town) if rule.endpoint == "sign_out"]
    for rule in [*(rule for rule in rules(town) if rule not in ending), *ending]:  # the others need the session
        needed, status = DECLARED[rule.endpoint], asked(client, rule)
        if needed == PUBLIC:
            assert status not in (401, 403), rule
        elif way not in ROLES:
            assert status == (303 if rule.endpoint in PAGES else 401), rule
        elif needed == ANYBODY or VIEWED.get(needed, needed) in roles[way].may:
            assert status not in (401, 403), rule
        else:
            assert status == 403, rule


def test_an_address_that_nobody_declared_is_refused_to_everybody(service, tmp_path):
    made = Town(service, tmp_path)
    made.server.add_url_rule("/new-thing", "new_thing", lambda: "secret")
    assert [made.by(way).get("/new-thing").status_code for way in ("signed out", "admin")] == [401, 403]
    made.state.close()


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "null"}, {"Origin": "http://evil.example"}, {"Origin": "http://localhost.evil.example"},
     {"Origin": "http://evil.example/localhost"}, HERE | {"Sec-Fetch-Site": "cross-site"},
     HERE | {"Sec-Fetch-Site": "same-site"}],
)  # fmt: skip
def test_a_form_or_a_callback_of_another_site_is_refused(town, headers):
    client = town.by("admin")
    for rule in rules(town):
        if "POST" in rule.methods:
            method_headers = {"data": {"name": "admin", "password": GOOD}} if rule.endpoint == "sign_in" else {}
            answer = client.post(ADDRESSES[rule.endpoint], headers=headers, **method_headers)
            assert answer.status_code == 403, rule


def test_every_file_handed_out_is_in_the_trail_and_a_refused_one_is_not(town):
    analyst, operator = town.client(town.token("analyst")), town.client(town.token("operator"))
    analyst.get("/kpi/DVC-01.csv?from=2026-11-01")
    analyst.get("/kpi/XX-99.csv")
    operator.get("/board/egov.xlsx")
    entries, _ = town.audit.page(Search(act="export"))
    assert [(e.who, e.subject) for e in entries] == [("analyst", "/kpi/DVC-01.csv?from=2026-11-01")]


def test_rows_with_personal_columns_are_shown_to_who_may_see_them_and_that_is_noted(town):
    steward, analyst = town.client(town.token("steward")), town.client(town.token("analyst"))
    seen, masked = (c.get("/kpi/DVC-01?from=2026-11-01").get_data(as_text=True) for c in (steward, analyst))
    assert "Người nộp" in seen
    assert "Người nộp" not in masked
    entries, _ = town.audit.page(Search(act="view_personal"))
    assert [e.who for e in entries] == ["steward"]
    assert entries[0].subject.startswith("/kpi/DVC-01?")


def test_a_ward_sees_its_own_rows_on_the_board_in_the_file_and_nobody_elses_from_memory(town):
    admin, ward = town.client(town.token("admin")), town.client(town.token("ward_hoi_an"))
    address = "/kpi/DVC-01.csv?from=2026-11-01&to=2026-11-24&by=area"
    whole, own = (client.get(address).get_data(as_text=True) for client in (admin, ward))
    assert "Hội An Đông" in whole
    assert "Hội An Đông" not in own
    told = [client.get("/board/egov").get_data(as_text=True) for client in (admin, ward, admin, ward)]
    pages = [page.split("_dash-config")[0] for page in told]  # what follows differs at every request
    assert pages[0] == pages[2] != pages[1] == pages[3]
    assert "Chỉ gồm địa bàn bạn được xem" in pages[1] and "Chỉ gồm địa bàn" not in pages[0]
    assert "Toàn thành phố" in pages[0] and "Toàn thành phố" not in pages[1]


@pytest.mark.parametrize("path", ["/nosuch", "/kpi/XX-99", "/board/nosuch", "/rooms/nosuch"])
def test_a_page_there_is_none_of_is_a_404_in_its_readers_language(town, path):
    client = town.client(town.token("admin"))
    told = client.get(path)
    assert (told.status_code, told.mimetype) == (404, "text/html")
    assert "Không có trang này" in told.text and "số liệu đến" in told.text and "chưa có số liệu" not in told.text
    client.set_cookie("lang", "en")
    assert "No such page" in client.get(path).text


def test_a_source_seen_in_part_is_not_there(town):
    ward = town.client(town.token("ward_hoi_an"))
    names = ("dossiers", "no_such_source")
    answers = [ward.get(f"/sources/{name}") for name in names]
    assert [answer.status_code for answer in answers] == [404, 404]
    hidden, none = (answer.text.split("_dash-config")[0].replace(name, "X")
                    for answer, name in zip(answers, names, strict=True))  # fmt: skip
    assert hidden == none and "Không có trang này" in none
    assert ward.get("/sources/dossiers/quarantine.csv").status_code == 404
    assert ward.get("/sources/no_such_source/quarantine.csv").status_code == 404


def test_only_the_proxies_in_front_are_believed_about_who_asks(town):
    told = {"X-Forwarded-For": "6.6.6.6, 203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "ioc.example"}
    form = {"name": "admin", "password": "wrong words here"}
    town.client().post("/sign-in", data=form, headers=HERE | told)
    behind(town.server, 1)
    town.client().post("/sign-in", data=form, headers={"Origin": "https://ioc.example"} | told)
    entries, _ = town.audit.page(Search(act="sign_in"))
    assert [entry.address for entry in reversed(entries)] == ["127.0.0.1", "203.0.113.9"]


def test_a_body_too_large_is_not_read(town):
    answer = town.client().post("/sign-in", data={"name": "x" * 1_100_000}, headers=HERE)
    assert answer.status_code == 413


def test_a_demonstration_says_so_and_asks_nobody(service):
    client = serve(service.catalogue, service, FixedClock(NOW))[0].server.test_client()
    assert "Bản trình diễn" in client.get("/").get_data(as_text=True)
    assert client.get("/sign-in?next=//evil.example").headers["Location"] == "/"


def test_a_bucket_of_requests_empties_and_fills_again():
    clock = FixedClock(NOW)
    rate = Rate(clock, each_second=2, at_once=3)
    assert [rate.admits("a") for _ in range(4)] == [True, True, True, False]
    assert rate.admits("b")
    clock.advance(timedelta(seconds=1))
    assert [rate.admits("a") for _ in range(3)] == [True, True, False]

"""The guard over every address there is, for every role, signed out, expired, revoked and disabled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient

from app import serve
from callbacks.guard import ANYBODY, COOKIE, DECLARED, PAGES, PUBLIC, SCREEN, behind, inside
from callbacks.rate import Rate
from data.accounts import Accounts, Passwords
from data.audit import Audit
from data.audit.audit import Search
from data.clock.clock import FixedClock
from data.kpis.service import KpiService
from data.settings import Settings
from data.state import State
from tests.kpis.delivered import NOW, hoian
from tests.state.fresh import fresh

GOOD = "đèn lồng trên sông Hoài"
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
HERE = {"Origin": "http://localhost"}
ROLES = tuple(hoian().roles)
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
WAYS = ("signed out", "expired", "revoked", "disabled", "forged", *ROLES)


def users(state: State) -> None:
    """One user for each role."""
    accounts = Accounts(state, passwords=QUICK)
    for role in ROLES:
        accounts.add(role, role, [role], NOW, GOOD)


class Town:
    """Hội An with one user for each role."""

    def __init__(
        self,
        service: KpiService,
        folder: Path,
        begin: Callable[[State], None] = users,
        settings: Settings | None = None,
    ) -> None:
        self.clock = FixedClock(NOW)
        self.service = service
        self.state = fresh(folder / "state.db", begin)
        self.accounts = Accounts(self.state, passwords=QUICK)
        self.server = serve(
            service.catalogue, service, self.clock, "local", self.accounts, settings=settings, state=self.state
        )[0].server
        self.audit = Audit(self.state)

    def token(self, role: str, at: datetime = NOW) -> str:
        return self.accounts.sign_in(role, GOOD, "", "", at).token

    def client(self, token: str = "") -> FlaskClient:
        client = self.server.test_client()
        if token:
            client.set_cookie(COOKIE, token)
        return client

    def by(self, way: str) -> FlaskClient:
        """Somebody who comes in one of `WAYS`."""
        if way in ROLES:
            return self.client(self.token(way))
        if way == "expired":
            return self.client(self.token("admin", NOW - timedelta(hours=13)))
        if way == "forged":
            return self.client("x" * 43)
        if way == "signed out":
            return self.client()
        user = self.accounts.add(way, way, ["admin"], NOW, GOOD)
        client = self.client(self.token(way))
        if way == "revoked":
            self.accounts.end(user, NOW)
        else:
            self.accounts.set_disabled(way, True, NOW)
        return client


@pytest.fixture
def town(service, tmp_path) -> Iterator[Town]:
    made = Town(service, tmp_path)
    yield made
    made.state.close()


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


# -- the entrance --------------------------------------------------------------------------


def enter(client: FlaskClient, password: str = GOOD, there: str = "", name: str = "admin"):
    where = "/sign-in" + (f"?next={there}" if there else "")
    return client.post(where, data={"name": name, "password": password}, headers=HERE)


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


# -- the profile ---------------------------------------------------------------------------


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


# -- what is seen --------------------------------------------------------------------------


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


def test_a_source_seen_in_part_is_not_there(town):
    ward = town.client(town.token("ward_hoi_an"))
    hidden, none = (ward.get(f"/sources/{name}").get_data(as_text=True) for name in ("dossiers", "no_such_source"))
    assert "Không có trang này" in hidden and "Không có trang này" in none
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

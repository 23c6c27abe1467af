"""Sign-in by a real provider, and everything a false one, or somebody in between, may try."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from app import serve
from callbacks.guard import COOKIE
from data.accounts import Accounts
from data.audit import Audit
from data.audit.audit import Search
from data.catalogue import Text
from data.catalogue.provider import Provider
from data.clock.clock import FixedClock
from data.kpis.service import KpiService
from data.signin import OpenId, openid
from tests.callbacks.town import GOOD, QUICK
from tests.kpis.delivered import NOW
from tests.kpis.november import loaded
from tests.signin.issuer import CLIENT, SECRET, Issuer
from tests.state.fresh import fresh

ZONE = "Asia/Ho_Chi_Minh"
EPOCH = NOW.replace(tzinfo=ZoneInfo(ZONE)).timestamp()
PAGE = "/kpi/DVC-01?from=2026-11-01&to=2026-11-10"


class Town:
    """Hội An, which trusts one provider."""

    def __init__(self, service: KpiService, folder, issuer: Issuer, **given: object) -> None:
        self.issuer, self.clock = issuer, FixedClock(NOW)
        told = {
            "id": "danang", "name": Text(vi="Đà Nẵng", en="Đà Nẵng"), "issuer": issuer.address, "client_id": CLIENT,
            "roles": {"ioc": ("analyst",), "chiefs": ("leader",)}, "organisation": "department", **given,
        }  # fmt: skip
        self.provider = Provider.model_validate(told)
        catalogue = replace(service.catalogue, providers={"danang": self.provider})
        self.state = fresh(folder / "state.db")
        self.accounts = Accounts(self.state, passwords=QUICK)
        self.openid = OpenId(self.provider, ZONE, SECRET)
        self.server = serve(catalogue, service, self.clock, "local", self.accounts, {"danang": self.openid})[0].server

    def leave(self, client: FlaskClient, there: str = "/") -> dict[str, str]:
        """Follow the link, and sign in there."""
        answer = client.get("/sign-in/danang", query_string={"next": there})
        assert answer.status_code == 303, answer.status_code
        return self.issuer.visit(answer.headers["Location"])

    def come_back(self, client: FlaskClient, brought: dict[str, str], **other: str):
        asked = {"code": brought["code"], "state": brought["state"], **other}
        return client.get(urlsplit(brought["back"]).path, query_string=asked)

    def trip(self, client: FlaskClient | None = None, there: str = "/"):
        client = client or self.server.test_client()
        return self.come_back(client, self.leave(client, there))

    def acts(self) -> list[tuple[str, str, str]]:
        return [(entry.who, entry.act, entry.outcome) for entry in Audit(self.state).page(Search())[0]][::-1]


@pytest.fixture(scope="module")
def service(tmp_path_factory) -> Iterator[KpiService]:
    held, writer = loaded(tmp_path_factory.mktemp("provided"))
    yield held
    writer.close()


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    made = Issuer(EPOCH)
    made.person |= {"groups": ["ioc", "football"], "department": "so_du_lich"}
    yield made
    made.close()


@pytest.fixture
def town(service, tmp_path, issuer) -> Iterator[Town]:
    made = Town(service, tmp_path, issuer)
    yield made
    made.state.close()


def refused(answer, status: int = 400) -> None:
    """Nobody came in, and the form is there again."""
    assert answer.status_code == status
    assert not any(
        head.startswith(f"{COOKIE}=") and "Max-Age=0" not in head for head in answer.headers.getlist("Set-Cookie")
    )
    assert 'name="password"' in answer.text


# -- the way in ---------------------------------------------------------------------------------


def test_somebody_new_comes_in_with_the_roles_of_their_groups(town):
    client = town.server.test_client()
    answer = town.trip(client, PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    user = town.accounts.user("lan")
    assert (user.display, user.roles, user.organisation) == ("Trần Thị Lan", ("analyst",), "so_du_lich")
    assert client.get(PAGE).status_code == 200
    assert town.acts() == [("lan", "sign_in", "done")]
    assert town.accounts.sign_in("lan", "", "", "", NOW).token is None, "there is no password to guess"


def test_the_form_leads_to_the_provider_and_on_to_the_page(town):
    page = town.server.test_client().get("/sign-in", query_string={"next": PAGE}).text
    assert 'href="/sign-in/danang?next=/kpi/DVC-01%3Ffrom' in page
    assert "Đăng nhập bằng Đà Nẵng" in page


def test_the_same_person_is_the_same_user_whatever_they_are_called_now(town):
    town.trip()
    town.issuer.person |= {"preferred_username": "lan.tran"}
    town.trip()
    assert [user.name for user in town.accounts.all()] == ["lan"]


def test_a_name_that_is_taken_is_not_taken_over(town):
    town.accounts.add("lan", "Another", ["admin"], NOW, GOOD)
    town.trip()
    assert {user.name: user.roles for user in town.accounts.all()} == {"lan": ("admin",), "lan-2": ("analyst",)}


def test_roles_follow_the_groups_and_older_sessions_end(town):
    first = town.server.test_client()
    town.trip(first)
    town.issuer.person |= {"groups": ["chiefs"]}
    town.trip()
    assert town.accounts.user("lan").roles == ("leader",)
    assert first.get(PAGE).status_code == 303, "signed in as an analyst, and that is over"
    assert ("lan", "role_change", "done") in town.acts()


def test_who_is_in_no_group_any_more_is_kept_out(town):
    town.trip()
    town.issuer.person |= {"groups": []}
    refused(town.trip(), 403)
    assert town.accounts.user("lan").roles == ()


@pytest.mark.parametrize("groups", [[], ["football"], "football", None, 7])
def test_a_stranger_without_a_group_gets_no_account(town, groups):
    town.issuer.person |= {"groups": groups if groups != 7 else [7]}
    refused(town.trip(), 403)
    assert town.accounts.all() == []
    assert town.acts() == [("lan", "sign_in", "refused")]


def test_who_is_disabled_stays_out(town):
    town.trip()
    town.accounts.set_disabled("lan", True, NOW)
    refused(town.trip(), 403)


def test_without_groups_of_the_provider_roles_are_given_here(service, tmp_path, issuer):
    town = Town(service, tmp_path, issuer, roles={})
    user = town.accounts.add("lan", "Lan", ["steward"], NOW)
    refused(town.trip(), 403)
    town.accounts.link(user, issuer.address, "42")
    assert town.trip().status_code == 303
    assert town.accounts.user("lan").roles == ("steward",)
    town.state.close()


@pytest.mark.parametrize("kind", ["RSA", "EC"])
def test_keys_may_change(town, kind):
    town.trip()
    town.issuer.turn(kind)
    assert town.trip().status_code == 303
    assert town.issuer.asked.count("/keys") == 2
    assert town.issuer.asked.count("/.well-known/openid-configuration") == 1


# -- attacks ------------------------------------------------------------------------------------

LIES = {
    "another issuer": {"iss": "https://elsewhere.example"},
    "somebody else's token": {"aud": "another"},
    "somebody else's too": {"aud": [CLIENT, "another"]},
    "issued for another": {"aud": [CLIENT, "another"], "azp": "another"},
    "no audience": {"aud": None},
    "expired": {"exp": int(EPOCH) - 61},
    "never ends": {"exp": None},
    "of tomorrow": {"iat": int(EPOCH) + 86_400},
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "nobody": {"sub": None},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_ours_now_lets_nobody_in(town, lie):
    town.issuer.claims = LIES[lie]
    refused(town.trip())
    assert town.accounts.all() == []


@pytest.mark.parametrize("sign", ["none", "HS256", "stranger"])
def test_a_token_not_signed_by_the_provider_lets_nobody_in(town, sign):
    town.issuer.sign = sign
    refused(town.trip())


def test_a_token_for_several_is_good_when_it_was_made_for_us(town):
    town.issuer.claims = {"aud": [CLIENT, "another"], "azp": CLIENT}
    assert town.trip().status_code == 303


def test_another_state_lets_nobody_in(town):
    client = town.server.test_client()
    refused(town.come_back(client, town.leave(client), state="x"))


def test_what_another_browser_began_lets_nobody_in(town):
    """Somebody is made to follow the attacker's own way back, to be signed in as them."""
    brought = town.leave(town.server.test_client())
    refused(town.come_back(town.server.test_client(), brought))


def test_a_way_back_is_gone_once(town):
    client = town.server.test_client()
    brought = town.leave(client)
    assert town.come_back(client, brought).status_code == 303
    fresh = town.server.test_client()
    refused(town.come_back(fresh, brought))
    refused(town.come_back(client, brought))


def test_a_journey_of_more_than_ten_minutes_is_over(town):
    client = town.server.test_client()
    brought = town.leave(client)
    town.clock.advance(timedelta(minutes=10, seconds=1))
    refused(town.come_back(client, brought))


def test_a_stolen_code_is_worth_nothing_without_what_we_kept(town):
    """The verifier never leaves the server: a code brought on a journey of one's own does not fit."""
    stolen = town.leave(town.server.test_client())
    client = town.server.test_client()
    own = town.leave(client)
    refused(town.come_back(client, own | {"code": stolen["code"]}))


def test_the_session_is_new(town):
    client = town.server.test_client()
    client.set_cookie(COOKIE, "fixed-by-somebody")
    town.trip(client)
    assert client.get_cookie(COOKIE).value != "fixed-by-somebody"


@pytest.mark.parametrize("there", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"])
def test_nobody_is_led_away(town, there):
    assert town.trip(there=there).headers["Location"] == "/"


def test_cookies_are_out_of_reach_of_scripts(town):
    client = town.server.test_client()
    left = client.get("/sign-in/danang", base_url="https://localhost")
    assert all(word in left.headers["Set-Cookie"] for word in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/sign-in/"))


def test_the_address_holds_no_verifier_and_no_secret(town):
    asked = parse_qs(urlsplit(town.server.test_client().get("/sign-in/danang").headers["Location"]).query)
    assert set(asked) == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
        "code_challenge_method",
    }  # fmt: skip
    assert asked["redirect_uri"] == ["http://localhost/sign-in/danang/return"]


@pytest.mark.parametrize("broken", ["down", "json", "issuer"])
def test_a_provider_that_does_not_answer_leaves_the_password(town, broken):
    town.issuer.broken = broken
    answer = town.server.test_client().get("/sign-in/danang")
    refused(answer, 400 if broken == "issuer" else 503)
    town.accounts.add("hoa", "Hoa", ["staff"], NOW, GOOD)
    form = {"name": "hoa", "password": GOOD}
    assert (
        town.server.test_client().post("/sign-in", data=form, headers={"Origin": "http://localhost"}).status_code == 303
    )
    town.issuer.broken = ""
    assert town.trip().status_code == 303, "it is asked again"


def test_a_provider_that_gives_no_token_lets_nobody_in(town):
    town.issuer.broken = "no token"
    refused(town.trip())


def test_a_slow_provider_is_not_waited_for(town, monkeypatch):
    monkeypatch.setattr(openid, "PATIENCE", (0.2, 0.2))
    town.issuer.slow = 1.0
    refused(town.trip(), 503)


def test_who_said_no_there_is_told(town):
    client = town.server.test_client()
    brought = town.leave(client)
    refused(
        client.get(urlsplit(brought["back"]).path, query_string={"state": brought["state"], "error": "access_denied"})
    )


@pytest.mark.parametrize("path", ["/sign-in/nobody", "/sign-in/nobody/return"])
def test_another_provider_is_not_there(town, path):
    assert town.server.test_client().get(path).status_code == 404

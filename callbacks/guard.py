"""The guard: every request is looked at before anything else, and one that nobody declared is refused.

Who asks is known by a cookie that names a session kept on the server. A demonstration on the machine itself has no
accounts: whoever reaches it is its operator.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import flask
from werkzeug.middleware.proxy_fix import ProxyFix

from callbacks.asker import DEMONSTRATION, Asker
from callbacks.rate import Rate
from data.access import Grant, grant
from data.accounts import Accounts
from data.accounts import Session as SignedIn
from data.audit import Audit
from data.catalogue import Catalogue
from data.clock.clock import Clock
from data.kpis.scope import scope_of
from data.walls.screens import Screen, Screens

COOKIE = "lantern"
SCREEN_COOKIE = "lantern_screen"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PUBLIC, ANYBODY, SCREEN = "public", "anybody", "screen"
LARGEST_BODY = 1_000_000
PAGES = ("/", "/<path:path>", "wall", "wall_place", "remote")
# Endpoint -> the action that is needed; PUBLIC for who is not signed in too, ANYBODY for who is, SCREEN for who may
# view and for paired screens.
DECLARED: dict[str, str] = {
    "_dash_assets.static": PUBLIC,
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": PUBLIC,
    "/_favicon.ico": PUBLIC,
    "bundle": PUBLIC,
    "lantern": PUBLIC,
    "health": PUBLIC,
    "metrics": PUBLIC,  # tells nothing but to this machine or who has its secret
    "sign_in": PUBLIC,
    "provider_leave": PUBLIC,
    "provider_return": PUBLIC,
    "view_save": ANYBODY,
    "view_act": ANYBODY,
    "remark_write": "annotate",
    "remark_act": "annotate",
    "sign_out": ANYBODY,
    "profile_preferences": ANYBODY,
    "profile_password": ANYBODY,
    "profile_end": ANYBODY,
    "/_dash-layout": "view",
    "/_dash-dependencies": "view",
    "/_dash-update-component": "view",
    "/_reload-hash": "view",
    "/": "view",
    "/<path:path>": "view",
    "stream": "view",
    "palette": "view",
    "wall_hang": PUBLIC,  # tells nothing but a code to a screen that is not paired
    "wall_paired": PUBLIC,
    "wall": SCREEN,
    "wall_scenes": SCREEN,
    "wall_stream": SCREEN,
    "wall_place": SCREEN,
    "wall_place_scenes": SCREEN,
    "wall_place_stream": SCREEN,
    "wall_beat": SCREEN,
    "remote": "manage_screens",
    "remote_now": "manage_screens",
    "remote_stream": "manage_screens",
    "remote_act": "manage_screens",
    "screen_pair": "manage_screens",
    "screen_act": "manage_screens",
    "exercise_start": "run_exercises",
    "exercise_stop": "run_exercises",
    "exercise_record": "export",
    "kpi_file": "export",
    "kpi_rows": "export",
    "board_file": "export",
    "quarantine_csv": "export",
    "audit_csv": "manage_users",
    "paper_file": "export",
    "order_place": "export",
    "order_act": "export",
    "order_standing": "view",
    "order_page": "view",
    "order_file": "export",
    "report_act": "view",  # drafting needs export, checking and issuing approve
    "load_undo": "edit_catalogue",
    "load_restore": "edit_catalogue",
}
# What goes into the audit trail when it is done.
NOTED = {
    "export": "export", "edit_catalogue": "undo", "manage_users": "audit_export", "manage_screens": "screen",
    "run_exercises": "exercise",
}  # fmt: skip
# Looking is no act; what is done to an order is another one than taking a file away.
LED = {
    "remote": None, "remote_now": None, "remote_stream": None, "remote_act": "remote", "order_act": "edit",
}  # fmt: skip
DONE = (200, 303)


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets requests in. Without ``accounts`` everybody is the operator of a demonstration."""

    catalogue: Catalogue
    clock: Clock
    accounts: Accounts | None = None
    screens: Screens | None = None
    rate: Rate = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rate", Rate(self.clock))

    def look(self) -> flask.Response | None:
        """None for a request that may go on, which then has its asker; an answer for one that may not."""
        request = flask.request
        if request.endpoint is None:
            return None  # there is no such address or method, and that is what it will be told
        if not self.rate.admits(request.remote_addr or ""):
            return flask.Response(status=429, headers={"Retry-After": "1"})
        if request.method not in SAFE and not same_origin():
            return flask.Response(status=403)
        needed = DECLARED.get(request.endpoint)
        if needed == PUBLIC:
            return None
        found = self.asker(request.cookies.get(COOKIE, ""))
        if needed == SCREEN:
            hangs = self.hanging(request.cookies.get(SCREEN_COOKIE, ""))
            # Who says to be a screen is one or nobody: what was revoked does not go on as whoever sits there.
            needed, found = "view", hangs if request.args.get("as") == "screen" else found or hangs
        if found is None:
            return self._signed_out()
        if needed is None or (needed != ANYBODY and not found.grant.may(needed)):
            return flask.Response(status=403)
        flask.g.asker = found
        return None

    def asker(self, token: str) -> Asker | None:
        """Who holds a token; None when nobody does, or no longer."""
        if self.accounts is None:
            return DEMONSTRATION
        held: SignedIn | None = self.accounts.session(token, self.clock.now()) if token else None
        if held is None:
            return None
        return Asker(grant(self.catalogue, held.user.roles, held.user.areas, held.user.organisation), held)

    def hanging(self, token: str) -> Asker | None:
        """The paired screen that holds a token, as an asker; None when none does, or no longer."""
        screen = self.screens.known(token) if self.screens is not None and token else None
        return None if screen is None else self.shown(screen)

    def shown(self, screen: Screen) -> Asker:
        """What a screen may see: every number of the city but personal columns and small counts, and do: nothing."""
        return Asker(Grant(frozenset({"view"}), scope_of(self.catalogue)), screen=screen)

    def told(self, response: flask.Response) -> flask.Response:
        """Note what was handed out or changed, as the table says: no file and no act can be forgotten."""
        endpoint = flask.request.endpoint or ""
        act = LED[endpoint] if endpoint in LED else NOTED.get(DECLARED.get(endpoint, ""))
        if act is not None and response.status_code in DONE and (found := flask.g.get("asker")) is not None:
            self.note(found.name, act, flask.request.full_path.removesuffix("?"))
        return response

    def note(self, who: str, act: str, subject: str = "", outcome: Any = "done", **detail: Any) -> None:
        """Write into the audit trail; a demonstration has none."""
        if self.accounts is not None:
            at, address = self.clock.now(), flask.request.remote_addr or ""
            Audit(self.accounts.state).add(at, who, address, act, subject, outcome, **detail)

    @staticmethod
    def _signed_out() -> flask.Response:
        """A page leads to the sign-in and back; whatever else is refused without a word."""
        request = flask.request
        if request.method in SAFE and request.endpoint in PAGES:
            here = request.full_path.removesuffix("?")
            answer = flask.redirect(f"/sign-in?next={quote(here, safe='/')}" if here != "/" else "/sign-in", 303)
            answer.headers["Cache-Control"] = "no-store"
            return answer
        return flask.Response(status=401)


def same_origin() -> bool:
    """Whether the current request was sent by a page of this server."""
    origin = flask.request.headers.get("Origin")
    fetched = flask.request.headers.get("Sec-Fetch-Site", "same-origin")
    return origin is not None and urlsplit(origin).netloc == flask.request.host and fetched == "same-origin"


def inside(address: str) -> bool:
    """Whether an address leads to a page of ours and nowhere else."""
    parts = urlsplit(address)
    plain = not any(letter in address for letter in "\\\r\n\t\0")
    return plain and not parts.scheme and not parts.netloc and address.startswith("/") and not address.startswith("//")


def behind(server: flask.Flask, proxies: int) -> None:
    """Believe what so many proxies tell of who asks; what anybody before them said is not believed."""
    server.wsgi_app = ProxyFix(server.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)


def register(server: flask.Flask, guard: Guard) -> None:
    """Put the guard before every address; call it before any other ``before_request``."""
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    server.before_request(guard.look)
    server.after_request(guard.told)

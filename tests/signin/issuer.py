"""A small provider of its own: a real server that keeps to OpenID Connect, and lies where a test tells it to."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "lantern", "a secret of the provider"


@cache
def _key() -> RSAKey:
    """A key takes long to make, and nobody changes it."""
    return RSAKey.generate_key(2048, {"kid": "one"})


class Issuer:
    """``claims`` and ``sign`` change what its tokens say and how they are signed; ``codes`` are those not used yet."""

    def __init__(self, now: float) -> None:
        self.now = now
        self.keys = [_key()]
        self.claims: dict[str, Any] = {}
        self.person: dict[str, Any] = {"sub": "42", "preferred_username": "Lan", "name": "Trần Thị Lan"}
        self.sign: str = "RS256"
        self.slow = 0.0
        self.broken = ""
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        outer = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(urlsplit(self.path).path)
                outer.get(self)

            def do_POST(self) -> None:
                outer.asked.append(urlsplit(self.path).path)
                outer.token(self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.address = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    # -- what it publishes -------------------------------------------------------------

    def get(self, request: BaseHTTPRequestHandler) -> None:
        path = urlsplit(request.path).path
        if path == "/.well-known/openid-configuration":
            places = {
                "authorization_endpoint": "authorize",
                "token_endpoint": "token",
                "jwks_uri": "keys",
            }
            told = {"issuer": self.address} | {name: f"{self.address}/{place}" for name, place in places.items()}
            self._answer(request, told | ({"issuer": "https://elsewhere.example"} if self.broken == "issuer" else {}))
        elif path == "/keys":
            self._answer(request, {"keys": [key.as_dict(private=False) for key in self.keys]})
        else:
            self._answer(request, {}, 404)

    # -- what a browser and its server do ----------------------------------------------

    def visit(self, address: str) -> dict[str, str]:
        """Somebody signs in at the address they were sent to: what they bring back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "back": asked["redirect_uri"]}

    def token(self, request: BaseHTTPRequestHandler) -> None:
        time.sleep(self.slow)
        body = request.rfile.read(int(request.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        basic = base64.b64encode(f"{CLIENT}:{urlencode({'': SECRET})[1:]}".encode()).decode()
        plain = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.headers.get("Authorization") not in (f"Basic {basic}", f"Basic {plain}"):
            self._answer(request, {"error": "invalid_client"}, 401)
            return
        asked = self.codes.pop(sent.get("code", ""), None)  # each code is good once
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        if asked is None or proof.decode().rstrip("=") != asked["code_challenge"]:
            self._answer(request, {"error": "invalid_grant"}, 400)
            return
        if asked["redirect_uri"] != sent.get("redirect_uri"):
            self._answer(request, {"error": "invalid_grant"}, 400)
            return
        told = {"access_token": "x", "token_type": "Bearer", "expires_in": 60}
        if self.broken != "no token":
            told["id_token"] = self.signed(asked["nonce"])
        self._answer(request, told)

    def signed(self, nonce: str) -> str:
        """A token as this provider makes it today."""
        now = int(self.now)
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, **self.person}
        claims = {name: value for name, value in (claims | self.claims).items() if value is not None}
        key = self.keys[0]
        if self.sign in ("none", "HS256"):  # not signed, or signed with what everybody knows
            head = {"alg": self.sign, "kid": key.kid}
            said = ".".join(_packed(json.dumps(part).encode()) for part in (head, claims))
            mac = hmac.new(key.as_pem(private=False), said.encode(), hashlib.sha256).digest()
            return f"{said}.{_packed(mac) if self.sign == 'HS256' else ''}"
        if self.sign == "stranger":
            key = RSAKey.generate_key(2048, {"kid": key.kid})
            return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)
        return jwt.encode({"alg": self.sign, "kid": key.kid}, claims, key)

    def turn(self, kind: str = "RSA") -> None:
        """Other keys from now on."""
        name = secrets.token_hex(4)
        self.keys = [
            RSAKey.generate_key(2048, {"kid": name}) if kind == "RSA" else ECKey.generate_key("P-256", {"kid": name})
        ]
        self.sign = "RS256" if kind == "RSA" else "ES256"

    def _answer(self, request: BaseHTTPRequestHandler, told: dict[str, Any], status: int = 200) -> None:
        body = b"this is no JSON" if self.broken == "json" else json.dumps(told).encode()
        request.send_response(500 if self.broken == "down" else status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)


def _packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")

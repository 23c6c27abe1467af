"""OpenID Connect: the authorization code flow with PKCE (OpenID Connect Core 1.0, RFC 7636), by Authlib.

What is believed is a signed token that names us, our nonce and a moment about now, signed by a key the provider
publishes; nothing a browser brings is believed.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from data.accounts.identity import Identity
from data.catalogue.provider import Provider, safe
from data.signin.journey import Journey

ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "RS384", "RS512", "PS384", "PS512", "ES512")  # never none, nor a MAC
PATIENCE = (3.05, 5.0)  # seconds to connect, and between two bytes
LEEWAY = 60  # seconds two clocks may differ by
LARGEST = 1_000_000


class ProviderError(Exception):
    """A sign-in that did not come about. ``key`` says which: *down* or *refused*; the text is for the log."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(why)
        self.key = key


class OpenId:
    """One provider as we talk to it. Safe to share between threads; what it publishes is asked for once."""

    def __init__(self, provider: Provider, timezone: str, secret: str | None = None) -> None:
        self.provider, self.zone, self._secret = provider, ZoneInfo(timezone), secret
        self._published: dict[str, Any] | None = None
        self._keys: Any = None
        self._lock = threading.Lock()

    def address(self, journey: Journey, back: str) -> str:
        """Where to send a browser that is to come ``back``; ProviderError when the provider cannot be reached."""
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        with self._session(back) as session:
            return session.create_authorization_url(
                self._published_at("authorization_endpoint"),
                state=journey.state,
                nonce=journey.nonce,
                code_challenge=create_s256_code_challenge(journey.verifier),
                code_challenge_method="S256",
            )[0]

    def identity(self, journey: Journey, code: str, back: str, now: datetime) -> Identity:
        """Who came back with a code; ProviderError when that cannot be believed."""
        return Identity.of(self.provider, self._claims(self._token(journey, code, back), journey, now))

    def _token(self, journey: Journey, code: str, back: str) -> str:
        from authlib.common.errors import AuthlibBaseError
        from requests import RequestException

        try:
            with self._session(back) as session:
                told = session.fetch_token(
                    self._published_at("token_endpoint"), code=code, code_verifier=journey.verifier,
                    grant_type="authorization_code", timeout=PATIENCE, allow_redirects=False,
                )  # fmt: skip
        except RequestException as error:
            raise ProviderError("down", f"{self.provider.id}: {type(error).__name__}") from error
        except (AuthlibBaseError, ValueError) as error:
            raise ProviderError("refused", f"{self.provider.id} gave no token: {type(error).__name__}") from error
        if not isinstance(told.get("id_token"), str):
            raise ProviderError("refused", f"{self.provider.id} gave no token that says who it is")
        return told["id_token"]

    def _claims(self, token: str, journey: Journey, now: datetime) -> Mapping[str, Any]:
        from joserfc import jwt
        from joserfc.errors import JoseError

        rules = jwt.JWTClaimsRegistry(
            now=round(now.replace(tzinfo=self.zone).timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self.provider.issuer},
            aud={"essential": True, "value": self.provider.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": journey.nonce},
        )
        for again in (False, True):  # a provider may have changed its keys since we asked
            try:
                claims = jwt.decode(token, self._key_set(again), algorithms=list(ALGORITHMS)).claims
                rules.validate(claims)
            except (JoseError, ValueError, TypeError, KeyError) as error:
                if again or not _unknown_key(error):
                    raise ProviderError("refused", f"{self.provider.id}: {type(error).__name__}: {error}") from error
            else:
                break
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != self.provider.client_id:
            raise ProviderError("refused", f"{self.provider.id}: the token is somebody else's")
        return claims

    def _session(self, back: str) -> Any:
        from authlib.integrations.requests_client import OAuth2Session

        method = "client_secret_basic" if self._secret else "none"
        return OAuth2Session(
            self.provider.client_id, self._secret, token_endpoint_auth_method=method,
            scope=" ".join(self.provider.scopes), redirect_uri=back,
        )  # fmt: skip

    # -- what the provider publishes ---------------------------------------------------

    def _published_at(self, name: str) -> str:
        with self._lock:
            if self._published is None:
                told = _fetched(f"{self.provider.issuer}/.well-known/openid-configuration")
                if str(told.get("issuer", "")).rstrip("/") != self.provider.issuer:
                    raise ProviderError("refused", f"{self.provider.id} says it is {told.get('issuer')}")
                self._published = told
            address = str(self._published.get(name, ""))
        if not safe(address):
            raise ProviderError("refused", f"{self.provider.id}: {name} is no safe address")
        return address

    def _key_set(self, again: bool) -> Any:
        from joserfc.jwk import KeySet

        address = self._published_at("jwks_uri")
        with self._lock:
            if self._keys is None or again:
                self._keys = KeySet.import_key_set(_fetched(address))
            return self._keys


def _unknown_key(error: Exception) -> bool:
    from joserfc.errors import BadSignatureError, InvalidKeyIdError

    return isinstance(error, InvalidKeyIdError | BadSignatureError)


def _fetched(address: str) -> dict[str, Any]:
    """A JSON object at an address, which leads nowhere else and is not large."""
    import requests

    try:
        with requests.get(address, timeout=PATIENCE, allow_redirects=False, stream=True) as answer:
            if answer.status_code != 200:
                raise ProviderError("down", f"{address} answers {answer.status_code}")
            body = answer.raw.read(LARGEST + 1, decode_content=True)
    except requests.RequestException as error:
        raise ProviderError("down", f"{address}: {type(error).__name__}") from error
    if len(body) > LARGEST:
        raise ProviderError("down", f"{address} answers too much")
    try:
        told = requests.compat.json.loads(body)
    except ValueError as error:
        raise ProviderError("down", f"{address} is no JSON") from error
    if not isinstance(told, dict):
        raise ProviderError("down", f"{address} is no object")
    return told

"""Providers: sign-ins of others that a city trusts, over OpenID Connect."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from data.catalogue.text import Entry, Text

LOCAL = ("localhost", "127.0.0.1", "::1")


class Provider(Entry):
    """One provider. ``roles`` gives the roles of each of its groups, which it tells in the claim ``groups``; without
    them a user keeps the roles given here. ``organisation`` is the claim that tells where somebody works.

    Its secret, if it gave one, is in a file of its name in the folder of secrets, never in a pack.
    """

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    name: Text
    issuer: str
    client_id: Annotated[str, Field(min_length=1)]
    scopes: tuple[str, ...] = ("openid", "profile")
    groups: str = "groups"
    roles: dict[str, tuple[str, ...]] = {}
    organisation: str | None = None

    @field_validator("issuer")
    @classmethod
    def _safe(cls, issuer: str) -> str:
        if not safe(issuer):
            raise ValueError("write an https address; http only for a provider on this machine")
        return issuer.rstrip("/")

    @field_validator("scopes")
    @classmethod
    def _asks_who_it_is(cls, scopes: tuple[str, ...]) -> tuple[str, ...]:
        if "openid" not in scopes:
            raise ValueError("openid must be among the scopes")
        return scopes


def safe(address: str) -> bool:
    """Whether nobody on the way can read or change what is sent to an address."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL))

"""An identity: what a provider has vouched for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.catalogue.provider import Provider


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody as a provider knows them: ``subject`` for ever, the rest as of this sign-in.

    ``roles`` is None where the provider says nothing of roles.
    """

    issuer: str
    subject: str
    name: str
    display: str
    roles: tuple[str, ...] | None = None
    organisation: str | None = None

    @classmethod
    def of(cls, provider: Provider, claims: Mapping[str, Any]) -> Identity:
        """The identity in the claims of a token that was found to be good."""
        told = claims.get(provider.groups, ())
        groups = (told,) if isinstance(told, str) else tuple(g for g in told if isinstance(g, str))
        roles = dict.fromkeys(role for group in groups for role in provider.roles.get(group, ()))
        place = claims.get(provider.organisation) if provider.organisation else None
        return cls(
            issuer=provider.issuer,
            subject=str(claims["sub"]),
            name=str(claims.get("preferred_username") or claims["sub"]),
            display=str(claims.get("name") or claims.get("preferred_username") or claims["sub"])[:200],
            roles=tuple(roles) if provider.roles else None,
            organisation=place[:64] if isinstance(place, str) else None,
        )

"""Sign-in by others: a provider over OpenID Connect, and the journeys of those on their way to it and back."""

from data.signin.journey import Journey, Journeys
from data.signin.openid import OpenId, ProviderError

__all__ = ["Journey", "Journeys", "OpenId", "ProviderError"]

"""The search of an address: what it asks, read so that nothing anybody writes there breaks a page."""

from __future__ import annotations

from urllib.parse import parse_qsl

LONGEST, MOST = 10_000, 40


def terms(search: str) -> dict[str, str]:
    """The first value of every key; nothing of an address that is too long or asks too much."""
    if len(search) > LONGEST or search.count("&") >= MOST:
        return {}
    return dict(reversed(parse_qsl(search.removeprefix("?"))))

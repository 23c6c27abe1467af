"""The one state a tile is in, from the three axes of an answer, and its word."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from data.kpis.result import Freshness, KpiResult, Level, Presence, SourceState
from data.messages import t
from layouts.format import age

State = Literal["ok", "watch", "alert", "emergency", "stale", "nodata", "na", "suppressed", "error", "loading"]
LEVEL_STATE: dict[Level, State] = {
    Level.NORMAL: "ok", Level.WATCH: "watch", Level.ALERT: "alert", Level.EMERGENCY: "emergency",
}  # fmt: skip
PRESENCE_STATE: dict[Presence, State] = {
    Presence.MISSING: "nodata", Presence.NOT_APPLICABLE: "na", Presence.SUPPRESSED: "suppressed",
}  # fmt: skip
GLYPHS: dict[State, str] = {"na": "nodata", "suppressed": "nodata"}
LEVEL_NAMES = {"ok": "normal", "watch": "watch", "alert": "alert", "emergency": "emergency"}


def state(result: KpiResult) -> State:
    """Refused before lost before absent before its level: the first that holds is shown."""
    if result.refusal:
        return "error"
    if result.freshness is Freshness.LOST and result.value.presence in (Presence.PRESENT, Presence.MISSING):
        return "stale"
    return PRESENCE_STATE.get(result.value.presence) or LEVEL_STATE[result.level]


def glyph(of: State) -> str:
    """Name of the icon of a state."""
    return GLYPHS.get(of, of)


def word(result: KpiResult, language: str) -> str:
    """The status in words: the official scale's own, else the level's; a met target says so."""
    now = state(result)
    name = LEVEL_NAMES.get(now)
    official = result.kpi.status.words.get(name) if name else None  # type: ignore[call-overload]
    if official:
        return official.get(language)
    if now == "ok" and result.target and result.target.met:
        return t(language, "level.met")
    return t(language, f"level.{name}" if name else f"state.{now}")


def ago(language: str, span: timedelta) -> str:
    """How long ago, with the word "ago" at every length."""
    return t(language, "tile.ago", age=age(language, span))


def worst_source(result: KpiResult) -> SourceState | None:
    """The source whose age a tile tells: of each dataset the newest, of those the least fresh and oldest.

    An archive beside a live source does not make the number old.
    """
    newest: dict[str, SourceState] = {}
    for state in result.sources:
        held = newest.get(state.source.dataset)
        if held is None or (state.age or timedelta.max) < (held.age or timedelta.max):
            newest[state.source.dataset] = state
    order = list(Freshness)
    return max(newest.values(), key=lambda s: (order.index(s.freshness), s.age or timedelta.max), default=None)

"""What is to be expected of a level, in words: its pace, when the next alarm level is reached, or why nobody knows."""

from __future__ import annotations

from data.catalogue.kpi import Kpi
from data.messages import t
from data.outlook.river import Forecast
from layouts.format import clock, number, signed
from layouts.markup import emphasis


def expected(ahead: Forecast, kpi: Kpi, language: str) -> list[list]:
    """Lines for a tile: the pace where it is known, then the outlook."""
    return [emphasis(line) for line in (_pace(ahead, language), _due(ahead, kpi, language)) if line]


def _pace(ahead: Forecast, language: str) -> str:
    if ahead.rate_1h is None or ahead.rate_3h is None or ahead.refusal == "steady":
        return ""
    key = "outlook.rise" if ahead.rate_1h > 0 else "outlook.fall"
    hour, moved = number(language, abs(ahead.rate_1h) * 100), signed(language, ahead.rate_3h * 3 * 100)
    return t(language, key, rate=hour, moved=moved)


def _due(ahead: Forecast, kpi: Kpi, language: str) -> str:
    if ahead.refusal is not None and ahead.refusal != "far":
        return t(language, f"outlook.{ahead.refusal}")
    word = kpi.status.words.get(ahead.next.step) if ahead.next is not None else None  # type: ignore[call-overload]
    name = word.get(language) if word else t(language, f"level.{ahead.next.step}") if ahead.next else ""
    name = name[:1].lower() + name[1:]
    if ahead.due is None or ahead.early is None:
        hours = round((ahead.path[-1][0] - ahead.path[0][0]).total_seconds() / 3600)
        return t(language, "outlook.far", name=name, hours=hours)
    given = {"name": name, "at": clock(language, ahead.due), "early": clock(language, ahead.early)}
    if ahead.late is None:
        return t(language, "outlook.due.open", **given)
    return t(language, "outlook.due", late=clock(language, ahead.late), **given)

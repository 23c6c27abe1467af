"""The line of a tile that says against what: threshold, target, capacity or another period."""

from __future__ import annotations

from dash import html

from data.calendar.comparison import unit_of
from data.catalogue.kpi import Kpi
from data.kpis.query import Compare
from data.kpis.result import Comparison, KpiResult, Level, Presence
from data.messages import t
from layouts.format import bucket, change, moved, number, phrase, portion
from layouts.icons import icon
from layouts.markup import emphasis

NEAR = 0.2
PARTIAL = 0.95  # a share of the records expected below which a tile says so
WAYS = ("flat", "up", "down")  # by the sign of a change
LEVEL_FIELD = {Level.WATCH: "watch", Level.ALERT: "alert", Level.EMERGENCY: "emergency"}


def comparison(result: KpiResult, language: str) -> html.P | None:
    """The one line that decides something: a threshold that is near or passed, else the capacity
    or target, else the same period; None when there is nothing to hold the number against."""
    if result.value.presence is not Presence.PRESENT:
        return None
    near = None if result.kpi.capacity else threshold(result, language)
    said = near or against_plan(result, language)
    changed = None if said else change_line(result, language)
    children = changed or said
    covered = period_name(result, language)
    if not children:
        return html.P([covered[:1].upper() + covered[1:]], className="compare") if covered else None
    return html.P([*children, html.Span(f", {covered}", className="period") if covered else None], className="compare")


def lines(result: KpiResult, language: str) -> list[html.P]:
    """At most two lines for a large tile: against the plan or threshold, then against another time."""
    if result.value.presence is not Presence.PRESENT:
        return []
    first = against_plan(result, language, drawn=True) if result.kpi.capacity else None
    first = first or threshold(result, language, always=True) or against_plan(result, language)
    found = [first, change_line(result, language)]
    return [html.P(children, className="compare") for children in found if children]


def threshold(result: KpiResult, language: str, always: bool = False) -> list | None:
    """The threshold passed last, or the first one when it is within a fifth of itself."""
    shown, kpi = result.display, result.kpi
    if shown is None:
        return None
    name = LEVEL_FIELD.get(result.level, "watch")
    at = getattr(kpi.status, name)
    if at is None or (result.level is Level.NORMAL and result.target and result.target.value == at):
        return None
    if result.level is Level.NORMAL and not always and abs(shown - at) > NEAR * abs(at):
        return None
    official = kpi.status.words.get(name)  # type: ignore[call-overload]
    if official:
        key = "compare.short_of" if result.level is Level.NORMAL else "compare.beyond"
        gap = phrase(language, kpi, abs(shown - at) / kpi.scale)
        return emphasis(t(language, key, name=_lowered(official.get(language)), gap=gap))
    text = t(
        language,
        "compare.threshold",
        name=t(language, f"level.{name}").lower(),
        value=bound(language, kpi, at),
    )
    return emphasis(text)


def against_plan(result: KpiResult, language: str, drawn: bool = False) -> list | None:
    """The share of the capacity, or the target; a figure that has ``drawn`` the capacity names its number."""
    shown, kpi = result.display, result.kpi
    if shown is not None and kpi.capacity:
        name = kpi.capacity_name.get(language) if kpi.capacity_name else t(language, "figure.capacity")
        share = t(language, "format.percent", number=number(language, shown / kpi.capacity * 100))
        key = "compare.capacity.drawn" if drawn else "compare.capacity"
        capacity = number(language, kpi.capacity)
        return emphasis(t(language, key, share=share, name=_lowered(name), capacity=capacity))
    if result.target:
        return emphasis(t(language, "compare.goal", value=bound(language, kpi, result.target.value)))
    return None


def change_line(result: KpiResult, language: str) -> list | None:
    """An arrow that judges nothing, the change, and the other period."""
    other = result.comparison
    if other is None or other.change is None or other.kind is Compare.NONE:
        return None
    changed = change(language, result.kpi, result.value.number, other)
    than = against(other, language)
    if other.complete is not None and other.complete < PARTIAL:
        than = t(language, "compare.partial", against=than, share=portion(language, other.complete))
    said = t(language, "compare.change", change=changed, against=than)
    return [icon(WAYS[moved(changed)[1]], "arrow"), *emphasis(said)]


def against(other: Comparison, language: str) -> str:
    """What a number is held against: another time, the plan, or an area or occasion by its name."""
    return other.name.get(language) if other.name else t(language, f"compare.{other.kind.value}")


def period_name(result: KpiResult, language: str) -> str:
    """The period the number covers; empty for a level at this moment."""
    name = result.kpi.period
    return "" if name == "now" else bucket(language, result.query.period.start, unit_of(name))


def bound(language: str, kpi: Kpi, shown: float) -> str:
    """A threshold, target or capacity in display unit with no more decimals than it was written with.

    A unit that is measured in decimals keeps one: "1,0 m" but "98%".
    """
    exact = next((d for d in range(kpi.decimals) if round(shown, d) == shown), kpi.decimals)
    if kpi.unit == "percent":
        return t(language, "format.percent", number=number(language, shown, exact))
    text = number(language, shown, max(exact, min(1, kpi.decimals)))
    return t(language, "format.unit", number=text, unit=kpi.unit.get(language))


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]

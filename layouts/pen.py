"""Writes marks as Plotly traces, shapes and annotations, in the colours of one theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from layouts.marks import (
    Band,
    Bar,
    Bullet,
    Figure,
    Flag,
    Gap,
    HeatCell,
    Label,
    Line,
    Mark,
    Outline,
    PointMark,
    Role,
    Rule,
    X,
)  # fmt: skip
from layouts.tokens import Theme, tokens

FAMILY = "Lantern Sans, Noto Sans, sans-serif"
SIZE, HIGH = 12, 16  # px of letters, and of a line of them
CLEAR = "rgba(0,0,0,0)"
INK: dict[Role, str] = {
    "now": "data-now", "prev": "data-prev", "forecast": "data-forecast", "target": "data-target",
    "capacity": "data-target", "watch": "sev-watch", "alert": "sev-alert", "emergency": "sev-emerg-ink",
    "stale": "sev-stale", "mute": "data-mute", "estimated": "data-now", "land": "map-land",
    "hinterland": "map-hinter", "sea": "map-sea", "river": "map-river", "coast": "map-border",
    "border": "ink-3", "zone": "data-event", "label": "ink-2", "water": "map-water-label", "strong": "ink",
}  # fmt: skip
TEXT: dict[Role, str] = {
    "prev": "ink-3",
    "watch": "sev-watch-ink",
    "alert": "sev-alert-ink",
    "stale": "sev-stale-ink",
}
WIDTH: dict[Role, float] = {"now": 2.6, "forecast": 2.2, "prev": 1.6, "border": 1.2}
SIDES = {"above": "bottom", "below": "top", "middle": "middle"}
PLACES = {"start": 0, "middle": 0.5, "end": 1}
ANCHORS = {"start": "left", "middle": "center", "end": "right"}


@dataclass(frozen=True, slots=True)
class Series:
    """What a pointer reads off the line of a role: its name and one text a point."""

    name: str
    texts: tuple[str, ...]


class Pen:
    """Writes marks as traces, shapes and annotations, and remembers the colours used."""

    def __init__(
        self, drawing: Figure, theme: Theme, series: Mapping[Role, Series], moment: str, notes: Sequence[str]
    ) -> None:
        self.drawing, self.series, self.moment, self.notes = drawing, series, moment, notes
        self.values, self.colours = tokens(theme), {}
        self.traces: list[dict[str, Any]] = []
        self.shapes: list[dict[str, Any]] = []
        self.annotations: list[dict[str, Any]] = []
        self.writers: dict[type, Callable[[Any], None]] = {
            Line: self.line, Band: self.band, Bar: self.bar, HeatCell: self.cell, Outline: self.outline,
            PointMark: self.point, Bullet: self.bullet, Label: self.label, Rule: self.rule, Gap: self.gap,
            Flag: self.flag,
        }  # fmt: skip

    def write(self, mark: Mark) -> None:
        """Draw one mark."""
        self.writers[type(mark)](mark)

    def colour(self, token: str) -> str:
        """The value of a token, noted for a change of theme."""
        return self.colours.setdefault(token, self.values[token])

    def head(self) -> list[dict[str, Any]]:
        """An unseen line along the bottom that says more about the bucket the pointer is on."""
        first = next((m for m in self.drawing.marks if isinstance(m, Line) and m.role in self.series), None)
        if first is None or not any(self.notes):
            return []
        return [{
            "type": "scatter", "mode": "lines", "name": "", "x": [spot(at) for at, _ in first.points],
            "y": [self.drawing.y.low] * len(first.points), "line": {"width": 0, "color": CLEAR},
            "legendrank": 1,
            "text": list(self.notes), "hovertemplate": "%{text}<extra></extra>",
        }]  # fmt: skip

    def line(self, line: Line) -> None:
        read = self.series.get(line.role)
        hover = {"hoverinfo": "skip"} if read is None else {
            "name": read.name, "text": list(read.texts), "hovertemplate": "%{text}<extra></extra>",
            "legendrank": 2 if line.role == "now" else 3,
        }  # fmt: skip
        dash = {"dash": "5px,4px"} if line.dashed or line.role == "forecast" else {}
        self.traces.append({
            "type": "scatter", "mode": "lines", "x": [spot(at) for at, _ in line.points],
            "y": [number for _, number in line.points], "connectgaps": False,
            "line": {"color": self.colour(INK[line.role]), "width": WIDTH.get(line.role, 2.2), **dash},
            **hover,
        })  # fmt: skip
        lone = _alone(line.points)
        if lone:
            self._dots(lone, line.role, 5, ring=0)

    def band(self, band: Band) -> None:
        upper, lower = (
            [(at, high) for at, _, high in band.points],
            [(at, low) for at, low, _ in band.points[::-1]],
        )
        fill = "data-band" if band.role in ("now", "forecast") else INK[band.role]
        self._surface([*upper, *lower], {"fillcolor": self.colour(fill)})

    def bar(self, bar: Bar) -> None:
        if bar.role == "zone":
            self._zone(bar)
            return
        pattern = {"pattern": {"shape": "/", "size": 6, "solidity": 0.3}} if bar.role == "estimated" else {}
        self.traces.append({
            "type": "bar", "x": [spot(bar.start + (bar.end - bar.start) / 2)], "y": [bar.value - bar.base],
            "base": [bar.base], "width": [_width(bar.start, bar.end)], "hoverinfo": "skip",
            "marker": {"color": self.colour(INK[bar.role]), **pattern},
        })  # fmt: skip
        if bar.text:
            self.label(Label(bar.start + (bar.end - bar.start) / 2, bar.value, bar.text, side="above"))

    def _zone(self, bar: Bar) -> None:
        """A span of time something happened in, behind everything, named at its top."""
        self.shapes.append({
            "type": "rect", "xref": "x", "yref": "paper", "x0": spot(bar.start), "x1": spot(bar.end),
            "y0": 0, "y1": 1,
            "fillcolor": self.colour(INK["zone"]), "line": {"width": 0}, "layer": "below",
        })  # fmt: skip
        middle = bar.start + (bar.end - bar.start) / 2
        if bar.text:
            name = bar.text.lstrip("\n")  # empty lines would be left out
            down = -2 - HIGH * (len(bar.text) - len(name))
            self._words(middle, 1, lines(name), "label", xanchor="center", yanchor="top", yref="paper", yshift=down)

    def cell(self, cell: HeatCell) -> None:
        token = f"seq-water-{cell.step}" if cell.step else "surface-3"
        self.shapes.append({
            "type": "rect", "xref": "x", "yref": "y", "x0": spot(cell.start), "x1": spot(cell.end),
            "y0": cell.low,
            "y1": cell.high, "fillcolor": self.colour(token), "layer": "below",
            "line": {"width": 2, "color": self.colour("surface")},
        })  # fmt: skip
        if cell.text:
            middle = cell.start + (cell.end - cell.start) / 2
            self.label(Label(middle, (cell.low + cell.high) / 2, cell.text, "strong"))

    def outline(self, outline: Outline) -> None:
        fill = f"seq-water-{outline.step}" if outline.step else INK[outline.role]
        for ring in outline.rings:
            look = {"fillcolor": self.colour(fill), "line": {"width": 1.2, "color": self.colour("surface")}}
            self._surface([*ring, ring[0]], look | {"name": outline.key})

    def point(self, point: PointMark) -> None:
        estimated = point.role == "estimated"
        self._dots([(point.x, point.y)], point.role, 7 if estimated else 9, ring=2, hollow=estimated)

    def bullet(self, bullet: Bullet) -> None:
        y, low = self.drawing.y, self.drawing.x.low
        height = y.high - y.low
        for end, token in ((self.drawing.x.high, "surface-3"), (bullet.value, INK[bullet.role])):
            self.shapes.append({
                "type": "rect", "x0": spot(low), "x1": spot(end), "y0": y.low + 0.2 * height,
                "y1": y.low + 0.8 * height,
                "fillcolor": self.colour(token), "line": {"width": 0},
            })  # fmt: skip
        for at, width in ((bullet.target, 3), (bullet.pace, 1)):
            if at is not None:
                stroke = {"color": self.colour(INK["target"]), "width": width}
                self.shapes.append({"type": "line", "x0": at, "x1": at, "y0": y.low, "y1": y.high, "line": stroke})

    def label(self, label: Label) -> None:
        text = f"<b>{lines(label.text)}</b>" if label.strong else lines(label.text)
        shift = {"above": 8, "below": -8, "middle": 0}[label.side]
        aside = {"start": 7, "end": -7, "middle": 0}[label.anchor]
        self._words(
            label.x, label.y, text, label.role, xanchor=ANCHORS[label.anchor], yanchor=SIDES[label.side],
            yshift=shift, xshift=aside, align=ANCHORS[label.anchor],
        )  # fmt: skip

    def rule(self, rule: Rule) -> None:
        token = INK[rule.role]
        self.shapes.append({
            "type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": rule.at, "y1": rule.at,
            "layer": "below", "line": {"color": self.colour(token), "width": 1.5, "dash": "2px,4px"},
        })  # fmt: skip
        if rule.text:
            self._words(
                PLACES[rule.anchor], rule.at, lines(rule.text), rule.role, xref="paper",
                xanchor=ANCHORS[rule.anchor], yanchor=SIDES[rule.side],
                yshift=2 if rule.side == "above" else -2,
            )  # fmt: skip

    def gap(self, gap: Gap) -> None:
        y = self.drawing.y
        corners = [
            (gap.start, y.low),
            (gap.end, y.low),
            (gap.end, y.high),
            (gap.start, y.high),
            (gap.start, y.low),
        ]
        hatch = {"shape": "/", "size": 7, "solidity": 0.16, "fillmode": "replace",
        "fgcolor": self.colour("sev-stale"),
                 "bgcolor": CLEAR}  # fmt: skip
        self._surface(corners, {"fillpattern": hatch, "fillcolor": CLEAR})
        if gap.text:
            middle = gap.start + (gap.end - gap.start) / 2
            self._words(
                middle,
                0,
                lines(gap.text),
                "stale",
                yref="paper",
                xanchor="center",
                yanchor="bottom",
                yshift=3,
            )

    def flag(self, flag: Flag) -> None:
        """A chip above the plot, its stem, and a veil over its span."""
        start, across = spot(flag.start), {"xref": "x", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
        if flag.end > flag.start:  # type: ignore[operator]
            veil = {"fillcolor": self.colour("data-band"), "opacity": 0.45, "line": {"width": 0}}
            self.shapes.append({"type": "rect", "x0": start, "x1": spot(flag.end), **across, **veil})
        stem = {"color": self.colour("accent"), "width": 1, "dash": "1px,3px"}
        self.shapes.append({"type": "line", "x0": start, "x1": start, **across, "line": stem})
        self.annotations.append({
            "x": start, "y": 1, "xref": "x", "yref": "paper", "text": f"<b>{lines(flag.text)}</b>",
            "showarrow": False, "yanchor": "bottom", "xanchor": "center", "borderpad": 2,
            "bgcolor": self.colour("accent"), "bordercolor": self.colour("accent"),
            "font": {"family": FAMILY, "size": 10, "color": self.colour("on-accent")},
        })  # fmt: skip

    def _surface(self, corners: Sequence[tuple[X, float]], look: dict[str, Any]) -> None:
        self.traces.append({
            "type": "scatter", "mode": "lines", "x": [spot(x) for x, _ in corners],
            "y": [y for _, y in corners],
            "fill": "toself", "line": {"width": 0, "color": CLEAR}, "hoverinfo": "skip", **look,
        })  # fmt: skip

    def _dots(self, spots: list[tuple[X, float]], role: Role, size: float, ring: float, hollow: bool = False) -> None:
        ink, paper = self.colour(INK[role]), self.colour("surface")
        self.traces.append({
            "type": "scatter", "mode": "markers", "x": [spot(x) for x, _ in spots],
            "y": [y for _, y in spots],
            "hoverinfo": "skip", "cliponaxis": False,
            "marker": {"size": size, "color": paper if hollow else ink,
                       "line": {"width": 1.6 if hollow else ring, "color": ink if hollow else paper}},
        })  # fmt: skip

    def _words(self, x: X, y: float, text: str, role: Role, **place: Any) -> None:
        ink, paper = self.colour(TEXT.get(role, INK[role])), self.colour("surface")
        halo = ", ".join([f"0 0 {spread}px {paper}" for spread in (2, 2, 3, 3)])
        self.annotations.append({
            "x": spot(x), "y": y, "xref": "x", "yref": "y", "text": text, "showarrow": False,
            "font": {"family": FAMILY, "size": SIZE, "color": ink, "shadow": halo}, **place,
        })  # fmt: skip


def _alone(points: Sequence[tuple[X, float | None]]) -> list[tuple[X, float]]:
    """Points between two gaps, which a line cannot show."""
    numbers = [None, *(number for _, number in points), None]
    return [
        (at, number) for index, (at, number) in enumerate(points)
        if number is not None and numbers[index] is None and numbers[index + 2] is None
    ]  # fmt: skip


def spot(x: X) -> str | float:
    """A position as Plotly reads it."""
    return x.isoformat(sep=" ") if isinstance(x, datetime) else x


def _width(start: X, end: X) -> float:
    span = end - start  # type: ignore[operator]
    return span / timedelta(milliseconds=1) if isinstance(span, timedelta) else span


def lines(text: str) -> str:
    """Text safe for Plotly's small HTML, with its line breaks."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")

"""Figures as light SVG that fills its box at any size.

Lines are drawn in a field of 1000 by 1000 that stretches with strokes that do not; words and dots
stand beside it at percentages of the box, so text is never stretched. Colours come from the page's
style sheet by class. Margins are padding of the box in CSS (``figure-hero``), text may use it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from html import escape
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
    Rule,
    Scale,
    Tick,
)  # fmt: skip

FIELD = 1000
ENDS = {"start": "0", "middle": "50%", "end": "100%"}
DY = {"above": "-.45em", "below": "1.15em", "middle": ".35em", "under": "1.5em"}
FIRST, LINE = -0.45, 1.3  # em: where the first of several lines stands, as one above its place, and how high each is


def svg(figure: Figure, kind: str = "figure", field: tuple[float, float] = (FIELD, FIELD)) -> str:
    """The figure as one ``<svg>`` of class ``kind``; its text is escaped, its size is its box's.

    A reader that stretches strokes with their field is given the ``field`` its box has: nothing is stretched then.
    """
    name = f"hatch-{zlib.crc32(repr(figure).encode()):08x}"
    said = f'role="img" aria-label="{escape(figure.alt)}"' if figure.alt else 'aria-hidden="true"'
    draw = _Drawing(figure.x, figure.y, name, field)
    body = "".join(draw.mark(mark) for mark in figure.marks)
    hatch = _hatch(name) if f"url(#{name})" in body else ""
    axes = "".join(map(draw.x_tick, figure.x.ticks)) + "".join(map(draw.y_tick, figure.y.ticks))
    return f'<svg class="{kind}" width="100%" height="100%" {said}>{hatch}{axes}{body}</svg>'


def _hatch(name: str) -> str:
    return (
        f'<defs><pattern id="{name}" class="hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path d="M0 0V7"/></pattern></defs>'
    )


class _Drawing:
    """Writes marks on two scales."""

    def __init__(self, x: Scale, y: Scale, hatch: str, field: tuple[float, float]) -> None:
        self.x, self.y, self.hatch, self.size = x, y, hatch, field
        self.writers: dict[type, Callable[[Any], str]] = {
            Line: self.line, Band: self.band, Bar: self.bar, HeatCell: self.cell, Outline: self.outline,
            PointMark: self.point, Bullet: self.bullet, Label: self.label, Rule: self.rule, Gap: self.gap,
            Flag: self.flag,
        }  # fmt: skip

    def mark(self, mark: Mark) -> str:
        return self.writers[type(mark)](mark)

    def across(self, at: Any) -> str:
        return _percent(self.x.share(at))

    def down(self, at: float) -> str:
        return _percent(1 - self.y.share(at))

    def spot(self, x: Any, y: float) -> str:
        wide, high = self.size
        return f"{_short(self.x.share(x) * wide)} {_short((1 - self.y.share(y)) * high)}"

    def field(self, inside: str) -> str:
        wide, high = map(_short, self.size)
        box = f'viewBox="0 0 {wide} {high}" preserveAspectRatio="none" width="100%" height="100%"'
        return f'<svg class="field" {box}>{inside}</svg>'

    def line(self, line: Line) -> str:
        runs: list[list[str]] = [[]]
        for at, number in line.points:
            if number is None:
                runs.append([])
            else:
                runs[-1].append(self.spot(at, number))
        path = "".join("M" + "L".join(run) + ("h.01" if len(run) == 1 else "") for run in runs if run)
        dashed = " is-dashed" if line.dashed else ""
        return self.field(
            f'<path class="line line-{line.role}{dashed}" d="{path}" vector-effect="non-scaling-stroke"/>'
        )

    def band(self, band: Band) -> str:
        upper = [self.spot(at, high) for at, _, high in band.points]
        lower = [self.spot(at, low) for at, low, _ in reversed(band.points)]
        return self.field(f'<path class="band band-{band.role}" d="M{"L".join(upper + lower)}Z"/>')

    def box(self, start: Any, end: Any, low: float, high: float) -> str:
        left, right = sorted((self.x.share(start), self.x.share(end)))
        top, bottom = sorted((1 - self.y.share(low), 1 - self.y.share(high)))
        return (
            f'x="{_percent(left)}" y="{_percent(top)}" '
            f'width="{_percent(right - left)}" height="{_percent(bottom - top)}"'
        )

    def bar(self, bar: Bar) -> str:
        rect = f'<rect class="bar bar-{bar.role}" {self.box(bar.start, bar.end, bar.base, bar.value)}/>'
        if bar.role == "estimated":
            rect += f'<rect {self.box(bar.start, bar.end, bar.base, bar.value)} fill="url(#{self.hatch})"/>'
        if not bar.text:
            return rect
        middle = (self.x.share(bar.start) + self.x.share(bar.end)) / 2
        if bar.role == "zone":
            return rect + _name(_percent(middle), self.down(bar.value), bar.text)
        return rect + _text(_percent(middle), self.down(bar.value), bar.text, "label", "middle", "above")

    def cell(self, cell: HeatCell) -> str:
        box = self.box(cell.start, cell.end, cell.low, cell.high)
        empty = "" if cell.step else f' fill="url(#{self.hatch})"'
        rect = f'<rect class="heat step-{cell.step}" {box}{empty}/>'
        if not cell.text:
            return rect
        middle = (self.x.share(cell.start) + self.x.share(cell.end)) / 2
        height = 1 - (self.y.share(cell.low) + self.y.share(cell.high)) / 2
        return rect + _text(_percent(middle), _percent(height), cell.text, f"on-step-{cell.step}", "middle", "middle")

    def outline(self, outline: Outline) -> str:
        path = "".join("M" + "L".join(self.spot(x, y) for x, y in ring) + "Z" for ring in outline.rings)
        step = f" step-{outline.step}" if outline.step else ""
        return self.field(
            f'<path class="area area-{outline.role}{step}" d="{path}" vector-effect="non-scaling-stroke"/>'
        )

    def point(self, point: PointMark) -> str:
        x, y = self.across(point.x), self.down(point.y)
        return f'<circle class="dot dot-{point.role}" cx="{x}" cy="{y}" r="4.5"/>'

    def bullet(self, bullet: Bullet) -> str:
        value, target = self.across(bullet.value), self.across(bullet.target)
        pace = f'<line class="bullet-pace" x1="{p}" x2="{p}" y1="10%" y2="90%"/>' if (
            bullet.pace is not None and (p := self.across(bullet.pace))
        ) else ""  # fmt: skip
        return (
            '<rect class="bullet-track" x="0" y="20%" width="100%" height="60%" rx="3"/>'
            f'<rect class="bar bar-{bullet.role}" x="0" y="20%" width="{value}" height="60%" rx="3"/>{pace}'
            f'<line class="bullet-target" x1="{target}" x2="{target}" y1="0" y2="100%"/>'
        )

    def label(self, label: Label) -> str:
        strong = " is-strong" if label.strong else ""
        return _text(
            self.across(label.x),
            self.down(label.y),
            label.text,
            label.role + strong,
            label.anchor,
            label.side,
        )

    def rule(self, rule: Rule) -> str:
        at = self.down(rule.at)
        line = f'<line class="rule rule-{rule.role}" x1="0" x2="100%" y1="{at}" y2="{at}"/>'
        if not rule.text:
            return line
        return line + _text(ENDS[rule.anchor], at, rule.text, "rule", rule.anchor, rule.side)

    def gap(self, gap: Gap) -> str:
        left, right = self.x.share(gap.start), self.x.share(gap.end)
        box = f'x="{_percent(left)}" y="0" width="{_percent(right - left)}" height="100%"'
        rect = f'<rect class="gap" {box} fill="url(#{self.hatch})"/>'
        return rect + (_text(_percent(right), "0", gap.text, "gap", "end", "below") if gap.text else "")

    def flag(self, flag: Flag) -> str:
        left, right = self.across(flag.start), self.x.share(flag.end) - self.x.share(flag.start)
        span = f'<rect class="flag-span" x="{left}" y="0" width="{_percent(right)}" height="100%"/>' if right else ""
        stem = f'<line class="flag-stem" x1="{left}" x2="{left}" y1="0" y2="100%"/>'
        return span + stem + _text(left, "0", flag.text, "flag", "middle", "above")

    def x_tick(self, tick: Tick) -> str:
        return _text(self.across(tick.at), "100%", tick.text, "tick-x", tick.anchor, "under")

    def y_tick(self, tick: Tick) -> str:
        at = self.down(float(tick.at))  # type: ignore[arg-type]
        line = f'<line class="grid" x1="0" x2="100%" y1="{at}" y2="{at}"/>'
        return (
            line
            + f'<text class="text text-tick-y" x="100%" y="{at}" dx=".6em" dy=".35em">'
            + f"{escape(tick.text)}</text>"
        )


def _text(x: str, y: str, text: str, role: str, anchor: str, side: str) -> str:
    place = f'x="{x}" y="{y}" dy="{DY[side]}" text-anchor="{anchor}"'
    return f'<text class="text text-{role}" {place}>{escape(text)}</text>'


def _name(x: str, y: str, text: str) -> str:
    """Words of several lines, the first above their place."""
    lines = [(row, line) for row, line in enumerate(text.split("\n")) if line]
    spans = "".join(
        f'<tspan x="{x}" y="{y}" dy="{FIRST + LINE * row:g}em">{escape(line)}</tspan>' for row, line in lines
    )
    return f'<text class="text text-label" text-anchor="middle">{spans}</text>'


def _percent(share: float) -> str:
    return f"{_short(share * 100)}%"


def _short(number: float) -> str:
    return f"{round(number, 2) + 0.0:.2f}".rstrip("0").rstrip(".")

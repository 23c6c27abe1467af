"""Slides as PPTX: one number on each, with a chart of PowerPoint's own that can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from layouts.documents.grid import body, box
from layouts.documents.letters import legible
from layouts.documents.sealed import sealed
from layouts.tokens import tokens

FACE = "Arial"
WIDE, HIGH = 13.333, 7.5  # inches
EDGE, MIDDLE = 0.6, 5.2
FIRST = 100  # ids of our shapes go on from here, beyond those of the library


@dataclass(frozen=True, slots=True)
class Slide:
    """One number: its name, itself, what is to be said of it, and its series by names of buckets."""

    title: str
    value: str
    text: str
    source: str
    buckets: tuple[str, ...] = ()
    series: tuple[tuple[str, tuple[float | None, ...]], ...] = ()
    bars: bool = False


@dataclass(frozen=True, slots=True)
class Deck:
    """A title, then slides; ``foot`` stands below each, ``warning`` is empty or says that numbers are simulated."""

    title: str
    subtitle: str
    slides: Sequence[Slide]
    foot: str
    warning: str
    made_at: datetime
    language: str


def slides(deck: Deck) -> bytes:
    """The whole file, the same bytes for the same deck."""
    from pptx import Presentation  # brings lxml and Pillow, which a page never needs
    from pptx.util import Inches

    deck = legible(deck)
    show = Presentation()
    show.slide_width, show.slide_height = Inches(WIDE), Inches(HIGH)
    told = show.core_properties
    told.title, told.author, told.created, told.modified = deck.title, "", deck.made_at, deck.made_at
    blank = show.slide_layouts[5]  # a title and nothing else
    _cover(show.slides.add_slide(blank), deck)
    for slide in deck.slides:
        _slide(show.slides.add_slide(blank), slide, deck)
    out = BytesIO()
    show.save(out)
    return sealed(out.getvalue(), deck.made_at)


def _cover(page: Any, deck: Deck) -> None:
    _title(page, deck.title, 2.6, 36)
    _text(page, deck.subtitle, (EDGE, 4.2, WIDE - 2 * EDGE, 1.2), 20)
    _foot(page, deck)


def _slide(page: Any, slide: Slide, deck: Deck) -> None:
    _title(page, slide.title, 0.4, 28)
    whole = not slide.series
    width = WIDE - 2 * EDGE if whole else MIDDLE - EDGE
    _text(page, slide.value, (EDGE, 1.5, width, 1.2), 48, bold=True)
    _text(page, slide.text, (EDGE, 2.9, width, 3.2), 18)
    _text(page, slide.source, (EDGE, 6.2, width, 0.6), 11, "ink-2")
    if not whole:
        _chart(page, slide)
    _foot(page, deck)


def _chart(page: Any, slide: Slide) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Inches, Pt

    data = CategoryChartData()
    data.categories = slide.buckets
    for name, numbers in slide.series:
        data.add_series(name, numbers)
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if slide.bars else XL_CHART_TYPE.LINE
    box = (Inches(MIDDLE + 0.2), Inches(1.5), Inches(WIDE - MIDDLE - 0.2 - EDGE), Inches(5.2))
    chart = page.shapes.add_chart(kind, *box, data).chart
    chart.font.size, chart.font.name = Pt(12), FACE
    chart.has_title = False
    chart.has_legend = len(slide.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    for series, name in zip(chart.plots[0].series, ("accent-ink", "data-prev"), strict=False):
        paint = series.format.fill if slide.bars else series.format.line
        if slide.bars:
            paint.solid()
            paint.fore_color.rgb = _colour(name)
        else:
            paint.color.rgb, paint.width, series.smooth = _colour(name), Pt(2.25), False
            paint.dash_style = MSO_LINE.DASH if name == "data-prev" else MSO_LINE.SOLID


def _title(page: Any, text: str, top: float, size: float) -> None:
    from pptx.oxml import parse_xml
    from pptx.util import Inches

    shape = page.shapes.title
    shape.left, shape.top, shape.width, shape.height = (Inches(x) for x in (EDGE, top, WIDE - 2 * EDGE, 1.0))
    element = shape._element
    element.replace(element.txBody, parse_xml(_body(text, size, "ink", bold=True)))


def _text(
    page: Any, text: str, sides: tuple[float, float, float, float], size: float, colour: str = "ink", bold: bool = False
) -> None:
    from pptx.oxml import parse_xml

    tree = page.shapes._spTree
    tree.append(parse_xml(box(FIRST + len(tree), sides, _body(text, size, colour, bold))))


def _body(text: str, size: float, colour: str, bold: bool) -> str:
    return body(text, size, tokens("light")[colour].removeprefix("#"), bold, FACE)


def _foot(page: Any, deck: Deck) -> None:
    said = "  ".join(part for part in (deck.foot, deck.warning) if part)
    _text(page, said, (EDGE, 6.9, WIDE - 2 * EDGE, 0.4), 10, "ink-2")


def _colour(name: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(tokens("light")[name].removeprefix("#"))

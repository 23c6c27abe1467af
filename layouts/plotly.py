"""Figures as plain Plotly dictionaries, for what a reader zooms and reads by pointer.

The same marks as the light SVG (``svg.py``): scales, words and hatches cannot differ. No plotly
import, no template: the layout says everything. Colours are the tokens' values, and
``layout.meta`` names them so that the page can change theme without asking the server.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts.marks import Figure, Role, Scale
from layouts.pen import CLEAR, FAMILY, SIZE, Pen, Series, lines, spot
from layouts.tokens import Theme

SCRIPT = "/assets/plotly/plotly-basic-4.1.1.min.js"  # lines and bars: a quarter of the whole of it
CONFIG: dict[str, Any] = {
    "displayModeBar": False, "displaylogo": False, "showSendToCloud": False, "showTips": False,
    "doubleClick": "reset",
}  # fmt: skip


def graph(id: str, figure: dict[str, Any], className: str = "plot", still: Component | None = None) -> html.Div:
    """The only way a Plotly figure reaches a page: drawn by ``assets/plot.js``, with no mode bar or logo,
    nothing sent anywhere. Plotly itself is fetched by the first page that needs it; ``still`` stands there until then.
    """
    given = json.dumps(figure | {"config": CONFIG}, ensure_ascii=False, separators=(",", ":"))
    return html.Div(still, id=id, className=className, **{"data-plot": given, "data-script": SCRIPT})


def figure(
    drawing: Figure,
    theme: Theme,
    language: str,
    series: Mapping[Role, Series] | None = None,
    moment: str = "",
    notes: Sequence[str] = (),
) -> dict[str, Any]:
    """``drawing`` as a Plotly figure for reading by pointer.

    ``series`` says what is read off the line of a role; ``moment`` is the d3 format of the date
    that heads the box, ``notes`` a second line of it for each point.
    """
    pen = Pen(drawing, theme, series or {}, moment, notes)
    for mark in drawing.marks:
        pen.write(mark)
    return {"data": pen.head() + pen.traces, "layout": _layout(drawing, pen, theme, language)}


def _layout(drawing: Figure, pen: Pen, theme: Theme, language: str) -> dict[str, Any]:
    margin = drawing.margin
    text = {"family": FAMILY, "size": SIZE, "color": pen.colour("ink-2")}
    return {
        "font": text, "paper_bgcolor": CLEAR, "plot_bgcolor": CLEAR, "showlegend": False, "autosize": True,
        "separators": ",." if language == "vi" else ".,",
        "margin": {"l": margin.left, "r": margin.right, "t": margin.top, "b": margin.bottom, "pad": 0},
        "hovermode": "x unified" if pen.series else False, "hoverdistance": -1, "dragmode": "zoom",
        "bargap": 0.34,
        "hoverlabel": {
            "bgcolor": pen.colour("surface"), "bordercolor": pen.colour("line-strong"), "align": "left",
            "font": {"family": FAMILY, "size": 13, "color": pen.colour("ink")}, "namelength": -1,
        },
        "xaxis": _x_axis(drawing.x, pen), "yaxis": _y_axis(drawing.y, pen),
        "shapes": pen.shapes, "annotations": pen.annotations,
        "meta": {"theme": theme, "colours": dict(pen.colours)},
    }  # fmt: skip


def _axis(scale: Scale, pen: Pen) -> dict[str, Any]:
    return {
        "range": [spot(scale.low), spot(scale.high)], "autorange": False, "tickmode": "array",
        "tickvals": [spot(tick.at) for tick in scale.ticks],
        "ticktext": [lines(tick.text) for tick in scale.ticks],
        "tickfont": {"family": FAMILY, "size": SIZE, "color": pen.colour("ink-3")}, "ticks": "",
        "zeroline": False,
        "showline": False, "automargin": False, "title": {"text": ""},
    }  # fmt: skip


def _x_axis(scale: Scale, pen: Pen) -> dict[str, Any]:
    kind = {"type": "date", "ticklabelmode": "instant"} if isinstance(scale.low, datetime) else {"type": "linear"}
    return _axis(scale, pen) | kind | {
        "showgrid": False, "tickangle": 0, "showspikes": bool(pen.series), "spikemode": "across",
        "spikethickness": 1,
        "spikecolor": pen.colour("line-strong"), "spikedash": "solid", "spikesnap": "data",
        "unifiedhovertitle": {"text": f"<b>%{{x|{pen.moment}}}</b>" if pen.moment else "<b>%{x}</b>"},
    }  # fmt: skip


def _y_axis(scale: Scale, pen: Pen) -> dict[str, Any]:
    ticks = scale.ticks[:: max(1, -(-len(scale.ticks) // 4))]
    return _axis(Scale(scale.low, scale.high, ticks), pen) | {
        "type": "linear", "fixedrange": True, "showgrid": True, "gridcolor": pen.colour("line-grid"),
        "gridwidth": 1,
        "ticklabelposition": "outside", "ticklabelstandoff": 6, "side": "left", "layer": "below traces",
    }  # fmt: skip

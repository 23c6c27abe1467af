"""The filter bar: one native form whose fields are the address, and links for everything else.

Every control works without a script: the form is sent by GET, chips and arrows are links.
``assets/analysis.js`` only spares the reader the reload.
"""

from __future__ import annotations

from datetime import date
from html import escape

from dash import html

from data.calendar.almanac import Almanac
from data.calendar.occasion import others
from data.catalogue import Catalogue, Kpi
from data.kpis.query import Compare
from data.messages import t
from layouts import format
from layouts.analysis.filters import filters
from layouts.analysis.ids import FORM
from layouts.analysis.names import dimension, member, occasion_name
from layouts.analysis.periods import PRESETS, neighbour, periods, preset
from layouts.analysis.signs import sign
from layouts.documents.menu import menu
from layouts.markup import Markup
from layouts.view import FIRST_DAY, LAST_DAY, Show, View, compared, comparisons, search

FILES = ("csv", "xlsx", "parquet", "rows.csv", "rows.parquet", "svg", "png", "geojson", "gpkg")
Choice = tuple[str, str]
LONG = 30  # letters of the name of a period that needs a line of its own


def controls(
    view: View,
    kpi: Kpi,
    catalogue: Catalogue,
    language: str,
    today: date,
    mapped: bool = False,
    almanac: Almanac | None = None,
) -> html.Div:
    """The bar above the figures; of areas that are ``mapped`` there is a file for maps as well, ``almanac`` has the
    occasions there are to choose."""
    known = almanac or Almanac(catalogue.city)
    return html.Div(
        [
            Markup(html=_form(view, kpi, catalogue, language, today, known), className="an-form"),
            html.Div(_chips(view, kpi, catalogue, language), className="an-chips"),
            html.Div(_actions(view, mapped, language), className="an-actions"),
        ],
        className="an-filters", role="toolbar", **{"aria-label": t(language, "analysis.filters")},
    )  # fmt: skip


def _form(view: View, kpi: Kpi, catalogue: Catalogue, language: str, today: date, known: Almanac) -> str:
    fields = [
        _arrow(view, -1, language, today), _period(view, known, language, today), _arrow(view, 1, language, today),
        select("compare", t(language, "analysis.compare"), against(view, kpi, catalogue, language, known),
               compared(view)),
    ]  # fmt: skip
    if "area" in kpi.dimensions:
        fields.append(select("area", t(language, "analysis.area"), _places(view, catalogue, language), _joined(view)))
    if len(kpi.dimensions) > 1:
        splits = [(name, dimension(kpi, catalogue, name, language)) for name in kpi.dimensions]
        fields.append(select("by", t(language, "analysis.by"), splits, view.splits(kpi)[0]))
    kept = [("grain", view.grain.value), ("sort", view.sort), ("old", "1" if view.old_areas else "")]
    kept += [("why", "1" if view.why else ""), ("show", "" if view.show is Show.PARTS else view.show.value)]
    kept += [("with", ",".join(view.beside)), ("snapshot", "" if view.snapshot is None else str(view.snapshot))]
    hidden = "".join(_hidden(name, value) for name, value in kept if value)
    inside = "".join(fields) + filters(view, kpi, catalogue, language) + hidden
    return f'<form id="{FORM}" class="an-bar" method="get" action="/kpi/{escape(view.code)}" data-view>{inside}</form>'


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def _arrow(view: View, step: int, language: str, today: date) -> str:
    there = neighbour(view, step, today)
    kind, key = ("earlier", "[") if step < 0 else ("later", "]")
    label = t(language, f"analysis.{kind}")
    if there is None:
        return f'<span class="an-arrow is-off" aria-hidden="true">{sign(kind)}</span>'
    return (
        f'<a class="an-arrow" href="{escape(there.href)}" data-shortcut="{key}" '
        f'title="{escape(label)} ({key})" aria-label="{escape(label)}">{sign(kind)}</a>'
    )


def _period(view: View, known: Almanac, language: str, today: date) -> str:
    """The days shown, opening into named periods and two date fields."""
    named = {"": [(t(language, f"analysis.preset.{name}"), preset(name, today)) for name in PRESETS]}
    for heading, listed in periods(known, today, language).items():
        named[t(language, f"analysis.periods.{heading}")] = listed
    links = "".join(_named(view, heading, listed) for heading, listed in named.items() if listed)
    dates = "".join(
        f"<label><span>{escape(t(language, f'analysis.{name}'))}</span>"
        f'<input type="date" name="{name}" value="{day.isoformat()}" required '
        f'min="{FIRST_DAY}" max="{LAST_DAY}"></label>'
        for name, day in (("from", view.first), ("to", view.last))
    )
    shown = span(language, view.first, view.last)
    name, act = t(language, "analysis.time"), t(language, "analysis.show")
    return (
        f'<details class="an-period"><summary class="an-field"><span>{escape(name)}</span>'
        f"<b>{escape(shown)}</b>{sign('open')}</summary>"
        f'<div class="an-pop">{links}<div class="an-dates">{dates}'
        f'<button class="an-go" type="submit">{escape(act)}</button></div></div></details>'
    )


def _named(view: View, heading: str, listed: list[tuple[str, tuple[date, date]]]) -> str:
    """Periods by their names under a heading, the one shown marked."""
    here = ' aria-current="true"'
    links = "".join(
        f'<a href="{escape(view.with_(first=first, last=last).href)}"'
        f"{here if (first, last) == (view.first, view.last) else ''}>{escape(name)}</a>"
        for name, (first, last) in listed
    )
    head = f"<h3>{escape(heading)}</h3>" if heading else ""
    kind = "an-presets is-long" if any(len(name) > LONG for name, _ in listed) else "an-presets"
    return f'{head}<div class="{kind}">{links}</div>'


def span(language: str, first: date, last: date) -> str:
    """Days as one phrase; the year, and in English the month, is written once when both are in it."""
    if first == last:
        return format.day(language, first)
    if first.year != last.year:
        start = format.day(language, first)
    elif first.month != last.month:
        start = format.short_day(language, first)
    else:
        start = format.first_day(language, first)
    return f"{start}\u2013{format.day(language, last)}"


def against(view: View, kpi: Kpi, catalogue: Catalogue, language: str, known: Almanac) -> dict[str, list[Choice]]:
    """What the view may be held against: other times and the plan, occasions and alerts before it, other areas."""
    times = [(kind.value, t(language, f"analysis.compare.{kind.value}")) for kind in comparisons(kpi, catalogue)]
    found = [
        (f"event:{one.id}", occasion_name(one).get(language)) for one in others(catalogue.city, view.first, view.last)
    ]
    past = [(f"event:{one.id}", occasion_name(one).get(language)) for one in known.earlier(view.first, view.last)]
    there = known.occasion(view.other) if view.compare is Compare.EVENT and view.other else None
    if there is not None and compared(view) not in dict([*found, *past]):
        past.append((compared(view), occasion_name(there).get(language)))
    places = [
        (f"area:{key}", name)
        for key, name in (areas(view, catalogue, language) if "area" in kpi.dimensions else [])
        if key and key not in view.areas
    ]
    named = (("event", found), ("alert", past), ("area", places))
    return {"": times} | {t(language, f"analysis.compare.{heading}"): listed for heading, listed in named}


def areas(view: View, catalogue: Catalogue, language: str) -> list[Choice]:
    """The whole city, then the areas in force at the end of the period (or before ``since``)."""
    on = catalogue.city.day(view.old_areas)
    on = on if view.old_areas else max(on, view.last)
    valid = [area for area in catalogue.areas.values() if area.level != "city" and area.valid_on(on)]
    valid += [area for area in catalogue.areas.values() if area.id in view.areas and area not in valid]
    return [("", t(language, "analysis.area.all")), *((area.id, area.name.get(language)) for area in valid)]


def _places(view: View, catalogue: Catalogue, language: str) -> list[Choice]:
    """The areas to choose one of, and those that are asked for together as one choice."""
    found = areas(view, catalogue, language)
    many = len(view.areas)
    together = [(_joined(view), t(language, "analysis.area.several", count=many))] if many > 1 else []
    return [*found[:1], *together, *found[1:]]


def _joined(view: View) -> str:
    """The areas of a view as its address says them."""
    return ",".join(view.areas)


def select(name: str, label: str, choices: list[Choice] | dict[str, list[Choice]], chosen: str) -> str:
    """A list to choose from, its choices in groups where they have headings."""
    groups = choices if isinstance(choices, dict) else {"": choices}
    options = "".join(_group(heading, listed, chosen) for heading, listed in groups.items() if listed)
    return (
        f'<label class="an-field an-select"><span>{escape(label)}</span>'
        f'<select name="{name}" data-key="{name}">{options}</select>{sign("open")}</label>'
    )


def _group(heading: str, choices: list[Choice], chosen: str) -> str:
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(text)}</option>'
        for value, text in choices
    )
    return f'<optgroup label="{escape(heading)}">{options}</optgroup>' if heading else options


def picks(view: View) -> list[Choice]:
    """What a chip each is for, as dimension and value; a single area is told by the list it is chosen from."""
    several = [("area", area) for area in view.areas] if len(view.areas) > 1 else []
    return [*several, *((name, value) for name, values in view.filters for value in values)]


def _chips(view: View, kpi: Kpi, catalogue: Catalogue, language: str) -> list[html.A]:
    chips = [_chip(view, kpi, catalogue, language, name, value) for name, value in picks(view)]
    if len(chips) > 1:
        clear = t(language, "analysis.clear")
        chips.append(
            html.A(
                clear,
                href=view.with_(filters=(), **({"areas": ()} if len(view.areas) > 1 else {})).href,
                className="an-clear",
                **{"data-shortcut": "Escape"},
            )
        )
    return chips


def _chip(view: View, kpi: Kpi, catalogue: Catalogue, language: str, name: str, value: str) -> html.A:
    said = t(
        language, "analysis.chip",
        name=dimension(kpi, catalogue, name, language), value=member(kpi, catalogue, name, value, language),
    )  # fmt: skip
    drop = t(language, "analysis.drop", filter=said)
    alone = len(view.areas) < 2 and len(view.filters) == 1 and len(view.filters[0][1]) == 1
    wired = {"aria-label": drop} | ({"data-shortcut": "Escape"} if alone else {})
    return html.A(
        [html.Span(said), Markup(html=sign("close"), className="an-sign")],
        href=view.toggled(name, value).href, className="an-chip", title=drop, **wired,
    )  # fmt: skip


def _actions(view: View, mapped: bool, language: str) -> list[object]:
    return [
        *(_step(name, keys, language) for name, keys in (("undo", "Z"), ("redo", "Shift Z"))),
        menu(f"/kpi/{view.code}", search(view), FILES if mapped else FILES[:-2], language),
    ]  # fmt: skip


def _step(name: str, keys: str, language: str) -> html.Button:
    """Back or forth through what was asked."""
    said = t(language, f"analysis.{name}")
    return html.Button(
        Markup(html=sign(name), className="an-sign"), className=f"an-icon an-{name}", type="button",
        title=f"{said} ({keys})", **{"data-act": name, "aria-label": said},
    )  # fmt: skip

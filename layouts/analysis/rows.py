"""The rows under the number, and the points of the figure as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from html import escape

from dash import html

from data.areas.vintage import home
from data.catalogue import Catalogue
from data.kpis.result import KpiResult
from data.kpis.rows import Cell, RowColumn, RowPage
from data.kpis.sieve import Sieve
from data.messages import t
from layouts import format
from layouts.analysis.numbers import written
from layouts.analysis.pick import pick
from layouts.analysis.sieves import chips, emptied, sieves
from layouts.analysis.signs import sign
from layouts.comparison import against
from layouts.markup import Markup
from layouts.view import View, sortable
from layouts.view import column as column_of

NUMERIC = ("integer", "number")


def rows(page: RowPage, view: View, catalogue: Catalogue, language: str, stuck: Sequence[Sieve] = ()) -> html.Article:
    """A page of rows with sort links in the head, sieves and a pager; empty pages say so, and which sieves are
    ``stuck``: let nothing through."""
    count = t(language, "analysis.rows.count", total=format.number(language, page.total))
    said = [html.H3(t(language, "analysis.rows")), html.Small(count), html.Span(className="an-space")]
    if page.withheld or page.slow:
        told = t(language, "analysis.rows.withheld") if page.withheld else t(language, "analysis.rows.slow")
        reason = html.P(told, className="an-quiet")
        return html.Article(
            [html.Header([said[0], said[2]], className="an-card-h"), reason], className="an-card an-rows"
        )
    kpi = catalogue.kpi(view.code)
    head = html.Header([*said, *_pager(page, view, language)], className="an-card-h")
    sifts = [*sieves(page, view, kpi, catalogue, language), *chips(view, kpi, catalogue, language)] if kpi else []
    if not page.rows:
        why = emptied(stuck, kpi, catalogue, language) if kpi and stuck else t(language, "analysis.rows.empty")
        return html.Article([head, *sifts, html.P(why, className="an-quiet")], className="an-card an-rows")
    order = sortable(kpi, catalogue) if kpi else ()
    heads = html.Thead(html.Tr([_head(column, page, view, language, order) for column in page.columns]))
    lines = Markup(html=_lines(page, view, catalogue, language), tag="tbody")
    table = html.Table([heads, lines], className="an-table")
    scroll = html.Div(table, className="an-scroll", tabIndex="0")
    return html.Article([head, *sifts, scroll], className="an-card an-rows")


def _lines(page: RowPage, view: View, catalogue: Catalogue, language: str) -> str:
    """The rows as markup: as components, hundreds of cells take longer than all else on the page."""
    decimals = [_decimals([row[index] for row in page.rows]) for index in range(len(page.columns))]
    lines = []
    for index, row in enumerate(page.rows):
        key = "{}-{}".format(*page.keys[index]) if page.keys else ""
        place = page.places[index] if page.places else None
        held = zip(row, page.columns, decimals, strict=True)
        cells = [
            _located(value, place, catalogue, view, language)
            if column.area and place and (number or not key)
            else _cell(value, column, digits, catalogue, view, language, "" if number else key)
            for number, (value, column, digits) in enumerate(held)
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "".join(lines)


def said(page: RowPage, index: int, catalogue: Catalogue, view: View, language: str) -> list[tuple[str, str]]:
    """A row in words, heading by heading; a dash for an empty cell, an area by its name."""
    place = page.places[index] if page.places else None
    return [
        (column.label.get(language), _said(value, column, place, catalogue, view, language))
        for column, value in zip(page.columns, page.rows[index], strict=True)
    ]


def _said(value: Cell, column: RowColumn, place: str | None, catalogue: Catalogue, view: View, language: str) -> str:
    if value is None:
        return t(language, "format.missing")
    if column.area and place:
        return t(language, "analysis.rows.area", name=catalogue.areas[place].name.get(language), code=value)
    return _text(value, column, _decimals([value]), catalogue, view, language)


def _located(value: Cell, place: str, catalogue: Catalogue, view: View, language: str) -> str:
    """The cell of an area: its name beside its code; a press asks for the area of the view that holds all of it."""
    name = catalogue.areas[place].name.get(language)
    inside = f"{escape(name)} <small>{escape(str(value))}</small>"
    asked = home(catalogue.areas, place, catalogue.city.day(view.old_areas))
    if asked is None:
        return f"<td>{inside}</td>"
    act = t(language, "analysis.filter", filter=catalogue.areas[asked].name.get(language))
    return f'<td data-pick="{escape(pick("area", asked))}" title="{escape(act)}">{inside}</td>'


def _opened(said: str, key: str, view: View, language: str) -> str:
    """The words of the first cell of a row as the way to its source record."""
    here = ' aria-current="true"' if view.row == key else ""
    title = escape(t(language, "analysis.record.open"))
    return f'<a{here} href="{escape(view.with_(row=key).href)}" title="{title}">{said}</a>'


def _head(column: RowColumn, page: RowPage, view: View, language: str, order: tuple[str, ...]) -> html.Th:
    """A heading, which orders the rows if the view may be ordered by its column."""
    sorted_here = page.sorted_by == column.name
    turned = column.name if sorted_here and page.order == "down" else f"-{column.name}"
    name = column.label.get(language)
    if column.unit:
        name = t(language, "analysis.rows.unit", name=name, unit=column.unit.get(language))
    shown = [html.Span(name), Markup(html=sign(page.order), className="an-sign")] if sorted_here else html.Span(name)
    if column.name not in order:
        return html.Th(name, scope="col", className=_side(column))
    said = {"up": "ascending", "down": "descending"}[page.order] if sorted_here else "none"
    link = html.A(shown, href=view.with_(sort=turned).href, title=t(language, "analysis.rows.sort", name=name))
    return html.Th(link, scope="col", className=_side(column), **{"aria-sort": said})


def _side(column: RowColumn) -> str | None:
    return "is-number" if column.type in NUMERIC else None


def _cell(
    value: Cell, column: RowColumn, decimals: int, catalogue: Catalogue, view: View, language: str, key: str
) -> str:
    """One cell; a value that can be filtered by is picked by a press, that of a ``key`` leads to its source record."""
    side = f' class="{name}"' if (name := _side(column)) else ""
    absent = t(language, "format.missing")
    said = absent if value is None else _text(value, column, decimals, catalogue, view, language)
    inside = _opened(escape(said, quote=False), key, view, language) if key else escape(said, quote=False)
    if not key and _picked(value, column, catalogue, view):
        act = escape(t(language, "analysis.filter", filter=said))
        return f'<td data-pick="{escape(pick(column.name, str(value)))}" title="{act}">{inside}</td>'
    return f"<td{side}>{inside}</td>"


def _picked(value: Cell, column: RowColumn, catalogue: Catalogue, view: View) -> bool:
    """Whether a value is one of a dimension, which can be filtered by."""
    kpi = catalogue.kpi(view.code)
    held = column_of(kpi, catalogue, column.name) if kpi and column.name in kpi.dimensions else None
    return held is not None and value in held.values


def _text(value: Cell, column: RowColumn, decimals: int, catalogue: Catalogue, view: View, language: str) -> str:
    if isinstance(value, bool):
        return t(language, "analysis.yes" if value else "analysis.no")
    if isinstance(value, date):
        return _when(value, column, catalogue, view, language)
    if isinstance(value, int | float):
        return format.number(language, value, decimals)
    return _label(value, column, catalogue, view, language)


def _when(value: date, column: RowColumn, catalogue: Catalogue, view: View, language: str) -> str:
    """A moment, a day, or the month or year a row is the figure of."""
    kpi = catalogue.kpi(view.code)
    held = [catalogue.datasets[key] for key in kpi.datasets] if kpi else []
    grain = next((one.grain for one in held if one.periodic and one.time == column.name), None)
    if not isinstance(value, datetime):
        return format.day(language, value)
    if grain:
        return format.bucket(language, value, grain)
    return format.day(language, value) if column.type == "date" else format.moment(language, value, year=True)


def _label(value: str, column: RowColumn, catalogue: Catalogue, view: View, language: str) -> str:
    """A value's label where the pack gives one, else the value as it was delivered."""
    kpi = catalogue.kpi(view.code)
    for key in kpi.datasets if kpi else ():
        held = catalogue.datasets[key].columns.get(column.name)
        if held and value in held.values:
            return held.values[value].get(language)
    return value


def _decimals(values: list[Cell]) -> int:
    """Decimals that show every number of a column, two at most."""
    floats = [value for value in values if isinstance(value, float)]
    return next((n for n in (0, 1) if all(abs(v - round(v, n)) < 1e-9 for v in floats)), 2)


def _pager(page: RowPage, view: View, language: str) -> list:
    last = page.offset + len(page.rows)
    if page.offset == 0 and last >= page.total:
        return []
    shown = t(
        language,
        "analysis.rows.shown",
        first=format.number(language, page.offset + 1),
        last=format.number(language, last),
    )
    back = view.with_(page=view.page - 1).href if view.page > 1 else None
    on = view.with_(page=view.page + 1).href if last < page.total else None
    return [
        html.Small(shown),
        _turn("earlier", back, t(language, "analysis.rows.back")),
        _turn("later", on, t(language, "analysis.rows.on")),
    ]


def _turn(name: str, href: str | None, label: str) -> html.A | html.Span:
    drawn = Markup(html=sign(name), className="an-sign")
    if href is None:
        return html.Span(drawn, className="an-turn is-off", **{"aria-hidden": "true"})
    return html.A(drawn, href=href, className="an-turn", title=label, **{"aria-label": label})


def points(result: KpiResult, language: str) -> html.Div:
    """The figure as a table: bucket, value, and the bucket it is compared with."""
    held = result.comparison if any(point.compare for point in result.points) else None
    compared = held is not None
    heads = [t(language, f"analysis.grain.{result.query.grain.value}"), result.kpi.name.get(language)]
    heads += [t(language, "analysis.compared_at"), _upper(against(held, language))] if held is not None else []
    lines = [_point_line(result, index, compared, language) for index in reversed(range(len(result.points)))]
    head = html.Thead(
        html.Tr([html.Th(text, scope="col", className="is-number" if n % 2 else None) for n, text in enumerate(heads)])
    )
    return html.Div(
        html.Table([head, html.Tbody(lines)], className="an-table"),
        className="an-scroll an-points",
        tabIndex="0",
    )


def _point_line(result: KpiResult, index: int, compared: bool, language: str) -> html.Tr:
    point, grain = result.points[index], result.query.grain
    cells = [html.Th(format.bucket(language, point.at, grain), scope="row")]
    cells.append(html.Td(written(result, point.value, language), className="is-number"))
    if compared:
        cells.append(html.Td(format.bucket(language, point.compare_at, grain) if point.compare_at else ""))
        cells.append(html.Td(written(result, point.compare, language) if point.compare else "", className="is-number"))
    return html.Tr(cells, className="is-estimated" if point.estimated else None)


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]

"""Downloads: what is on the screen, as a file that carries its own definition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import flask

from callbacks.alerts import almanac
from callbacks.asker import asker
from callbacks.boards import answers
from callbacks.line import hung_up
from callbacks.session import session
from callbacks.views import answered, pinned
from data.alerts.events import Events
from data.areas.outline import Outlines
from data.catalogue import Catalogue
from data.kpis.budget import Budget
from data.kpis.quarantine import faults
from data.kpis.result import KpiResult
from data.kpis.service import KpiService
from data.kpis.sight import Sight
from data.messages import t
from layouts.address import parse
from layouts.analysis.controls import span
from layouts.analysis.names import dimension, member, place
from layouts.analysis.sieves import said
from layouts.comparison import against
from layouts.delimited import document as delimited
from layouts.delimited import fault_lines
from layouts.documents.drawing import drawing
from layouts.documents.facts import Document
from layouts.documents.geojson import geojson
from layouts.documents.geopackage import geopackage
from layouts.documents.workbook import workbook
from layouts.figures import hero
from layouts.view import View

TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "svg": "image/svg+xml",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
}
MAPPED: dict[str, Callable[[Document, Outlines, list[KpiResult]], str | bytes]] = {
    "geojson": geojson,
    "gpkg": geopackage,
}
ROWS = ("csv", "parquet", "xlsx")
MOST_FAULTS = 100_000


def view_file(
    service: Sight, code: str, kind: str, outlines: Outlines | None = None, events: Events | None = None
) -> flask.Response:
    """The view at /kpi/<code>.<kind>?…: 404 for a KPI or a kind of file there is none of."""
    kpi = service.catalogue.kpi(code)
    if kpi is None or kind not in TYPES:
        flask.abort(404)
    language, now = session(service.catalogue.city.language).language, service.clock.now()
    known = almanac(service, events, _query())
    service, view = pinned(service, parse("?" + _query(), kpi, service.catalogue, now.date(), known))
    if kind in MAPPED:
        if outlines is None or "area" not in kpi.dimensions:
            flask.abort(404)
        view = replace(view, by="area")
    result, parts, drawn = answered(service, view, kpi, filed=True)
    name = f"{kpi.code}_{view.first.isoformat()}_{view.last.isoformat()}_{result.stamp.snapshot}"
    if kind == "csv":
        return _file(
            name, kind, "\ufeff" + delimited(result, parts, view, service.catalogue, language, now, drawn.beside)
        )
    if kind == "svg":
        figure = hero(result, language)
        if figure is None:
            flask.abort(404)
        note = " · ".join(said for _, said in _about(result, view, service.catalogue, language) if said)
        return _file(name, kind, drawing(result, figure, language, note))
    about = [*_about(result, view, service.catalogue, language), *_beside(drawn.beside, service.catalogue, language)]
    if kind in MAPPED and outlines is not None:
        written = Document([result, parts[0]], service.catalogue, language, now, view.href, about)
        return _file(name, kind, MAPPED[kind](written, outlines, [parts[0]]))
    written = Document([result, *parts, *drawn.beside], service.catalogue, language, now, view.href, about)
    return _document(name, kind, written)


def rows_file(service: Sight, code: str, kind: str, events: Events | None = None) -> flask.Response:
    """The rows under the number at /kpi/<code>/rows.<kind>?…, sent while they are read: 404 for what there is none of,
    for who is shown no rows too."""
    kpi = service.catalogue.kpi(code)
    if kpi is None or kind not in ROWS:
        flask.abort(404)
    language, now = session(service.catalogue.city.language).language, service.clock.now()
    known = almanac(service, events, _query())
    service, view = pinned(service, parse("?" + _query(), kpi, service.catalogue, now.date(), known))
    (result,) = service.ask([view.query()])
    columns, batches = service.stream(view.query(), view.sieves)
    if batches is None:
        flask.abort(404)
    from layouts.documents import rows  # brings pyarrow: 40 MB that a page never needs

    sieves = "; ".join(said(sieve, kpi, service.catalogue, language) for sieve in view.sieves)
    told = [*_about(result, view, service.catalogue, language), ("sieves", sieves)]
    about = Document([result], service.catalogue, language, now, view.href, told)
    name = f"{kpi.code}_{view.first.isoformat()}_{view.last.isoformat()}_{result.stamp.snapshot}_rows"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store"}
    content = rows.STREAMED[kind](columns, batches, about.heads(), language)
    return flask.Response(content, mimetype=TYPES[kind], headers=headers)


def board_file(service: Sight, name: str, kind: str) -> flask.Response:
    """The board at /board/<name>.<kind>?area=…: its tiles as XLSX or Parquet."""
    described = service.catalogue.boards.get(name)
    if described is None or kind not in ("xlsx", "parquet"):
        flask.abort(404)
    language, now = session(service.catalogue.city.language).language, service.clock.now()
    filled, results = answers(service, described, _query(), None)
    place = filled.here or service.catalogue.areas[service.catalogue.city.scope]
    about = [("area", place.name.get(language))]
    address = f"/board/{described.id}" + (f"?{_query()}" if _query() else "")
    written = Document(results, service.catalogue, language, now, address, about)
    return _document(f"{described.id}_{now:%Y-%m-%d}_{results[0].stamp.snapshot}", kind, written)


def quarantine(service: Sight, name: str) -> flask.Response:
    """Every row in quarantine at /sources/<name>/quarantine.csv: 404 for a source there is none of."""
    language = session(service.catalogue.city.language).language
    try:
        page = faults(service, name, 0, MOST_FAULTS)
    except KeyError:
        flask.abort(404)
    headers = {"Content-Disposition": f'attachment; filename="{name}_quarantine.csv"', "Cache-Control": "no-store"}
    return flask.Response("\ufeff" + fault_lines(page, language), mimetype="text/csv", headers=headers)


def register(server: flask.Flask, service: KpiService, outlines: Outlines | None, events: Events | None = None) -> None:
    """Serve the downloads."""
    server.add_url_rule(
        "/kpi/<code>.<kind>", "kpi_file", _seen(partial(view_file, outlines=outlines, events=events), service)
    )
    server.add_url_rule("/kpi/<code>/rows.<kind>", "kpi_rows", _seen(partial(rows_file, events=events), service))
    server.add_url_rule("/board/<name>.<kind>", "board_file", _seen(board_file, service))
    server.add_url_rule("/sources/<name>/quarantine.csv", "quarantine_csv", _seen(quarantine, service))


def _seen(file: Callable[..., flask.Response], service: KpiService) -> Callable[..., flask.Response]:
    """A file of what the asker of the request may see, made as long as they wait for it."""
    return lambda **named: file(Sight(service, asker().grant.scope, budget=Budget(gone=hung_up())), **named)


def _query() -> str:
    return flask.request.query_string.decode("utf-8", "replace")


def _about(result: KpiResult, view: View, catalogue: Catalogue, language: str) -> list[tuple[str, str]]:
    """Period, area, filters and comparison in the reader's words, by their keys."""
    kpi = result.kpi
    filters = "; ".join(
        f"{dimension(kpi, catalogue, name, language)}: "
        + ", ".join(member(kpi, catalogue, name, value, language) for value in values)
        for name, values in view.filters
    )
    held = result.comparison
    compared = against(held, language) if held else t(language, "analysis.compare.none")
    told = [("period", span(language, view.first, view.last)), ("area", place(view.areas, catalogue, language))]
    return [*told, ("filters", filters), ("compare", compared)]


def _beside(results: Sequence[KpiResult], catalogue: Catalogue, language: str) -> list[tuple[str, str]]:
    """The KPIs put beside the one asked, each with its area."""
    told = [f"{one.kpi.code} ({place(one.query.areas, catalogue, language)})" for one in results]
    return [("beside", "; ".join(told))]


def _document(name: str, kind: str, written: Document) -> flask.Response:
    if kind == "xlsx":
        return _file(name, kind, workbook(written))
    from layouts.documents.parquet import parquet  # brings pyarrow: 40 MB that a page never needs

    return _file(name, kind, parquet(written))


def _file(name: str, kind: str, content: str | bytes) -> flask.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store"}
    return flask.Response(content, mimetype=TYPES[kind], headers=headers)

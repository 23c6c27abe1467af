"""One number everywhere: tile, analysis page, command line, CSV, XLSX and Parquet, for every KPI of the pack."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from callbacks.boards import tile_query
from callbacks.views import own_query
from commands.asking import _as_json, _as_text
from data.catalogue import Kpi
from data.kpis.result import Freshness, KpiResult, Presence, Value
from data.kpis.scope import EVERYTHING
from data.kpis.service import KpiService
from data.kpis.sight import Sight
from data.messages import t
from layouts import format
from layouts.address import parse
from layouts.analysis.strip import strip
from layouts.delimited import document as delimited
from layouts.documents.facts import Document
from layouts.documents.parquet import parquet
from layouts.documents.workbook import workbook
from layouts.html import render
from layouts.tile import tile
from layouts.view import View
from tests.kpis.by_hand import ROWS
from tests.kpis.delivered import NOW, city, hoian

LANGUAGE, ABSENT = "vi", "—"
NUMBER = re.compile(r'class="(?:number|an-number)">([^<]*)')
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What the tile asked and got, what the analysis page of the same days did, and the page the tile leads to."""

    service: KpiService
    tiles: dict[str, KpiResult]
    views: dict[str, View]
    pages: dict[str, KpiResult]
    opened: dict[str, tuple[View, KpiResult, KpiResult | None]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    service, writer = city(tmp_path_factory.mktemp("agreement"), ROWS)
    kpis = list(service.catalogue.kpis.values())
    results = service.ask([tile_query(kpi, NOW) for kpi in kpis])
    tiles = {result.kpi.code: result for result in results}
    views = {kpi.code: view(service, kpi, tiles[kpi.code]) for kpi in kpis}
    pages = dict(zip(views, service.ask([one.query() for one in views.values()]), strict=True))
    yield Told(service, tiles, views, pages, opened(service))
    writer.close()


def opened(service: KpiService) -> dict[str, tuple[View, KpiResult, KpiResult | None]]:
    """By code, the view an empty address opens, its answer, and that of the tile's period where it is one of many."""
    seen = Sight(service, EVERYTHING)
    views = {kpi.code: parse("", kpi, service.catalogue, NOW.date()) for kpi in service.catalogue.kpis.values()}
    asked = {code: [one.query(), *own_query(one, service.catalogue.codes[code], seen)] for code, one in views.items()}
    found = iter(service.ask([query for queries in asked.values() for query in queries]))
    answers = {code: [next(found) for _ in queries] for code, queries in asked.items()}
    return {code: (views[code], whole, own[0] if own else None) for code, (whole, *own) in answers.items()}


def view(service: KpiService, kpi: Kpi, result: KpiResult) -> View:
    """The analysis page of the days a tile tells of; what is told as of now has the page's own days."""
    if kpi.period == "now":
        return parse("", kpi, service.catalogue, NOW.date())
    period = result.query.period
    last = min(period.end - MOMENT, NOW).date()
    search = f"?from={period.start.date()}&to={last}&grain={kpi.grain}&compare={kpi.compare}"
    return parse(search, kpi, service.catalogue, NOW.date())


def text(kpi: Kpi, value: Value) -> str:
    """A number as every screen writes it."""
    return format.value(LANGUAGE, kpi, value.number)[0]


def rounded(kpi: Kpi, shown: float | None) -> str:
    """A number in display unit as a screen would write it."""
    return text(kpi, Value(None if shown is None else shown / kpi.scale))


def number_of(drawn: str) -> str:
    """The first large number in markup."""
    return NUMBER.search(drawn)[1]


@pytest.mark.parametrize("code", hoian().codes)
def test_the_number_is_the_same_everywhere(told: Told, code: str) -> None:
    catalogue, result, page = told.service.catalogue, told.tiles[code], told.pages[code]
    kpi = result.kpi
    shown = text(kpi, result.value)
    # A screen never shows the number of a lost source as if it were of now; a file keeps it with the source's age.
    seen_as = ABSENT if result.freshness is Freshness.LOST else shown
    assert number_of(render(tile(result, LANGUAGE, "hero"))) == seen_as
    assert number_of(render(tile(result, LANGUAGE, "compact"))) == seen_as
    assert number_of(render(strip(page, told.views[code], False, catalogue, LANGUAGE))) == seen_as
    assert page.value.presence is result.value.presence
    assert shown in _as_text(result, LANGUAGE)
    assert rounded(kpi, json.loads(_as_json(result))["value"]) == shown
    seen = Document([page], catalogue, LANGUAGE, NOW, told.views[code].href)
    assert [rounded(kpi, cell) for cell in (of_sheet(seen), of_columns(seen), of_lines(told, code))] == [shown] * 3


@pytest.mark.parametrize("code", hoian().codes)
def test_the_page_a_tile_leads_to_begins_with_what_the_tile_told(told: Told, code: str) -> None:
    result, (seen, whole, own) = told.tiles[code], told.opened[code]
    first = own or whole
    shown = text(result.kpi, result.value)
    seen_as = ABSENT if result.freshness is Freshness.LOST else shown
    assert number_of(render(strip(whole, seen, False, told.service.catalogue, LANGUAGE, own))) == seen_as
    assert (first.level, first.value.presence) == (result.level, result.value.presence)
    if own is None and result.kpi.period != "now":
        assert (first.comparison and first.comparison.value) == (result.comparison and result.comparison.value)


def of_sheet(seen: Document) -> float | None:
    """The value of the whole period in an XLSX file."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(seen)))
    heads, whole, *_ = book.get_sheet_by_index(0).to_python()
    cell = dict(zip(heads, whole, strict=True))[t(LANGUAGE, "document.value")]
    return None if cell == "" else float(cell)


def of_columns(seen: Document) -> float | None:
    """The value of the whole period in a Parquet file."""
    return pq.read_table(io.BytesIO(parquet(seen)))["value"][0].as_py()


def of_lines(told: Told, code: str) -> float | None:
    """The value of the whole period in a CSV file."""
    written = delimited(told.pages[code], (), told.views[code], told.service.catalogue, LANGUAGE, NOW)
    whole = next(row for row in csv.reader(io.StringIO(written)) if row and row[0] == t(LANGUAGE, "delimited.whole"))
    return float(whole[1].removeprefix("'")) if whole[1] else None


def test_what_is_not_there_is_absent_everywhere(told: Told) -> None:
    quiet = [code for code, result in told.tiles.items() if result.value.presence is not Presence.PRESENT]
    assert all(text(told.tiles[code].kpi, told.tiles[code].value) == ABSENT for code in quiet)


def test_the_command_line_tells_what_an_index_is_made_of(told: Told) -> None:
    said = _as_text(told.tiles["DVC-22"], "en")
    assert re.search(r"Handled on time +14\.3 of 20\.0", said)
    assert "(decides)" in said
    assert json.loads(_as_json(told.tiles["DVC-22"]))["composition"]["paid"] == pytest.approx(4)


def test_a_number_told_in_millions_does_not_tell_that_it_was_divided(told: Told) -> None:
    catalogue, amount, share = told.service.catalogue, told.pages["DL-27"], told.pages["DVC-03"]
    millions, percent = (
        render(strip(page, told.views[page.kpi.code], False, catalogue, LANGUAGE)) for page in (amount, share)
    )
    words = t(LANGUAGE, "analysis.made.ratio")
    assert words in percent and words not in millions

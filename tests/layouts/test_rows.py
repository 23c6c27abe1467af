"""The rows under a number: an area by its name and its code."""

from __future__ import annotations

from datetime import datetime

from data.kpis.rows import RowColumn, RowPage
from data.messages import t
from layouts.analysis.rows import said
from tests.layouts.test_analysis import CITY, COLUMNS, shown, view
from tests.layouts.visits import text


def test_the_area_of_a_row_has_its_name_and_is_picked_by_it() -> None:
    columns = (COLUMNS[0], RowColumn("area", text("Mã địa bàn", "Area code"), "text", area=True))
    moment = datetime(2026, 11, 24, 19, 42)
    page = RowPage(columns, ((moment, "20403"), (moment, None)), 2, places=("hoi_an_tay", None))
    html = shown(view(), rows=page)
    cell = '<td data-pick="area:hoi_an_tay" title="{}">Phường Hội An Tây <small>20403</small></td>'
    act = t("vi", "analysis.filter", filter="Phường Hội An Tây")
    assert html.count(cell.format(act)) == 1
    assert said(page, 0, CITY, view(), "en")[1] == ("Area code", "Hoi An Tay ward (20403)")
    assert said(page, 1, CITY, view(), "en")[1] == ("Area code", t("en", "format.missing"))

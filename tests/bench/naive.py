"""The page most teams would write: Dash, a callback for every figure, pandas and plotly.express.

Frozen: it is what ours is measured against, and is never made faster or slower. It reads roll-ups
by day and by hour, so that what is compared is the page, not a scan of thirty million rows.

    python -m tests.bench.naive ROLLUPS PORT
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
from dash import Dash, Input, Output, dash_table, dcc, html
from werkzeug.serving import make_server

AREAS = {"": "Whole city", "N": "North", "E": "East", "S": "South", "W": "West"}
SQUARES = {"N": (-4, 0), "E": (0, 0), "S": (0, -3), "W": (-4, -3)}
TODAY = date(2026, 11, 24)
MONTH, TREND, WEEKS = date(2026, 11, 1), TODAY - timedelta(days=59), TODAY - timedelta(days=28)
ROLLUPS = {
    "received": "SELECT received_at::DATE AS day, area, service, count(*) AS n "
    "FROM '{0}/dossier/*.parquet' GROUP BY ALL",
    "closed": "SELECT closed_at::DATE AS day, area, count(*) AS n, count(*) FILTER (closed_at <= due_at) AS on_time "
    "FROM '{0}/dossier/*.parquet' WHERE closed_at IS NOT NULL GROUP BY ALL",
    "hours": 'SELECT "at"::DATE AS day, hour("at") AS hour, area, sum(visitors) AS n '
    "FROM '{0}/visit/*.parquet' GROUP BY ALL",
    "visits": "SELECT \"at\"::DATE AS day, area, sum(visitors) AS n FROM '{0}/visit/*.parquet' GROUP BY ALL",
    "air": 'SELECT "at"::DATE AS day, area, sum(pm25) AS total, count(*) AS n '
    "FROM '{0}/reading/*.parquet' GROUP BY ALL",
}


def roll_up(drop: Path, target: Path) -> None:
    """Write the tables the page reads."""
    with duckdb.connect(str(target)) as connection:
        for name, rows in ROLLUPS.items():
            connection.execute(f"CREATE TABLE {name} AS {rows.format(drop)}")


def page(rollups: Path) -> Dash:
    """The application."""
    connection = duckdb.connect(str(rollups), read_only=True)

    def table(name: str, area: str, since: date) -> pd.DataFrame:
        where = f" AND area = '{area}'" if area else ""
        return connection.cursor().execute(f"SELECT * FROM {name} WHERE day >= '{since}'{where}").df()

    app = Dash("naive", include_assets_files=False)
    choice = dcc.Dropdown(id="area", options=[{"value": k, "label": v} for k, v in AREAS.items()], value="")
    numbers = [html.Div(id=name) for name in ("received", "closed", "on_time", "open", "visitors", "pm25")]
    table_columns = [{"name": name, "id": name} for name in ("service", "n")]
    app.layout = html.Div(
        [
            choice,
            *numbers,
            *(dcc.Graph(id=name) for name in ("line", "bars", "map", "heat")),
            dash_table.DataTable(id="services", columns=table_columns, page_size=50),
        ]
    )

    @app.callback(Output("received", "children"), Input("area", "value"))
    def received(area: str) -> str:
        return f"{AREAS[area]}: {table('received', area, MONTH)['n'].sum():,} received"

    @app.callback(Output("closed", "children"), Input("area", "value"))
    def closed(area: str) -> str:
        return f"{AREAS[area]}: {table('closed', area, MONTH)['n'].sum():,} closed"

    @app.callback(Output("on_time", "children"), Input("area", "value"))
    def on_time(area: str) -> str:
        rows = table("closed", area, MONTH)
        return f"{AREAS[area]}: {rows['on_time'].sum() / rows['n'].sum():.1%} on time"

    @app.callback(Output("open", "children"), Input("area", "value"))
    def still_open(area: str) -> str:
        came, left = (table(name, area, date(2020, 1, 1))["n"].sum() for name in ("received", "closed"))
        return f"{AREAS[area]}: {came - left:,} open"

    @app.callback(Output("visitors", "children"), Input("area", "value"))
    def visitors(area: str) -> str:
        return f"{AREAS[area]}: {table('visits', area, MONTH)['n'].sum():,} visitors"

    @app.callback(Output("pm25", "children"), Input("area", "value"))
    def pm25(area: str) -> str:
        rows = table("air", area, MONTH)
        return f"{AREAS[area]}: {rows['total'].sum() / rows['n'].sum():.1f} µg/m³"

    @app.callback(Output("line", "figure"), Input("area", "value"))
    def line(area: str) -> go.Figure:
        rows = table("received", area, TREND).groupby("day", as_index=False)["n"].sum()
        return px.line(rows, x="day", y="n", title=AREAS[area])

    @app.callback(Output("bars", "figure"), Input("area", "value"))
    def bars(area: str) -> go.Figure:
        rows = table("received", "", MONTH).groupby("area", as_index=False)["n"].sum()
        rows["chosen"] = rows["area"].eq(area) | (area == "")
        return px.bar(rows, x="n", y="area", color="chosen", orientation="h", title=AREAS[area])

    @app.callback(Output("map", "figure"), Input("area", "value"))
    def squares(area: str) -> go.Figure:
        rows = table("received", "", MONTH).groupby("area")["n"].sum()
        figure = go.Figure(layout={"title": AREAS[area]})
        for key, (x, y) in SQUARES.items():
            xs, ys = [x, x + 4, x + 4, x, x], [y, y, y + 3, y + 3, y]
            figure.add_scatter(x=xs, y=ys, fill="toself", name=key, text=f"{rows.get(key, 0):,}", mode="lines")
        return figure

    @app.callback(Output("heat", "figure"), Input("area", "value"))
    def heat(area: str) -> go.Figure:
        rows = table("hours", area, WEEKS)
        rows["weekday"] = pd.to_datetime(rows["day"]).dt.weekday
        cells = rows.pivot_table(index="weekday", columns="hour", values="n", aggfunc="sum") / 4
        return px.imshow(cells, aspect="auto", title=AREAS[area])

    @app.callback(Output("services", "data"), Input("area", "value"))
    def services(area: str) -> list[dict]:
        rows = table("received", area, MONTH).groupby("service", as_index=False)["n"].sum()
        return rows.sort_values("n", ascending=False).to_dict("records")

    return app


if __name__ == "__main__":
    make_server("127.0.0.1", int(sys.argv[2]), page(Path(sys.argv[1])).server, threaded=True).serve_forever()

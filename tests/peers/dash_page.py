"""Run by the peers' own Python: the page of an area as one would build it with Dash, at its best.

Ten KPIs as cards against the period before, the months of one of them, its teams beside each other, and the months of
each team, under the same choice of periods. DuckDB holds the table in memory, sorted by day, and is asked by queries
written by hand, one pass each; answers are remembered; one callback sends everything. `dash_page.py ORDERS PORT`.
"""

import sys
from datetime import date
from functools import cache
from typing import Any

import duckdb
import plotly.graph_objects as go  # type: ignore[import-not-found]
from dash import Dash, Input, Output, dcc, html  # type: ignore[import-not-found]
from waitress import serve  # type: ignore[import-untyped]

PERIODS = {
    "last_month": ("2026-10-01", "2026-10-31"), "this_month": ("2026-10-01", "2026-10-31"),
    "last_3_months": ("2026-08-01", "2026-10-31"), "quarter": ("2026-10-01", "2026-10-31"),
    "year": ("2026-01-01", "2026-10-31"), "last_12_months": ("2025-11-01", "2026-10-31"),
    "all": ("2024-11-01", "2026-10-31"),
}  # fmt: skip
TITLES = (
    "Orders done", "Lead time, hours", "Service time, hours", "On time, %", "Prebooked, %", "No-shows, %",
    "Cancellations, %", "Orders a day", "Response, minutes", "Responded in 15 minutes, %",
)  # fmt: skip
MEASURES = """
count(*) filter (status = 'done'),
median(epoch(finished_at - created_at) / 3600) filter (status = 'done'),
median(epoch(finished_at - started_at) / 3600) filter (status = 'done'),
100.0 * count(*) filter (status = 'done' and finished_at <= promised_at) / nullif(count(*) filter (status = 'done'), 0),
100.0 * count(*) filter (status in ('done', 'no_show') and is_prebooked)
    / nullif(count(*) filter (status in ('done', 'no_show')), 0),
100.0 * count(*) filter (status = 'no_show') / nullif(count(*), 0),
100.0 * count(*) filter (status = 'cancelled') / nullif(count(*), 0),
count(*) filter (status = 'done') / nullif(count(distinct day) filter (status = 'done'), 0),
median(epoch(responded_at - created_at) / 60),
100.0 * count(*) filter (responded_at <= created_at + interval 15 minute) / nullif(count(*), 0)
"""
DONE = "select {by}, count(*) from orders where status = 'done' and day between ? and ? group by all order by all"
LAYOUT = {"height": 320, "margin": {"l": 40, "r": 10, "t": 10, "b": 30}, "showlegend": False, "template": "none"}
CONFIG = {"displayModeBar": False}
CARD = {"border": "1px solid #ddd", "borderRadius": "10px", "padding": "10px", "width": "17%"}

connection = duckdb.connect()


def load(orders: str) -> None:
    """The table, by day."""
    connection.execute(
        "create table orders as select *, coalesce(finished_at, created_at)::date as day from read_csv(?) order by day",
        [orders],
    )


def asked(sql: str, since: date, until: date) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    return connection.cursor().execute(sql, [since, until]).fetchall()


@cache
def answers(period: str) -> tuple[Any, ...]:
    """Cards and charts of a period."""
    since, until = (date.fromisoformat(day) for day in PERIODS[period])
    measures = f"select {MEASURES} from orders where day between ? and ?"
    before = date.fromordinal(since.toordinal() - (until - since).days - 1), date.fromordinal(since.toordinal() - 1)
    now, then = asked(measures, since, until)[0], asked(measures, *before)[0]
    year = date(until.year - 2, until.month, 1), until
    months = asked(DONE.format(by="date_trunc('month', day)"), *year)
    teams = asked(DONE.format(by="team"), since, until)
    each = asked(DONE.format(by="team, date_trunc('month', day)"), *year)
    return cards(now, then), trend(months), bars(teams), small(each)


def cards(now: tuple[Any, ...], then: tuple[Any, ...]) -> list[Any]:
    """One a KPI, with the change."""
    return [
        html.Div([html.P(title), html.H3(_number(a)), html.P(_number(None if b is None else a - b))], style=CARD)
        for title, a, b in zip(TITLES, now, then, strict=True)
    ]


def _number(value: Any) -> str:
    return "—" if value is None else f"{value:,.1f}"


def trend(months: list[tuple[Any, ...]]) -> Any:
    """The months of a KPI, and its target as a line."""
    figure = go.Figure(go.Scatter(x=[row[0] for row in months], y=[row[1] for row in months], mode="lines+markers"))
    return figure.add_hline(y=36000).update_layout(**LAYOUT)


def bars(teams: list[tuple[Any, ...]]) -> Any:
    """Teams beside each other."""
    figure = go.Figure(go.Bar(y=[row[0] for row in teams], x=[row[1] for row in teams], orientation="h"))
    return figure.update_layout(**LAYOUT)


def small(each: list[tuple[Any, ...]]) -> Any:
    """The months of every team."""
    names = sorted({row[0] for row in each})
    lines = [
        go.Scatter(x=[row[1] for row in each if row[0] == name], y=[row[2] for row in each if row[0] == name])
        for name in names
    ]
    return go.Figure(lines).update_layout(**LAYOUT)


def app() -> Any:
    """The page and its one callback."""
    made = Dash(__name__)
    charts = [dcc.Graph(id=name, config=CONFIG) for name in ("trend", "bars", "small")]
    choice = dcc.RadioItems(list(PERIODS), "last_month", id="period", inline=True)
    made.layout = html.Div([choice, html.Div(id="cards", style={"display": "flex", "flexWrap": "wrap"}), *charts])
    outputs = [Output("cards", "children"), *(Output(name, "figure") for name in ("trend", "bars", "small"))]
    made.callback(*outputs, Input("period", "value"))(answers)
    return made


if __name__ == "__main__":
    load(sys.argv[1])
    serve(app().server, host="127.0.0.1", port=int(sys.argv[2]), threads=4)

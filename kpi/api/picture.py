"""Charts as pictures: those of the screens, drawn of the answer to the same question.

Invariant: a picture shows what the token shows; it is rendered in the process that renders those of reports.
"""

from functools import partial
from typing import cast

from data.errors import NotAvailable
from data.message import say
from kpi import charts
from kpi.api.figures import question
from kpi.api.model import PNG, SVG, Answer, Asking, Told, WrongQuestion
from kpi.charts import Drawn, Theme
from kpi.evaluate import evaluate
from kpi.model import Result
from kpi.report.pictures.rendered import png, svg
from kpi.watch import begun
from kpi.why.telling import dimension_title, member_title

NARROWEST, WIDEST = 300, 1600
"""Pixels of a picture."""


def picture(asking: Asking, told: Told) -> Answer:
    """The chart of a KPI."""
    drawn, theme = _drawn(asking, told), cast("Theme", told["theme"])
    if told["format"] == "svg":
        return Answer(svg(drawn, told["width"], theme).encode(), SVG)
    return Answer(png(drawn, told["width"], theme, float(told["scale"])), PNG)


def _drawn(asking: Asking, told: Told) -> Drawn:
    is_trend = told["kind"] == "trend"
    if not is_trend and told["by"] is None:
        raise WrongQuestion(say("A breakdown needs a dimension."), hint=say("Add by=team, for example."))
    grain = told["grain"] if is_trend else "total"
    query = question(asking, {**told, "kpi": (told["kpi"],), "grain": grain})
    result = evaluate(asking.reader, asking.kpis, query, asking.book)
    if told["kpi"] in result.unavailable:
        raise NotAvailable(result.unavailable[told["kpi"]])
    return _trend(asking, told, result) if is_trend else _bars(asking, told, result)


def _trend(asking: Asking, told: Told, result: Result) -> Drawn:
    words, by = asking.words, told["by"]
    names = partial(member_title, by, language=words) if by else None
    title = dimension_title(by, words) if by else ""
    return charts.trend(begun(result.frame), asking.kpi(told["kpi"]), words, told["theme"], title, names)


def _bars(asking: Asking, told: Told, result: Result) -> Drawn:
    words, by = asking.words, told["by"]
    totals = result.frame[result.frame["is_total"].astype(bool)]
    days = (totals["period"].iloc[0].date(), totals["period_end"].iloc[0].date()) if len(totals) else None
    return charts.breakdown(
        result.frame, asking.kpi(told["kpi"]), dimension_title(by, words), words, told["theme"],
        period=words.span(*days) if days else "", names=partial(member_title, by, language=words),
        ordered=by == "weekday",
    )  # fmt: skip

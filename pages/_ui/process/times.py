"""How long cases take: all of them by time, week by week, and every event as a dot."""

from datetime import timedelta

import pandas as pd
import streamlit as st

from kpi.charts import Drawn
from kpi.charts.process_time import Dot, Named, Role, Rule, Week, dots, histogram, weeks
from kpi.process.cases import by_week, dotted, spread
from pages._ui import drawing
from pages._ui.markup import quiet
from pages._ui.process.asked import Asked

DOTTED = 120
"""Cases of the chart of dots."""


def show(asked: Asked) -> None:
    """The three pictures."""
    way = asked.variant
    left, right = st.columns(2, gap="large")
    with left:
        drawing.show(asked.kept(("spread", way, *asked.look), lambda: _spread(asked)), "case_spread")
    with right:
        drawing.show(asked.kept(("weeks", way, *asked.look), lambda: _weeks(asked)), "case_weeks")
    drawing.show(asked.kept(("dots", way, *asked.look), lambda: _dots(asked)), "case_dots")
    every = asked.summary.cases if way is None else way.cases
    if every > DOTTED:
        told = asked.view.language.t("Of {n} cases every k-th is drawn, at most {most}.", n=every, most=DOTTED)
        st.html(quiet(told))


def _spread(asked: Asked) -> Drawn:
    words = asked.view.language
    found = asked.kept(("times", asked.variant), lambda: spread(asked.cases))
    median = asked.variant.median_hours if asked.variant else asked.summary.median_hours
    rules = [Rule(median, words.t("half take at most {time}", time=asked.duration(median)))]
    note = words.t("cases; hours from the first moment to the last")
    if found.beyond:
        note += "; " + words.tn("the last bar holds {n} longer one", "the last bar holds {n} longer ones", found.beyond)
    named = Named(words.t("How long cases take"), note)
    return histogram(found.edges, [found.counts], [*rules, *_term(asked)], named, words, asked.view.theme)


def _term(asked: Asked) -> list[Rule]:
    term, words = asked.settings.sla_hours, asked.view.language
    if term is None:
        return []
    return [Rule(term, words.t("term {time}", time=asked.duration(term)), is_target=True)]


def _weeks(asked: Asked) -> Drawn:
    words = asked.view.language
    frame = asked.kept(("by week", asked.variant), lambda: by_week(asked.cases))
    found = [_week(asked, pd.Timestamp(week), hours, n) for week, hours, n in frame.itertuples(index=False)]
    note = words.t("median hours of the cases that ended in the week")
    if not all(week.is_whole for week in found):
        note += "; " + words.t("hollow: a part of a week")
    named = Named(words.t("Week by week"), note)
    return weeks(_spined(found), _term(asked), named, words, asked.view.theme)


def _week(asked: Asked, first: pd.Timestamp, hours: float, cases: int) -> Week:
    """A week, whole where all of its days lie in the period and the data."""
    since, until = asked.days
    is_whole = since <= first.date() and first.date() + timedelta(days=6) <= until
    return Week(first.to_pydatetime(), float(hours), int(cases), is_whole)


def _spined(found: list[Week]) -> list[Week]:
    """With the weeks in which no case ended."""
    if not found:
        return []
    known = {week.first: week for week in found}
    every = pd.date_range(found[0].first, found[-1].first, freq="7D")
    return [known.get(week.to_pydatetime(), Week(week.to_pydatetime(), float("nan"), 0)) for week in every]


def _dots(asked: Asked) -> Drawn:
    words = asked.view.language
    frame = asked.kept(("dotted", asked.variant), lambda: dotted(asked.cases, DOTTED))
    found = [
        Dot(pd.Timestamp(at).to_pydatetime(), int(row), _role(bool(wasted), bool(last)), f"{case} · {name}")
        for at, row, name, case, wasted, last in frame.itertuples(index=False)
    ]
    rows = int(frame["row"].max()) + 1 if len(frame) else 1
    named = Named(
        words.t("Every event a dot"),
        words.t("a row a case; ■ its last event, ▲ superfluous or repeated, ● any other"),
    )
    return dots(found, rows, named, words, asked.view.theme)


def _role(wasted: bool, last: bool) -> Role:
    return "missed" if wasted else "accent" if last else "bar"

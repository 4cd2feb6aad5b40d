"""Recruiters by speed and quality, side by side.

Invariant: no speed is drawn or listed without who stays, or the quality, beside it; too small numbers are pale and get
no verdict.
"""

import streamlit as st

from kpi import charts
from kpi.charts import Drawn
from kpi.hiring import words as said
from kpi.hiring.recruiters import QUALITY, SPEED, STAY, Interval, Recruiter, recruiters
from kpi.model import Query
from pages._ui import breakdown, drawing, session
from pages._ui.hiring.asked import Asked
from pages._ui.markup import Html, joined, quiet, section, tag

WHO = "employee"


def found(asked: Asked) -> tuple[Recruiter, ...]:
    """All together, then each recruiter; none where nothing tells who recruits."""
    if WHO not in asked.dimensions or WHO not in asked.view.reader.relations()["hires"].columns:
        return ()
    return asked.kept("recruiters", lambda: recruiters(asked.asking, WHO))


def show(asked: Asked) -> None:
    """The picture and the list."""
    people = found(asked)
    if len(people) < 2:
        return
    t = asked.view.language.t
    title = section(t("Recruiters: speed and quality"), t("speed never alone: whom they hire leaves or stays"))
    chart = _chart(asked)
    if chart is None:
        st.html(joined([title, _table(asked, people)]))
        return
    st.html(title)
    left, right = st.columns([3, 4], gap="medium")
    with left:
        drawing.show(chart, "recruiters", lambda selection: breakdown.pick(WHO, chart.picked(selection)))
    with right:
        st.html(_table(asked, people))


def _chart(asked: Asked) -> Drawn | None:
    """Days to fill across, who stays (else the quality) up; None where one of them cannot be computed."""
    view, known = asked.view, session.available(asked.view)
    up = next((id_ for id_ in (STAY, QUALITY) if known[id_].computable), None)
    if up is None or not known[SPEED].computable:
        return None
    span = asked.chosen.span
    rows = session.ask(view, Query((SPEED, up), span.since, span.until, "total", WHO, asked.chosen.where, ())).frame
    members = rows[~rows["is_total"].astype(bool) & rows["value"].notna()]
    if members.groupby("slice", dropna=False)["kpi"].nunique().max() != 2:
        return None
    definitions = view.kpis
    question = ("recruiters-chart", up, view.language.code, view.theme)
    return asked.kept(
        question,
        lambda: charts.scatter(
            rows, definitions.get(up), definitions.get(SPEED), view.language.render(said.DIMENSIONS[WHO]),
            view.language, view.theme, period=asked.period, names=asked.namer(WHO),
        ),
    )  # fmt: skip


def _table(asked: Asked, people: tuple[Recruiter, ...]) -> Html:
    t, words = asked.view.language.t, asked.view.language
    head = (t("Recruiter"), t("Half filled in"), t("Stay 90 days"), t("Quality"), t("Hires"))
    rows = [_row(asked, head, one) for one in people]
    names = [tag("th", cell, css="text" if place == 0 else "") for place, cell in enumerate(head)]
    table = tag("table", tag("thead", tag("tr", *names)), tag("tbody", *rows), css="grid figures stack recruiters")
    note = t("Below each figure: where the true value lies with 95 %. Pale: too few to judge.")
    young = people[0].young
    more = words.tn("{n} hire is not 90 days old yet.", "{n} hires are not 90 days old yet.", young) if young else ""
    return tag("div", tag("div", table, css="scroll"), quiet(" ".join(filter(None, (note, more)))))


def _row(asked: Asked, head: tuple[str, ...], one: Recruiter) -> Html:
    words = asked.view.language
    verdict = []
    if one.verdict:
        status = said.MARKS[one.verdict]
        told = f"{words.mark(status)} {words.render(said.VERDICTS[one.verdict])}"
        verdict = [tag("small", told, css=f"status {status}")]
    name = tag("th", asked.name(one.member, is_total=one.is_total) if one.is_total else _named(asked, one), *verdict)
    cells = [
        _cell(head[1], one.speed, "days", asked), _cell(head[2], one.stay, "percent", asked),
        _cell(head[3], one.quality, "percent", asked), tag("td", words.number(one.hires), data_label=head[4]),
    ]  # fmt: skip
    return tag("tr", name, *cells)


def _named(asked: Asked, one: Recruiter) -> str:
    return asked.namer(WHO)(one.member)


def _cell(label: str, told: Interval, unit: str, asked: Asked) -> Html:
    """A figure with its interval under it; pale where it is of too few."""
    words = asked.view.language
    value = words.value(told.value, unit)
    under = []
    if told.low == told.low and told.value == told.value:
        under = [tag("small", said.between(told.low, told.high, words))]
    title = words.tn("from {n} row", "from {n} rows", told.used)
    return tag("td", tag("span", value, *under, css="" if told.is_enough else "thin"), data_label=label, title=title)

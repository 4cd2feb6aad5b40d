"""How long places wait, those still open included: the curves by member, and both definitions side by side.

Invariant: the medians are the KPIs' own; what is known of too few places is shown pale by its small count.
"""

import math

import streamlit as st

from kpi.charts import Drawn
from kpi.charts.waiting import Curve, waiting
from kpi.hiring import words as said
from kpi.hiring.waits import FROM, From, Waits, difference, waits
from pages._ui import address, drawing
from pages._ui.hiring.asked import Asked
from pages._ui.markup import Html, joined, link, quiet, section, tag
from pages._ui.people import parts

MOST = 12


def start() -> From:
    """The definition of the address; from the opening where it says nothing."""
    return "published" if address.one("from", FROM) == "published" else "opened"


def found(asked: Asked, begin: From) -> tuple[Waits, ...]:
    """Of all places, then of each member."""
    return asked.kept(("waits", begin, asked.by), lambda: waits(asked.asking, begin, asked.by))


def is_told(asked: Asked) -> bool:
    """Whether it is known when places are filled."""
    return asked.asking.tells("accepted_at", "places") and bool(found(asked, "opened")[0].curve.size)


def show(asked: Asked) -> None:
    """Curves and medians."""
    if not is_told(asked):
        return
    t = asked.view.language.t
    st.html(joined([section(t("How long places wait"), t("open ones count as long as they have waited")),
                    _choice(asked)]))  # fmt: skip
    left, right = st.columns([4, 3], gap="medium")
    with left:
        drawing.show(_chart(asked), "waits")
    with right:
        st.html(joined(_table(asked)))


def _choice(asked: Asked) -> Html:
    """From the opening, or from the publication."""
    t = asked.view.language.t
    if not found(asked, "published")[0].curve.size:
        return Html()
    names = {"opened": t("From opening"), "published": t("From publication")}
    links = [
        link(asked.here(**{"from": None if code == "opened" else code}), names[code], on=code == start())
        for code in FROM
    ]
    return tag("nav", *links, css="lenses tight", aria_label=t("How long places wait"))


def _chart(asked: Asked) -> Drawn:
    view, begin = asked.view, start()
    question = ("waits-chart", begin, asked.by, view.language.code, view.theme)
    title = view.language.t("Places still open, {period}", period=asked.period)
    curves = [_curve(asked, one) for one in found(asked, begin) if one.is_total or one.curve.size]
    return asked.kept(question, lambda: waiting(curves, title, view.language, view.theme))


def _curve(asked: Asked, one: Waits) -> Curve:
    told = one.curve
    steps = zip(told.times, 100 * told.shares, 100 * told.low, 100 * told.high, strict=True)
    until = max([0.0, *told.times.tolist(), *told.censored.tolist()])
    return Curve(
        asked.name(one.member, is_total=one.is_total), one.is_total,
        tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in steps), tuple(told.censored.tolist()), until,
        told.median, told.size,
    )  # fmt: skip


def _table(asked: Asked) -> list[Html]:
    t, words, begin = asked.view.language.t, asked.view.language, start()
    members = [one for one in found(asked, begin) if one.is_total or one.curve.size][: MOST + 1]
    named = asked.dimension if len(members) > 1 else ""
    head = (named or t("Places"), t("Half filled in"), t("Filled"), t("Not filled"), t("Filled ones"))
    rows = [
        (
            tag("span", asked.name(one.member, is_total=one.is_total)),
            tag("span", words.value(one.median, "days"), tag("small", _interval(one, asked))),
            tag("span", words.number(one.filled)), tag("span", words.number(one.curve.size - one.filled)),
            tag("span", words.value(one.filled_median, "days")),
        )
        for one in members
    ]  # fmt: skip
    notes = [t("«Filled ones» leaves out what is still open, and so looks better than it is.")]
    p = _difference(asked, begin)
    if not math.isnan(p):
        notes.append(said.log_rank(p, words))
    return [tag("div", parts.figures(head, rows), css="recruiters"), quiet(" ".join(notes))]


def _difference(asked: Asked, begin: From) -> float:
    by = asked.by
    if by is None or not asked.asking.tells(by, "places"):
        return math.nan
    return asked.kept(("log-rank", begin, by), lambda: difference(asked.asking, begin, by).p)


def _interval(one: Waits, asked: Asked) -> str:
    low, high = one.interval
    return "—" if math.isnan(low) else said.between(low, high, asked.view.language)

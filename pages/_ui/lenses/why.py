"""«Why did it change?»: one sentence, the best breakdown as a waterfall, the others to switch to, the members last.

Invariant: everything is one answer about the period, filters and comparison shown; what is chosen here is in the
address.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from kpi.compile import add_months
from kpi.figures import phrases
from kpi.why import Asked, Why, explain
from kpi.why.telling import Told, dimension_title, told
from pages._ui import address, drill, filters, frame, session
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.lenses import why_steps
from pages._ui.markup import Html, joined, tag
from pages._ui.session import View

AGAINST = ("previous", "year", "range")
"""What to compare with: codes of the address."""
DRIVERS = "drivers"
"""Code of what the KPI is made of, among the dimensions."""
WORTH = 0.05
"""Where the best dimension explains less, what the KPI is made of comes first."""


def show(view: View, figure: Figure, chosen: Filters, _dimension: str | None) -> None:
    """The lens."""
    against = address.one("against", AGAINST) or AGAINST[0]
    _compare(view, chosen, against)
    why = answer(view, figure, chosen, against)
    st.html(_said(told(why, view.language)))
    if why.silent is not None:
        return
    ways = _ways(view, why)
    if not ways:
        frame.quiet(view.language.t("Nothing that is loaded tells it apart."))
        return
    way = _choose(view, ways)
    _drawn(view, why, way)
    st.html(why_steps.table(view, why, way))
    _left_out(view, why)


def answer(view: View, figure: Figure, chosen: Filters, against: str) -> Why:
    """Why it changed, asked once for all who look at the same."""
    days: Any = _range(chosen) if against == "range" else against
    span = chosen.span
    asked = Asked(figure.kpi.id, span.since, span.until, days, chosen.where, span.grain)
    marks = view.marks(("process_change",))
    return session.kept(view, ("why", asked, marks), lambda: explain(view.reader, view.kpis, asked, marks))


def _said(words: Told) -> Html:
    notes = (tag("p", note, css="quiet") for note in words.notes)
    return tag("div", tag("p", words.headline, css="headline said"), *notes)


def _compare(view: View, chosen: Filters, against: str) -> None:
    """What to compare with."""
    names = {
        "previous": phrases.previous_name(view.language, chosen.span.grain),
        "year": phrases.last_year_name(view.language),
        "range": view.language.t("vs other days"),
    }
    st.session_state["w_against"] = against
    st.pills(
        view.language.t("Compared with"), AGAINST, key="w_against", on_change=_keep("against", "previous"),
        required=True, format_func=names.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    if against == "range":
        with st.container(key="why_against", horizontal=True, gap="small"):
            _days(view, chosen)


def _days(view: View, chosen: Filters) -> None:
    now, first = filters.bounds(view)
    for name, label, day in zip(
        ("against_since", "against_until"),
        (view.language.t("From"), view.language.t("To")),
        _range(chosen),
        strict=True,
    ):
        st.session_state[f"w_{name}"] = day
        st.date_input(
            label, key=f"w_{name}", format="DD.MM.YYYY", on_change=_keep(name, None), min_value=min(first, day),
            max_value=max(now, day), label_visibility="collapsed", width=150,
        )  # fmt: skip


def _range(chosen: Filters) -> tuple[date, date]:
    """The days of the address, in order; what it does not say is the year before the period."""
    known = [_day(name) for name in ("against_since", "against_until")]
    span = chosen.span
    since, until = (found or add_months(day, -12) for found, day in zip(known, (span.since, span.until), strict=True))
    return min(since, until), max(since, until)


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(address.one(name) or "")
    except ValueError:
        return None


def _keep(name: str, default: str | None) -> Callable[[], None]:
    def keep() -> None:
        held = st.session_state[f"w_{name}"]
        text = held.isoformat() if isinstance(held, date) else held
        address.write(name, None if text == default else text)

    return keep


def _ways(view: View, why: Why) -> dict[str, str]:
    """Code → name of each way the change is told, the best first."""
    found = {told_.dimension: dimension_title(told_.dimension, view.language) for told_ in why.breakdowns}
    if not why.drivers:
        return found
    made_of = {DRIVERS: view.language.t("What it is made of")}
    is_best = not why.breakdowns or why.breakdowns[0].score < WORTH
    return {**made_of, **found} if is_best else {**found, **made_of}


def _choose(view: View, ways: dict[str, str]) -> str:
    """The way of the address, else the best; the row of the others to switch to."""
    way = address.one("why", ways) or next(iter(ways))
    st.session_state["w_why"] = way
    st.pills(
        view.language.t("By what it is told, the best first"), list(ways), key="w_why", required=True,
        on_change=_keep("why", next(iter(ways))), format_func=ways.__getitem__,
    )  # fmt: skip
    return way


def _drawn(view: View, why: Why, way: str) -> None:
    question = ("why drawn", why.asked, way, view.language.code, view.theme)
    drawn = session.kept(view, question, lambda: why_steps.drawn(view, why, way))
    spec, data = drawn.live
    key = f"why-{why.kpi.id}-{way}"
    if way == DRIVERS:
        st.vega_lite_chart(data, dict(spec), key=key, height=drawn.height, theme=None)
        return

    def picked() -> None:
        member = drawn.picked(st.session_state[key].selection)
        if member is not None:
            _go(way, member[0])

    st.vega_lite_chart(
        data, dict(spec), key=key, height=drawn.height, theme=None, on_select=picked, selection_mode="picked"
    )  # fmt: skip


def _go(dimension: str, member: str | None) -> None:
    """The page about this member alone; where it cannot be filtered by, its rows."""
    if dimension in (*filters.DIMENSIONS, *filters.MORE):
        address.change({dimension: [member or filters.NOT_FILLED], "why": None})
        return
    address.change({"by": dimension, "lens": "rows"})
    drill.point(dimension, member)


def _left_out(view: View, why: Why) -> None:
    """Why some dimensions are not there."""
    if why.left_out:
        parts = [
            f"{dimension_title(name, view.language)}: {view.language.render(reason)}"
            for name, reason in why.left_out.items()
        ]
        st.html(tag("p", joined(parts, " "), css="quiet"))

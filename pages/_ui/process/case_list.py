"""The cases: a list by length, age or number of steps; one of them down to its steps with times and waits."""

from datetime import datetime

import pandas as pd
import streamlit as st

from kpi.process.cases import Case, Done, Order, cases, steps_of
from pages._ui import address
from pages._ui.markup import Html, joined, link, quiet, section, tag
from pages._ui.people.parts import block
from pages._ui.process import parts
from pages._ui.process.asked import Asked

ORDERS: tuple[Order, ...] = ("longest", "newest", "most")
MOST = 500
"""Cases of the list."""


def show(asked: Asked) -> None:
    """One case where the address names it, else the list."""
    number = address.one("case")
    if number is not None:
        _one(asked, number)
    else:
        _list(asked)


def _list(asked: Asked) -> None:
    t = asked.view.language.t
    order = address.one("sort", ORDERS) or ORDERS[0]
    names = {"longest": t("Longest first"), "newest": t("Newest first"), "most": t("Most steps first")}
    links = [link(parts.here(sort=None if o == ORDERS[0] else o), names[o], on=o == order) for o in ORDERS]
    st.html(tag("nav", *links, css="lenses tight", aria_label=t("Order")))
    found = asked.kept(("cases", asked.variant, order), lambda: cases(asked.cases, order, MOST))  # type: ignore[arg-type]
    _table(asked, found)


def _table(asked: Asked, found: tuple[Case, ...]) -> None:
    t, words = asked.view.language.t, asked.view.language
    frame = pd.DataFrame(
        {
            t("Case"): [case.number for case in found], t("Began"): [case.began for case in found],
            t("Ended"): [case.ended for case in found], t("Time, hours"): [round(case.hours, 1) for case in found],
            t("Steps"): [case.events for case in found], t("Superfluous"): [case.superfluous for case in found],
        }
    )  # fmt: skip
    every = asked.summary.cases if asked.variant is None else asked.variant.cases
    told = words.tn("{n} case", "{n} cases", every)
    if every > len(found):
        told = words.t("{told}; the first {n} of this order are listed", told=told, n=len(found))
    st.html(quiet(told + ". " + t("Tick a case to see its steps.")))
    moments = {name: st.column_config.DatetimeColumn(format="DD.MM.YYYY HH:mm") for name in (t("Began"), t("Ended"))}

    def opened() -> None:
        rows = st.session_state["case_rows"].selection.rows
        if rows:
            address.write("case", found[rows[0]].number)

    st.dataframe(
        frame, hide_index=True, height=420, key="case_rows", on_select=opened, selection_mode="single-row",
        column_config=moments, placeholder="",
    )  # fmt: skip


def _one(asked: Asked, number: str) -> None:
    t = asked.view.language.t
    back = link(parts.here(case=None), "‹ ", t("All cases"), css="back")
    found = asked.kept(("case", number), lambda: steps_of(asked.log, number))
    if not found:
        told = t("In this period and with these filters there is no case «{number}».", number=number)
        st.html(joined([back, quiet(told)]))
        return
    began = found[0].started or found[0].finished
    hours = sum(done.wait + done.work for done in found)
    note = t("{time} from {day} on", time=asked.duration(hours), day=_moment(asked, began))
    st.html(joined([back, block(section(t("Case {number}", number=number), note), _steps(asked, found, hours))]))


def _steps(asked: Asked, found: tuple[Done, ...], hours: float) -> Html:
    t, words = asked.view.language.t, asked.view.language
    rows = []
    reached = 0.0
    for done in found:
        rail = _rail(reached, done, hours)
        reached += done.wait + done.work
        why = {"superfluous": t("▲ superfluous"), "repeat": t("↻ repeated")}.get(done.why, "")
        who = " · ".join(filter(None, (done.employee, why)))
        facts = [
            tag("span", tag("b", asked.duration(done.wait)), tag("small", t("wait")), css="figure"),
            tag("span", tag("b", asked.duration(done.work)), tag("small", t("work")), css="figure"),
        ]
        if done.cost == done.cost:
            facts.append(tag("span", tag("b", words.value(done.cost, "money")), tag("small", t("cost")), css="figure"))
        name = tag("span", done.activity, tag("small", who, css="missed" if why else ""), css="who")
        when = tag("span", _moment(asked, done.finished), css="when")
        rows.append(tag("div", name, when, rail, tag("span", *facts, css="way-figures"), css="done-row"))
    return tag("div", *rows, css="ways")


def _rail(reached: float, done: Done, hours: float) -> Html:
    """Where in the case's time the step lies: its wait pale, its work full."""
    whole = hours or 1.0
    wait, work = (f"left: {100 * at / whole:.2f}%; width: {100 * size / whole:.2f}%" for at, size in (
        (reached, done.wait), (reached + done.wait, done.work)))  # fmt: skip
    return tag("span", tag("i", css="wait", style=wait), tag("i", css="work", style=work), css="rail")


def _moment(asked: Asked, at: datetime) -> str:
    return f"{asked.view.language.day(at, year=True)} {at:%H:%M}"

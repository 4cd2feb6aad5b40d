"""What superfluous steps cost: by step with roubles a month, month by month.

Invariant: where no cost is known the hours are told and how a cost can be given, never 0 roubles.
"""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kpi.process.cost import Waste, by_step, months, wastes
from pages._ui.markup import Html, joined, quiet, section, tag
from pages._ui.people.parts import block, figures
from pages._ui.process.asked import Asked

MOST_MONTHS = 6
"""Months of the table, the latest."""
LISTED = 12
"""Steps of the table."""


def of(asked: Asked) -> tuple[Waste, ...]:
    """What adds nothing, by step, reason and month."""
    return asked.kept("wastes", lambda: wastes(asked.log))


def monthly(asked: Asked, found: Sequence[Waste]) -> float:
    """Roubles of these a month; NaN where none is known."""
    known = [waste.cost for waste in found if waste.cost == waste.cost]
    return sum(known) / months(*asked.days) if known else float("nan")


def show(asked: Asked) -> None:
    """The sentence and the tables."""
    found, t = of(asked), asked.view.language.t
    if not found:
        st.html(block(quiet(t("No step is marked as superfluous and none is repeated."))))
        return
    st.html(joined([_sentence(asked, found), _by_step(asked, found), *_by_month(asked, found)]))


def _sentence(asked: Asked, found: Sequence[Waste]) -> Html:
    words = asked.view.language
    cost, hours = monthly(asked, found), sum(waste.work for waste in found if waste.work == waste.work)
    if cost == cost:
        told = words.t(
            "Superfluous steps and repeats cost {cost} a month and take {hours} of work.",
            cost=words.value(cost, "money"), hours=words.value(hours / months(*asked.days), "hours"),
        )  # fmt: skip
    else:
        told = words.t("What an hour of work costs is not told: enter it above to see roubles.")
    missing = sum(waste.unpriced for waste in found)
    if cost == cost and missing:
        told += " " + words.tn(
            "The cost of {n} more is not known and in no sum.",
            "The cost of {n} more is not known and in no sum.",
            missing,
        )
    return tag("p", told, css="lead")


def _by_step(asked: Asked, found: Sequence[Waste]) -> Html:
    t, words, length = asked.view.language.t, asked.view.language, months(*asked.days)
    rows = [
        (
            one.activity, _why(asked, one.why), words.number(one.count), asked.duration(one.hours / one.count),
            words.value(one.work, "hours"), words.value(one.cost / length, "money"),
        )
        for one in by_step(found)[:LISTED]
    ]  # fmt: skip
    head = (
        t("Step"), t("Why"), t("How many times"), t("It adds to a case, on average"), t("Work"), t("Roubles a month"),
    )  # fmt: skip
    note = t("what it adds: the wait before it and its work")
    return block(section(t("By step"), note), figures(head, rows, frozenset({1})))


def weight(group: Sequence[Waste]) -> float:
    """What these are ranked by: their roubles, else the hours they add."""
    costs = sum(waste.cost for waste in group if waste.cost == waste.cost)
    return costs or sum(waste.hours for waste in group) * 1e-9


def _why(asked: Asked, why: str) -> str:
    t = asked.view.language.t
    return t("▲ superfluous") if why == "superfluous" else t("↻ repeated")


def _by_month(asked: Asked, found: Sequence[Waste]) -> list[Html]:
    """Roubles, or where they are not known executions, of each month; nothing where there is but one."""
    t, words = asked.view.language.t, asked.view.language
    listed = sorted({waste.month for waste in found})[-MOST_MONTHS:]
    if len(listed) < 2:
        return []
    in_roubles = any(waste.cost == waste.cost for waste in found)
    names = sorted(
        {waste.activity for waste in found}, key=lambda name: -weight([w for w in found if w.activity == name])
    )

    def cell(name: str | None, month: date) -> str:
        mine = [w for w in found if w.month == month and name in (None, w.activity)]
        if not in_roubles:
            return words.number(sum(w.count for w in mine))
        return words.value(sum(w.cost for w in mine if w.cost == w.cost), "money")

    rows = [(name, *(cell(name, month) for month in listed)) for name in names[:LISTED]]
    rows.append((t("All together"), *(cell(None, month) for month in listed)))
    head = (t("Step"), *(words.period(month, "month") for month in listed))
    note = t("roubles, by the month in which the step ended") if in_roubles else t("times, by month")
    return [block(section(t("By month"), note), figures(head, rows))]

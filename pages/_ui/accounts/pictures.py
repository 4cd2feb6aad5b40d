"""The two pictures: what came through at every step, and what each step costs.

Invariant: both show the same members in the same order; those that find no place are counted in the line below the
title and stand in the table.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from kpi import charts
from kpi.accounts import COSTS, PERIODS, RATES, STEPS, Comparison, Member, Rate, words
from kpi.accounts.notes import unique_text
from kpi.charts import Drawn, Group, Row
from pages._ui import address, drawing, session
from pages._ui.session import View

MOST = 4
"""Members in a picture."""
YIELD = {
    "views": "view_rate",
    "contacts": "contact_rate",
    "ad_orders": "order_rate",
    "orders": "done_rate",
    "revenue": "ticket",
}
"""Step → the rate written beside it."""
LEAST, WIDEST = 0.5, 3.0
"""Doublings from the middle to an end of the scale of costs, at least and at most."""
FILTERS = (*address.DIMENSIONS, *address.MORE)
"""Slices whose members a click filters by."""


def shown(found: Comparison) -> tuple[Member, ...]:
    """The members in the pictures."""
    named = found.named or tuple(one for one in found.members if one.member is not None)
    return named[-MOST:] if found.asked.by in PERIODS else named[:MOST]


def funnel(view: View, found: Comparison) -> Drawn:
    """Bars at every step."""
    t = view.language.t

    def draw() -> Drawn:
        members = shown(found)
        steps = [step for step in STEPS if found.total.counts[step.id] is not None]
        groups = [_step(view, found, members, step.id, step.unit) for step in steps]
        titles = t("From impression to money, {period}", period=view.language.span(found.since, found.until))
        below = " ".join(filter(None, (unique_text(found, view.language), _more(view, found, members))))
        return _drawn(view, found, groups, (titles, below), "bars")

    return session.kept(view, ("funnel", found.asked, view.language.code, view.theme), draw)


def costs(view: View, found: Comparison) -> Drawn | None:
    """Dots with intervals, each beside what it costs for all together; None: no cost is known."""
    known = [rate for rate in COSTS if rate.id in found.total.rates and found.total.rates[rate.id].value > 0]
    if not known:
        return None
    t = view.language.t

    def draw() -> Drawn:
        members = shown(found)
        groups = [_cost(view, found, members, rate) for rate in known]
        titles = t("What each step costs, {period}", period=view.language.span(found.since, found.until))
        below = t("₽; dots right of the line are dearer than all together; lines: interval of 95 %")
        return _drawn(view, found, groups, (titles, below), "dots")

    return session.kept(view, ("costs", found.asked, view.language.code, view.theme), draw)


def show(drawn: Drawn, name: str, found: Comparison) -> None:
    """A picture; a click on a member narrows the page to it, where the slice can be filtered by."""
    by = found.asked.by

    def picked(selection: Mapping[str, Any]) -> None:
        member = drawn.picked(selection)
        if member is not None:
            address.change({by: [member[0] or ""], "by": None})

    drawing.show(drawn, f"accounts-{name}", picked if by in FILTERS else None)


def _drawn(view: View, found: Comparison, groups: Sequence[Group], titles: tuple[str, str], kind: Any) -> Drawn:
    members = tuple(one.member for one in shown(found))
    if kind == "bars":
        return charts.step_rows(groups, titles, view.language, view.theme, kind="bars", members=members)
    places = [abs(p) for group in groups for row in group.rows for p in (row.place, row.low, row.high) if p is not None]
    end = min(max([*places, LEAST]), WIDEST) * 1.06
    middle = (0.0, view.language.t("all together"))
    return charts.step_rows(
        groups, titles, view.language, view.theme, kind="dots", ends=(-end, end), middle=middle, members=members
    )


def _more(view: View, found: Comparison, members: Sequence[Member]) -> str:
    more = len(found.members) - len(members)
    return view.language.tn("{n} more in the table.", "{n} more in the table.", more) if more else ""


def _step(view: View, found: Comparison, members: Sequence[Member], step: str, unit: str) -> Group:
    title, rate = words.step_titles(view.language)[step], YIELD.get(step)
    beside = {
        "views": view.language.t("of impressions"), "contacts": view.language.t("of views"),
        "ad_orders": view.language.t("of contacts"), "orders": view.language.t("for 100 contacts"),
        "revenue": view.language.t("for an order"),
    }.get(step)  # fmt: skip
    most = max((one.counts[step] or 0.0 for one in members), default=0.0) or 1.0
    rows = []
    for one in members:
        value = one.counts[step]
        note = _note(view, one, rate) if rate is not None else ""
        place = None if value is None else value / most
        told = words.verdict_text(RATES[rate], one.differences.get(rate), view.language) if rate is not None else ""
        rows.append(
            Row(words.name(found, one, view.language), place, view.language.value(value, unit), note, told=told)
        )
    known = beside is not None and any(row.note for row in rows)
    return Group(f"{title}, {beside}" if known else title, tuple(rows))


def _note(view: View, one: Member, rate: str) -> str:
    """«▲ 6,65 %»."""
    value = one.rate(rate)
    if value is None:
        return ""
    told = one.differences.get(rate)
    mark = {"worse": "▲ ", "better": "● "}.get(told.verdict, "") if told else ""
    return mark + view.language.value(value, RATES[rate].unit)


def _cost(view: View, found: Comparison, members: Sequence[Member], rate: Rate) -> Group:
    whole = found.total.rates[rate.id].value

    def place(value: float | None) -> float | None:
        if value is None:
            return None
        return math.log2(value / whole) if value > 0 else -WIDEST

    rows = []
    for one in members:
        own, told = one.rates.get(rate.id), one.differences.get(rate.id)
        name = words.name(found, one, view.language)
        if own is None:
            rows.append(Row(name, None, "—"))
            continue
        verdict = told.verdict if told else ""
        mark = {"worse": "▲ ", "better": "● "}.get(verdict, "")
        low, high = place(own.low), place(own.high)
        at = min(max(place(own.value) or 0.0, -WIDEST), WIDEST)
        rows.append(
            Row(
                name, at, mark + view.language.value(own.value, rate.unit), words.interval(own, view.language),
                low, high, verdict, words.verdict_text(rate, told, view.language),
            )
        )  # fmt: skip
    return Group(view.language.t(rate.title.text), tuple(rows))

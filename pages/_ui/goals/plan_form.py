"""The numbers of a plan, by month or quarter of a year, and the one sum of a period with its pace.

Invariant: a period that is left empty is not planned; nothing is entered for it, unless a number stood there before.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from data.store.entries import NewTarget, TargetRow
from kpi.compile.windows import floor, step
from kpi.model import Grain, Kpi
from pages._ui import frame
from pages._ui.session import View

Scope = tuple[str, str] | None


def periods(view: View, kpi: Kpi, scope: Scope) -> list[NewTarget]:
    """A table of a year's months or quarters with what is good and what is still acceptable."""
    t = view.language.t
    left, right = st.columns(2)
    years = [view.today.year - 1, view.today.year, view.today.year + 1]
    year = left.selectbox(t("Year"), years, index=1, key=f"plan-year-{kpi.id}")
    names: dict[Grain, str] = {"month": t("by month"), "quarter": t("by quarter")}
    chosen = right.selectbox(t("Periods"), list(names), key=f"plan-grain-{kpi.id}", format_func=names.__getitem__)
    grain: Grain = chosen or "month"
    firsts = [view.today.replace(year=year, month=1, day=1)]
    while len(firsts) < {"month": 12, "quarter": 4}[grain]:
        firsts.append(step(firsts[-1], grain, 1))
    before = {row.valid_from: row for row in _cells(view, kpi, scope) if row.grain == grain}
    table = pd.DataFrame([_line(view, kpi, first, grain, before.get(first)) for first in firsts])
    key = f"plan-{kpi.id}-{year}-{grain}-{scope}"
    edited = st.data_editor(
        table, key=key, hide_index=True, num_rows="fixed", disabled=["period"], column_config=_config(view, kpi),
        width="stretch", height="content", placeholder="—",
    )  # fmt: skip
    frame.quiet(t("Numbers can be pasted from a spreadsheet. Empty periods are not planned."))
    rows = edited.to_dict("records")
    wanted = [(_new(kpi, scope, first, grain, row), before.get(first)) for first, row in zip(firsts, rows, strict=True)]
    return [new for new, row in wanted if new.sides != (row.sides if row is not None else (None,) * 4)]


def one_sum(view: View, kpi: Kpi, scope: Scope) -> list[NewTarget]:
    """A month, quarter or year, and what should have come together by its end."""
    t = view.language.t
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    options = [(grain, step(floor(view.today, grain), grain, n)) for grain in _LENGTHS for n in (0, 1)]
    chosen = left.selectbox(
        t("Period"), options, key=f"sum-period-{kpi.id}", format_func=lambda one: view.language.period(one[1], one[0])
    )
    label = t("At most in all") if kpi.better == "lower" else t("At least in all")
    good = middle.number_input(label, value=None, key=f"sum-{kpi.id}")
    ok = right.number_input(t("Still acceptable"), value=None, key=f"sum-ok-{kpi.id}", placeholder=t("optional"))
    frame.quiet(t("Every day shows where the sum should be by then, spread evenly over the days of the period."))
    if chosen is None or good is None:
        return []
    grain, first = chosen
    return [_target(kpi, scope, "cumulative", first, grain, (good, None, ok))]


_LENGTHS: tuple[Grain, ...] = ("month", "quarter", "year")


def _cells(view: View, kpi: Kpi, scope: Scope) -> list[TargetRow]:
    rows = view.store.entries.targets()
    return [row for row in rows if row.kpi == kpi.id and row.scope == scope and row.is_cell]


def _line(view: View, kpi: Kpi, first: Any, grain: Grain, row: TargetRow | None) -> dict[str, Any]:
    line: dict[str, Any] = {"period": view.language.period(first, grain)}
    for name in _names(kpi):
        line[name] = float("nan") if row is None or getattr(row, name) is None else getattr(row, name)
    return line


def _names(kpi: Kpi) -> tuple[str, ...]:
    return {
        "higher": ("good_low", "ok_low"), "lower": ("good_high", "ok_high"), "band": ("good_low", "good_high"),
    }[kpi.better]  # fmt: skip


def _config(view: View, kpi: Kpi) -> dict[str, Any]:
    t = view.language.t
    titles = {
        "good_low": t("At least"), "good_high": t("At most"), "ok_low": t("Still acceptable"),
        "ok_high": t("Still acceptable"),
    }  # fmt: skip
    numbers = {
        name: st.column_config.NumberColumn(titles[name], format="localized", width="small") for name in _names(kpi)
    }
    return {"period": st.column_config.TextColumn(t("Period"), width="small"), **numbers}


def _new(kpi: Kpi, scope: Scope, first: Any, grain: Grain, row: dict[Any, Any]) -> NewTarget:
    """The period's number; without sides where what makes it one is missing."""
    values = [None if pd.isna(row[name]) else float(row[name]) for name in _names(kpi)]
    if values[0] is None or (kpi.better == "band" and values[1] is None):
        values = [None, None]
    numbers = (values[0], values[1], None) if kpi.better == "band" else (values[0], None, values[1])
    return _target(kpi, scope, "plan", first, grain, numbers)


def _target(kpi: Kpi, scope: Scope, kind: Any, first: Any, grain: Grain, numbers: Sequence[float | None]) -> NewTarget:
    """`numbers`: what is good, a band's other side, what is still acceptable."""
    good, other, ok = numbers
    last = step(first, grain, 1) - timedelta(days=1)
    sides = {
        "higher": (good, None, ok, None), "lower": (None, good, None, ok), "band": (good, other, None, None),
    }[kpi.better]  # fmt: skip
    return NewTarget(kpi.id, kind, scope, first, last, grain, *sides)

"""The table of the comparison: sortable, with everything that is known, and safe to take away.

Invariant: the download holds the figures exactly as they are, with their intervals and what views and contacts are.
"""

from typing import Any

import pandas as pd
import streamlit as st

from kpi.accounts import RATES, Comparison, Member, words
from pages._ui import download
from pages._ui.session import View

MOST = 15
"""Rows up to which the table is as high as they are."""


def show(view: View, found: Comparison) -> None:
    """The table and the button to take it away."""
    table = frame(view, found)
    st.dataframe(
        download.safe(table), hide_index=True, key="accounts_table", placeholder="",
        height=600 if len(table) > MOST else "content", column_config=_formats(table),
    )  # fmt: skip
    name = f"accounts-{found.asked.by}-{found.since}-{found.until}.csv"
    st.download_button(
        view.language.t("Download the table"), lambda: download.csv(taken(view, found), view.language), name,
        mime="text/csv", key="accounts_take", icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def frame(view: View, found: Comparison) -> pd.DataFrame:
    """A row a member, all together last."""
    t, titles = view.language.t, words.step_titles(view.language)
    rows = [(words.name(found, one, view.language), one) for one in found.members] + [(t("all"), found.total)]
    cells: dict[str, list[object]] = {words.slice_title(found.asked.by, view.language): [name for name, _ in rows]}
    cells[t("Days")] = [one.days for _, one in rows]
    for step, title in titles.items():
        if found.total.counts[step] is not None:
            cells[title] = [_short(one.counts[step]) for _, one in rows]
    for step in ("spend", "contacts"):
        if found.total.counts[step] is not None:
            cells[t("{step} a day", step=titles[step])] = [_daily(one, step) for _, one in rows]
    for rate in RATES.values():
        if rate.id in found.total.rates:
            cells[_title(view, rate.id)] = [_short(one.rate(rate.id)) for _, one in rows]
    return pd.DataFrame(cells)


def taken(view: View, found: Comparison) -> pd.DataFrame:
    """The table as it is taken away: with intervals, and what was compared."""
    t, table = view.language.t, frame(view, found)
    members = (*found.members, found.total)
    for rate in RATES.values():
        if rate.id in found.total.rates:
            title = _title(view, rate.id)
            table[t("{rate}: from", rate=title)] = [_short(_end(one, rate.id, low=True)) for one in members]
            table[t("{rate}: to", rate=title)] = [_short(_end(one, rate.id, low=False)) for one in members]
    kinds = {
        "daily": t("sums of daily uniques"), "period": t("uniques of the period"),
        "parts": t("parts of longer periods' uniques"), "mixed": t("mixed"),
    }  # fmt: skip
    table[t("Views and contacts are")] = [kinds[one.kind] if one.kind else "" for one in members]
    table[t("From")], table[t("To")] = found.since.isoformat(), found.until.isoformat()
    return table


def _title(view: View, rate: str) -> str:
    """What a rate is called where no heading says that it is a cost."""
    title = view.language.t(RATES[rate].title.text)
    unit = view.language.unit(RATES[rate].unit)
    cost = view.language.t("Cost: {what}", what=title) if rate.startswith("cost_") else title
    return f"{cost}, {unit}" if unit else cost


def _end(one: Member, rate: str, *, low: bool) -> float | None:
    if rate not in one.rates:
        return None
    return one.rates[rate].low if low else one.rates[rate].high


def _daily(one: Member, step: str) -> float | None:
    value = one.counts[step]
    return None if value is None or not one.days else _short(value / one.days)


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _formats(table: pd.DataFrame) -> dict[str, Any]:
    numbers = [name for name in table.columns if pd.api.types.is_numeric_dtype(table[name])]
    return {name: st.column_config.NumberColumn(format="localized") for name in numbers}

"""The rows behind a number: searchable, and safe to take away.

Invariant: the rows are selected by the same definition, period and filters as the number above them, through the
Reader; so their count is the number's count, and nothing outside the person's scope can appear.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from data.errors import NotAllowed
from data.model import Role
from kpi.compile import Page
from kpi.evaluate import Behind, leaves_of, rows_behind
from kpi.model import Kpi, Query
from pages._ui import board, deeds, download, filters, frame, session
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.session import View
from pages._ui.titles import column_title, fact_title, says_words, word_title

SHOWN = 500
"""Rows on the screen."""

TAKEN: Mapping[Role, int] = {"owner": 200_000, "lead": 50_000, "viewer": 10_000}
"""Rows in a download, by who takes them."""


@dataclass(frozen=True)
class Asked:
    """Which rows are wanted."""

    leaf: Kpi
    """The value they entered."""
    query: Query
    """Period, filters and dimension of the page."""
    member: tuple[str | None] | None
    """The slice they belong to; None: all."""
    search: str
    """Text some cell holds."""


def show(view: View, figure: Figure, chosen: Filters, dimension: str | None) -> None:
    """The section: what, whose, search, table, download."""
    kpi = figure.kpi.id
    leaves = session.kept(view, ("leaves", kpi), lambda: leaves_of(view.reader, view.kpis, kpi))
    if not leaves:
        return
    t = view.language.t
    frame.section(t("The rows behind the number"))
    with st.container(key="rows", horizontal=True, vertical_alignment="bottom"):
        leaf = _leaf(view, leaves)
        member = _member(view, dimension)
        search = st.text_input(
            t("Search"), key="rows_search", type="search", placeholder=t("Search"), label_visibility="collapsed"
        )
    asked = Asked(leaf, board.total_query((leaf.id,), chosen, dimension), member, search or "")
    try:
        found = _found(view, asked)
    except NotAllowed as error:
        frame.quiet(view.language.render(error.title))
        return
    if not found.total:
        frame.quiet(t("No rows with these filters."))
        return
    table, formats = _shown(view, asked, found)
    st.dataframe(table, hide_index=True, height=360, key="rows_table", placeholder="", column_config=formats)
    _take_away(view, asked, figure, chosen, found)


def ask(view: View, figure: Figure, chosen: Filters, dimension: str | None) -> None:
    """What the section would ask at first, and nothing shown. Raises `NotAllowed` for staff answers."""
    leaves = leaves_of(view.reader, view.kpis, figure.kpi.id)
    if leaves:
        asked = Asked(leaves[0], board.total_query((leaves[0].id,), chosen, dimension), None, "")
        found = _found(view, asked)
        if found.total:
            _shown(view, asked, found)


def _found(view: View, asked: Asked) -> Behind:
    return session.kept(view, asked, lambda: rows(view, asked, SHOWN))


def _shown(view: View, asked: Asked, found: Behind) -> tuple[pa.Table, dict[str, Any]]:
    return session.kept(view, (asked, "table", view.language.code), lambda: _table(view, found))


def rows(view: View, asked: Asked, limit: int) -> Behind:
    """The rows, newest first."""
    page = Page(asked.search, limit, 0)
    return rows_behind(view.reader, asked.leaf, asked.query, asked.member, page)


def titled(view: View, found: Behind) -> pd.DataFrame:
    """The rows under their columns' names for people; columns without a value are left out."""
    kept = found.frame.loc[:, found.frame.notna().any()]
    if "is_used" in kept and kept["is_used"].all():
        kept = kept.drop(columns="is_used")
    names = [_title(view, str(name), found.relation) for name in kept.columns]
    shown = kept.set_axis(_distinct(names), axis=1)
    for place, name in enumerate(kept.columns):
        written = _written(view, kept[name], found.relation)
        if written is not None:
            shown = shown.assign(**{shown.columns[place]: written})
    return shown


def _written(view: View, cells: "pd.Series[Any]", relation: str) -> "pd.Series[Any] | None":
    """Yes, no and the schema's words in the person's language; None: the cells are as people wrote them."""
    if cells.dtype == bool:
        return cells.map({True: view.language.t("yes"), False: view.language.t("no")})
    if says_words(str(cells.name), relation):
        return cells.map({word: word_title(view, word, str(cells.name)) for word in cells.dropna().unique()})
    return None


def _table(view: View, found: Behind) -> tuple[pa.Table, dict[str, Any]]:
    """The rows for the screen, as they travel to it, and how their columns are written."""
    table = titled(view, found)
    return pa.Table.from_pandas(table, preserve_index=False), moments(table)


def moments(table: pd.DataFrame) -> dict[str, Any]:
    """How the columns of dates are written: without the time where there is none."""
    found = {}
    for name in table.columns:
        if pd.api.types.is_datetime64_any_dtype(table[name]):
            known = table[name].dropna().to_numpy()
            whole = bool((known == known.astype("datetime64[D]")).all())
            found[str(name)] = st.column_config.DatetimeColumn(format="DD.MM.YYYY" if whole else "DD.MM.YYYY HH:mm")
    return found


def _title(view: View, name: str, relation: str) -> str:
    known = {"day": view.language.t("Day"), "is_used": view.language.t("Entered the value")}
    return known.get(name) or column_title(view, name, relation)


def _distinct(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return made


def _leaf(view: View, leaves: tuple[Kpi, ...]) -> Kpi:
    """Which of the values the KPI is made of, where there are several."""
    if len(leaves) == 1:
        return leaves[0]
    known = {leaf.id: leaf for leaf in leaves}
    names = {
        leaf.id: f"{view.language.catalogue(leaf.title)} · {fact_title(view, leaf.relation or '')}" for leaf in leaves
    }
    picked: str = st.selectbox(
        view.language.t("Rows of"), list(known), key=f"rows_leaf_{leaves[0].id}", label_visibility="collapsed",
        format_func=lambda name: names[name],
    )  # fmt: skip
    return known[picked]


def point(dimension: str, member: str | None) -> None:
    """Chooses whose rows are shown; None: everybody's."""
    st.session_state[f"rows_member_{dimension}"] = member


def _member(view: View, dimension: str | None) -> tuple[str | None] | None:
    """The member whose rows are shown, where the KPI is broken down."""
    if dimension is None:
        return None
    title = filters.dimension_name(view, dimension)
    member: str | None = st.selectbox(
        title, [*session.members(view, dimension), filters.NOT_FILLED], index=None, key=f"rows_member_{dimension}",
        label_visibility="collapsed", placeholder=view.language.t("{dimension}: all", dimension=title),
        format_func=lambda name: filters.member_name(view, dimension, name),
    )  # fmt: skip
    return None if member is None else (member or None,)


def _take_away(view: View, asked: Asked, figure: Figure, chosen: Filters, found: Behind) -> None:
    t, tn = view.language.t, view.language.tn

    most, note_taken = TAKEN[view.reader.scope.role], deeds.noting("exported", f"{figure.kpi.id}, {found.total}")

    def file() -> bytes:
        note_taken()
        return download.csv(titled(view, rows(view, asked, most)), view.language)

    note = tn("{n} row", "{n} rows", found.total)
    if found.total > SHOWN:
        whole = t("the newest {n} are shown, the file holds all", n=SHOWN)
        note += "; " + (whole if found.total <= most else t("the file holds the newest {n}", n=most))
    with st.container(horizontal=True, vertical_alignment="center"):
        name = f"{figure.kpi.id}_{chosen.span.since.isoformat()}_{chosen.span.until.isoformat()}.csv"
        st.download_button(
            t("Download as CSV"), file, name, "text/csv", key="rows_csv", on_click="ignore", icon=":material/download:"
        )
        st.caption(note)

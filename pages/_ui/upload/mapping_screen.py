"""The mapping of one table: a person's own values beside our reading of them.

Invariant: every source column is shown with its values, whether we use it or not; a column that is not used is said to
be kept with the row.
"""

from datetime import datetime, time
from itertools import zip_longest

import streamlit as st

from data.ingest.pipeline import ColumnPreview, Proposal
from data.model import Fact
from data.schema.loader import fact as fact_named
from data.schema.loader import facts
from pages._ui import frame
from pages._ui.escape import markdown
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View
from pages._ui.titles import fact_title, word_title
from pages._ui.upload import answers, units_screen, words_screen
from pages._ui.upload import reading as readings
from pages._ui.upload.reading import Reading

_TOLD_OF_THE_FILE = ("hidden_sheets", "empty_sheets")
"""Findings that stand below all sheets of the file."""
SURE = 0.9
"""From this confidence on a guess is not marked as one."""


def show(view: View, reading: Reading, index: int) -> None:
    """The whole table."""
    table = reading.tables[index]
    prefix = f"{reading.arrival.id}-{index}"
    _fact(view, reading, index, prefix)
    answers.show(view, reading, index, prefix)
    if table.mapping is None:
        return
    known = fact_named(table.mapping.fact)
    _head(view, prefix)
    for place, column in enumerate(table.preview):
        _column(view, reading, index, known, column, f"{prefix}-{place}")
    units_screen.computed(view, known, table.mapping)
    _notes(view, table)


def _fact(view: View, reading: Reading, index: int, prefix: str) -> None:
    table, t, key = reading.tables[index], view.language.t, f"fact-{prefix}"
    st.session_state[key] = table.mapping.fact if table.mapping else None
    st.selectbox(
        t("What is one row of this table?"), list(facts()), index=None, key=key,
        placeholder=t("Choose what the table holds"), on_change=_choose_fact, args=(view, reading, index, key),
        format_func=lambda name: f"{fact_title(view, name)} — {view.language.catalogue(facts()[name].grain)}",
    )  # fmt: skip


def _choose_fact(view: View, reading: Reading, index: int, key: str) -> None:
    if st.session_state[key]:
        readings.of_fact(view, reading, index, st.session_state[key])


def _head(view: View, prefix: str) -> None:
    with st.container(key=f"columns-head-{prefix}"):
        left, right = st.columns([3, 2], gap="medium")
        with left:
            frame.quiet(view.language.t("Your column and its first values → as we read them"))
        with right:
            frame.quiet(view.language.t("What it is"))


def _column(view: View, reading: Reading, index: int, known: Fact, column: ColumnPreview, prefix: str) -> None:
    mapping = reading.tables[index].mapping
    if mapping is None:
        return
    with st.container(key=f"column-{prefix}"):
        left, right = st.columns([3, 2], gap="medium", vertical_alignment="center")
        with left:
            st.html(_values(view, column, known.column(column.target).type if column.target else "text"))
        with right:
            _target(view, reading, index, known, column, f"target-{prefix}-{mapping.fact}")
        if column.target is not None:
            words_screen.show(view, reading, index, known.column(column.target), column, prefix)
            units_screen.show(view, reading, index, known.column(column.target), column, prefix)


def _target(view: View, reading: Reading, index: int, known: Fact, column: ColumnPreview, key: str) -> None:
    """What the column is; a guess that is not sure says so."""
    st.session_state[key] = column.target
    st.selectbox(
        markdown(column.header), [None, *(c.name for c in known.columns)], key=key, label_visibility="collapsed",
        format_func=lambda name: _target_name(view, known, name), on_change=_choose_target,
        args=(view, reading, index, column.header, key), placeholder=_target_name(view, known, None),
    )  # fmt: skip
    if column.target is not None and column.confidence < SURE:
        frame.quiet(view.language.t("Our guess: please check."))


def _choose_target(view: View, reading: Reading, index: int, header: str, key: str) -> None:
    mapping = reading.tables[index].mapping
    if mapping is not None:
        readings.correct(view, reading, index, readings.with_target(mapping, header, st.session_state[key]))


def _values(view: View, column: ColumnPreview, kind: str) -> Html:
    """Raw values in a row, each with our reading beside it where that differs."""
    cells = [
        _cell(view, raw, in_words(view, kind, read)) for raw, read in zip_longest(column.raw, column.read or column.raw)
    ]
    name = column.header or tag("span", view.language.t("no header"), css="none")
    return tag("div", tag("span", name, css="head"), *cells, css="cells")


def in_words(view: View, kind: str, read: str | None) -> str | None:
    """A cell as we read it, in the person's language: dates, numbers and words."""
    if not read:
        return read
    if kind in ("word", "boolean"):
        return word_title(view, read)
    if kind in ("time", "date"):
        moment = datetime.fromisoformat(read)
        clock = "" if moment.time() == time() else f" {moment:%H:%M}"
        return view.language.day(moment.date(), year=True) + clock
    return view.language.number(float(read)) if kind in ("number", "money") else read


def _cell(view: View, raw: str | None, read: str | None) -> Html:
    if raw is None or raw == "":
        return tag("span", view.language.t("empty"), css="cell none")
    if not read:
        return tag("span", raw, " ✕", css="cell failed", title=view.language.t("not understood"))
    return tag("span", raw, *([] if read == raw else [" → ", tag("b", read)]), css="cell")


def _target_name(view: View, known: Fact, name: str | None) -> str:
    if name is None:
        return view.language.t("not used (kept with the row)")
    return view.language.catalogue(known.column(name).title)


def _notes(view: View, table: Proposal) -> None:
    told = [finding.message for finding in table.findings if finding.rule not in _TOLD_OF_THE_FILE]
    st.html(tag("div", *(quiet(view.language.render(message)) for message in told), css="notes"))

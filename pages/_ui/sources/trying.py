"""What a check gives: whether the source answers, and its first rows as they would be read.

Invariant: nothing is loaded and nothing kept.
"""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from data.collect.kinds import kind_named
from data.collect.running import secret_of
from data.collect.settings import settled
from data.collect.trial import Sample, Trial, trial
from data.errors import UserError
from data.ingest.pipeline import ColumnPreview, Proposal
from data.schema.loader import fact
from data.store.entries.collect import Connection, NewConnection
from pages._ui import errors, frame
from pages._ui.escape import markdown
from pages._ui.session import View
from pages._ui.titles import column_title, fact_title
from pages._ui.upload import mapping_screen

ROWS = 5
"""Of a table that are shown."""


def show(view: View, new: NewConnection, secrets: Mapping[str, str], known: Connection | None) -> None:
    """Ask it, and show what it answered."""
    kind = kind_named(new.kind)
    try:
        with st.spinner(view.language.t("Asking…"), show_time=True):
            found = trial(view.store, kind, settled(kind, new.settings), _secret(view, secrets, known), new.fact)
    except UserError as error:
        errors.show(view.language, error)
        return
    _answer(view, found)


def _secret(view: View, entered: Mapping[str, str], known: Connection | None) -> Callable[[str], str]:
    """What was entered, else what is sealed."""
    kept = secret_of(view.store, known) if known is not None else lambda _name: ""
    return lambda name: entered.get(name) or kept(name)


def _answer(view: View, found: Trial) -> None:
    t = view.language.t
    for line in found.told:
        frame.quiet(view.language.render(line))
    if not found.samples:
        st.info(t("It answers; there is nothing to take yet."), icon=":material/check:")
    for sample in found.samples:
        _sample(view, sample)


def _sample(view: View, sample: Sample) -> None:
    if sample.trouble is not None:
        st.markdown(f"**{markdown(sample.name)}**")
        errors.show(view.language, sample.trouble)
    for table in sample.tables:
        _table(view, sample, table)


def _table(view: View, sample: Sample, table: Proposal) -> None:
    """The cells as they are there, under what each column is taken for."""
    t = view.language.t
    held = fact_title(view, table.mapping.fact) if table.mapping is not None else t("not recognised yet")
    name = sample.name + (f" · {table.sheet}" if table.sheet else "")
    rows = view.language.tn("{n} row", "{n} rows", table.rows)
    st.markdown(f"**{markdown(name)}**: {markdown(held)}, {rows}")
    cells = dict(_column(view, table, column) for column in table.preview if column.raw)
    if cells:
        st.dataframe(pd.DataFrame(cells), hide_index=True)
    for question in table.questions:
        frame.quiet(view.language.render(question))
    if table.questions:
        frame.quiet(t("Its files wait on this page until you have said what is what, once."))


def _column(view: View, table: Proposal, column: ColumnPreview) -> tuple[str, pd.Series]:
    """A column's header with what it is taken for, and its cells as they would be read."""
    if column.target is None or table.mapping is None:
        return column.header, pd.Series(column.raw[:ROWS], dtype="string")
    known = fact(table.mapping.fact)
    kind, title = known.column(column.target).type, column_title(view, column.target, known.name)
    cells = [mapping_screen.in_words(view, kind, read) for read in column.read or column.raw]
    return f"{column.header} → {title}", pd.Series(cells[:ROWS], dtype="string")

"""The log of collections."""

import streamlit as st

from data.store.entries.collect import Run
from pages._ui.markup import table
from pages._ui.session import View
from pages._ui.sources.sentence import moment

SHOWN = 30


def show(view: View) -> None:
    """The latest runs that brought something, failed, or wait; those that found nothing new are counted in none."""
    runs = [one for one in view.store.entries.runs.latest(most=400) if one.ended.outcome != "nothing"][:SHOWN]
    if not runs:
        return
    t, names = view.language.t, {one.id: one.name for one in view.store.entries.connections.all()}
    with st.expander(t("Log")):
        head = (t("When"), t("Source"), t("What came of it"))
        st.html(
            table(
                [(moment(view.language, one.began_at), names[one.connection], _said(view, one)) for one in runs], head
            )
        )


def _said(view: View, run: Run) -> str:
    t, ended = view.language.t, run.ended
    words = {
        "running": t("is running"), "waiting": t("a file waits for a decision"),
        "cut": t("was cut off, goes on next time"),
        "came": t("{new} new rows, {changed} changed", new=view.language.number(ended.rows_new),
                  changed=view.language.number(ended.rows_changed)),
    }  # fmt: skip
    if ended.outcome == "failed" and ended.trouble is not None:
        return view.language.render(ended.trouble.title)
    rejected = view.language.tn("{n} row rejected", "{n} rows rejected", ended.rejected)
    return words.get(ended.outcome, t("failed")) + (f", {rejected}" if ended.rejected else "")

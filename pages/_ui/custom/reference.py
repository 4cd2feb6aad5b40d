"""What the words of a formula mean, one click away from it."""

from collections.abc import Iterable, Sequence

import streamlit as st

from kpi.custom.binding import Known, bind
from kpi.custom.kinds import NAMES
from kpi.custom.preview import known_in
from kpi.custom.speaking import column_in, spoken, table_in, value_in, word_in
from kpi.custom.vocabulary import Table
from kpi.custom.words import BETWEEN, COUNTING, OF_A_ROW, PERIOD_WORD, Word
from pages._ui import session
from pages._ui.markup import Html, quiet, table, tag
from pages._ui.session import View

_VALUES = 8
"""Values of a list that are named."""


def show(view: View) -> None:
    """The words, and the columns of one table at a time; made only where the person opened it."""
    t = view.language.t
    with st.expander(t("How to write a formula"), key="own_reference", on_change="rerun") as opened:
        if not opened.open:
            return
        what, loaded = known_in(view.store), view.reader.relations()
        st.html(session.kept(view, ("words of formulas", view.language.code), lambda: _words(view, what)))
        listed = sorted(what.tables.values(), key=lambda one: not (found := loaded.get(one.relation)) or not found.rows)
        chosen = st.selectbox(
            t("Columns of"), [one.relation for one in listed], key="own_columns_of",
            format_func=lambda name: view.language.catalogue(what.tables[name].title),
        )  # fmt: skip
        st.html(_columns(view, what.tables[chosen]))


def _words(view: View, what: Known) -> Html:
    t = view.language.t
    head = (t("Word"), t("What it does"), t("For instance"))
    rules = [
        t("A formula is made of words that count rows, and of KPIs, with + − * / and brackets between them."),
        t("A word names what it counts, then, after a comma, the condition of which rows."),
        t("An empty cell is unknown: its row leaves numerator and denominator. A division by nothing has no value."),
        t("Conditions compare with = <> < > and are joined with «and», «or», «not»; «in (…)» holds several values."),
        t("Texts stand in single quotes. Where two tables have a column, say which, with a dot between."),
    ]

    def listed(words: Iterable[Word]) -> Html:
        return table([_row(view, what, one) for one in words], head)

    return tag(
        "div", tag("ul", *(tag("li", rule) for rule in rules)),
        tag("h4", t("Words that count rows")), listed(COUNTING),
        tag("h4", t("Words about one row")), listed(OF_A_ROW),
        tag("h4", t("Words between KPIs")), listed((*BETWEEN, PERIOD_WORD)), css="reference",
    )  # fmt: skip


def _row(view: View, what: Known, one: Word) -> tuple[str, str, str]:
    example = spoken(bind(one.example, what), what, view.language)
    return word_in(view.language, one), view.language.render(one.meaning), example


def _columns(view: View, of: Table) -> Html:
    t, language = view.language.t, view.language
    rows: list[Sequence[str]] = []
    for told in of.told.values():
        values = ", ".join(f"'{value_in(language, told, value)}'" for value in list(told.words)[:_VALUES])
        meaning = language.render(told.meaning) if told.meaning else language.catalogue(told.title)
        rows.append((column_in(language, told, of), meaning, values or language.render(NAMES[told.kind])))
    name = quiet(t("In formulas this table is called {name}.", name=table_in(language, of)))
    return tag("div", name, table(rows, (t("Column"), t("What it is"), t("Values"))), css="reference")

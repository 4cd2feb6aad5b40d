"""The comparison: the sentence, cards, the way from an impression to money, what each step costs, the table.

Invariant: all is counted before anything is sent, and every figure is of the same days and filters.
"""

import streamlit as st

from kpi.accounts import Comparison, words
from kpi.accounts.notes import notes
from pages._ui import filters, frame, markup
from pages._ui.accounts import asked, cards, figures, pictures
from pages._ui.filters import Filters
from pages._ui.markup import quiet, tag
from pages._ui.session import View


def show(view: View, chosen: Filters) -> None:
    """The tab."""
    found = asked.comparison(view, chosen)
    shared = asked.shared(view, chosen)
    pictured = asked.pictured(view, chosen, found)
    funnel, costs = pictures.funnel(view, pictured), pictures.costs(view, pictured)
    filters.row(view, chosen)
    saving = words.saving(found, view.language)
    first = [asked.tabs(view), frame.said(words.headline(found, view.language))]
    first += [tag("p", saving, css="beside")] if saving else []
    st.html(tag("div", *first, asked.lenses(view), cards.grid(view, found, shared), css="apart"))
    told = [*_marks(view, found), *notes(found, view.language)]
    st.html(tag("div", *(quiet(note) for note in told), css="notes"))
    left, right = st.columns(2, gap="medium")
    with left:
        pictures.show(funnel, "funnel", pictured)
    with right:
        if costs is None:
            frame.quiet(view.language.t("What a step costs is not known: no table tells what was spent."))
        else:
            pictures.show(costs, "costs", pictured)
    frame.section(view.language.t("All figures"), words.slice_title(found.asked.by, view.language))
    figures.show(view, found)
    st.html(markup.folded(view.language.t("How it is reckoned"), *(quiet(line) for line in _how(view))))


def _marks(view: View, found: Comparison) -> list[str]:
    """What the marks mean, where there are any."""
    verdicts = {told.verdict for one in found.members for told in one.differences.values()}
    if not verdicts & {"better", "worse"}:
        return []
    return [view.language.t("▲ worse and ● better than all others together, by more than chance.")]


def _how(view: View) -> list[str]:
    t = view.language.t
    return [
        t(
            "A cost is the sum of spend divided by the sum of what it brought, over rows that tell both; advertising "
            "figures of longer periods are spread evenly over their days, and a day told twice counts once."
        ),
        t(
            "The line beside a figure is its 95 % interval from day to day (ratio estimator, days as clusters; weeks "
            "where there are ten of them or more), wider where a day is like the one before. Below {n} days nothing is "
            "called dearer.", n=14,
        ),
        t(
            "▲ and ● stand where a member differs from all others together by more than chance, all members judged at "
            "once so that at most one in twenty of the marks is a false one."
        ),
    ]  # fmt: skip

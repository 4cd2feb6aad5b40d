"""What stands out: the overview's short list of signals, each opening the KPI where it was seen.

Invariant: looked through after everything else of the page is drawn, once for the data and filters; the period chosen
on the page does not matter, for what is told is what was seen lately.
"""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.language import NBSP
from kpi.watch import Look, Signal, scan
from kpi.watch import words as said
from pages._ui import address, cards, filters, frame, navigation, session
from pages._ui.board import Figure
from pages._ui.escape import markdown
from pages._ui.filters import Filters
from pages._ui.session import View

SHOWN = 7
"""Findings shown at first."""
MARKS = {True: ":green[●]", False: ":red[▲]", None: ":gray[○]"}
"""Good, bad, neither: mark and colour; the word stands at the end of the line."""


def found(view: View, shown: Sequence[Figure], chosen: Filters) -> tuple[Signal, ...]:
    """The findings in the KPIs of the overview, remembered."""
    kpis = tuple(figure.kpi.id for figure in shown if figure.unavailable is None)
    marks = view.marks(("process_change",))
    look = Look(view.reader, view.kpis, view.targets, kpis, marks, chosen.where)
    return session.kept(view, ("standing out", kpis, chosen.where), lambda: scan(look))


def show(view: View, place: DeltaGenerator, shown: Sequence[Figure], chosen: Filters) -> None:
    """The list, in its place of the page."""
    t = view.language.t
    with place, st.container(key="standing"):
        frame.section(
            t("What stands out"), t("signals, not chance; in the key KPIs, by account, branch, team, person, weekday")
        )
        with st.spinner(t("Looking through the key KPIs")):
            signals = found(view, shown, chosen)
        if not signals:
            frame.quiet(t("Nothing stands out: what moved, moved by chance."))
        for signal in signals[:SHOWN]:
            _line(view, signal)
        if len(signals) > SHOWN:
            with st.expander(view.language.tn("{n} more signal", "{n} more signals", len(signals) - SHOWN)):
                for signal in signals[SHOWN:]:
                    _line(view, signal)


def _line(view: View, signal: Signal) -> None:
    words = view.language
    title = f"**{markdown(words.catalogue(signal.kpi.title))}** · {markdown(said.where(signal, words))}"
    others = said.also(signal, words)
    told = f"{said.told(signal, words)} — {said.verdict(signal, words)}{f' ({others})' if others else ''}"
    navigation.link(cards.page(signal.kpi), f"{MARKS[signal.good]} {title}: {_unbroken(told)}", _address(signal))


def _unbroken(text: str) -> str:
    """Escaped, with the spaces that hold a number and its unit together."""
    return "&nbsp;".join(markdown(part) for part in text.split(NBSP))


def _address(signal: Signal) -> dict[str, list[str]]:
    """The KPI with the member filtered and the lens open; of a member that stands apart, beside the others."""
    parts: dict[str, str | None] = {"kpi": signal.kpi.id}
    if signal.scope is None:
        return address.link(**parts, lens="signals")
    dimension, member = signal.scope
    if signal.kind == "apart" or dimension not in filters.DIMENSIONS:
        return address.link(**parts, by=dimension)
    return address.link(**parts, **{dimension: member}, lens="signals")

"""The page of hiring from top to bottom.

Invariant: it is about one period and one set of filters; only the forecast looks beyond the period, and says so.
"""

import streamlit as st

from kpi.hiring import words as said
from kpi.hiring.notes import notes
from kpi.model import Kpi
from pages._ui import area, board, cards, filters, frame, session
from pages._ui.filters import Filters
from pages._ui.hiring import ahead, ends, open_places, people, steps
from pages._ui.hiring.asked import Asked
from pages._ui.markup import Html, joined, link, quiet, section, tag
from pages._ui.session import View

CARDS = (
    "time_to_fill_days", "retention_90_hired", "quality_of_hire", "vacancies_closed", "time_to_hire_days",
    "offer_acceptance", "applicants_per_hire", "cost_per_hire",
)  # fmt: skip
"""KPIs on cards: speed stands beside who stays."""


def show(view: View, chosen: Filters) -> None:
    """The page; without rows, what would make one."""
    asked = Asked(view, chosen)
    filters.row(view, chosen)
    if not any(view.reader.relations()[name].rows for name in ("vacancies", "applicants")):
        frame.headline(view.language.t("There is nothing about hiring yet."))
        frame.quiet(view.language.t("Load a table of vacancies and one of applicants, with their stages and dates."))
        area.missing(view, view.kpis.area("hiring"))
        return
    if asked.asking.lacking:
        names = ", ".join(filters.dimension_name(view, name) for name in asked.asking.lacking)
        frame.headline(view.language.t("Hiring does not tell {dimension}: take this filter off.", dimension=names))
        return
    told = _sentence(asked)
    if told is not None:
        frame.headline(told)
        _period(asked)
    else:
        frame.headline(view.language.t("Nothing about hiring in this period. Choose another one."))
        st.html(joined(_block(ahead.show(asked))))
    area.missing(view, view.kpis.area("hiring"))


def _period(asked: Asked) -> None:
    """What there is of the period: figures, who, where, how long, then tables."""
    cards.grid(asked.view, board.figures(asked.view, _kpis(asked.view), asked.chosen), asked.chosen)
    people.show(asked)
    st.html(joined([_by(asked), tag("div", *_block(steps.bars(asked)), *_block(ahead.show(asked)), css="halves")]))
    open_places.show(asked)
    table = steps.table(asked)
    st.html(joined([tag("div", *_block(ends.stays(asked)), *_block(ends.money(asked)), css="halves"), *table]))
    _notes(asked)


def _kpis(view: View) -> list[Kpi]:
    computable = {kpi.id: kpi for kpi in session.computable(view)}
    return [computable[id_] for id_ in CARDS if id_ in computable]


def _sentence(asked: Asked) -> str | None:
    """What a person could read aloud; None: there is nothing in the period."""
    words, whole = asked.view.language, steps.found(asked)[0]
    if open_places.is_told(asked):
        return said.sentence(asked.period, open_places.found(asked, "opened")[0], people.found(asked), words)
    if whole.applied:
        return said.applied(asked.period, whole.applied, whole.hired, words)
    wanted = len(asked.asking.places)
    return said.wanted(asked.period, wanted, words) if wanted else None


def _by(asked: Asked) -> Html:
    """What the rest is looked at by."""
    words, told = asked.view.language, asked.dimensions
    if len(told) < 2:
        return Html()
    links = [link(asked.here(by=name), words.render(said.BY[name]), on=name == asked.by) for name in told]
    return tag("nav", *links, css="lenses", aria_label=words.t("Look at it"))


def _block(pieces: list[Html]) -> list[Html]:
    return [tag("section", *pieces, css="block")] if pieces else []


def _notes(asked: Asked) -> None:
    words = asked.view.language
    waits = open_places.found(asked, "opened")[0]
    told = asked.kept("notes", lambda: notes(asked.asking, waits))
    if told:
        st.html(joined([section(words.t("What to know")), *(quiet(words.render(note)) for note in told)]))

"""Is it a signal? The word, a sentence, the chart with its range, and what a change of process is marked with.

Invariant: the word is about the latest complete period; the running one is drawn and never judged.
"""

from datetime import date

import streamlit as st

from data.errors import UserError
from data.store.entries import Mark
from kpi import charts
from kpi.watch import Watched, naturals
from kpi.watch import words as said
from kpi.watch.natural import moment
from pages._ui import errors, filters, frame, session, trend, watching
from pages._ui.board import Figure
from pages._ui.escape import markdown
from pages._ui.filters import Filters
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

COLOURS = {"improved": "good", "sustained": "good", "worsened": "missed"}
"""State → class of its word; all others are quiet."""
SIGNS = {"improved": "●", "sustained": "●", "worsened": "▲"}


def title(view: View) -> str:
    """Its name on the button."""
    return view.language.t("Is it a signal?")


def show(view: View, figure: Figure, chosen: Filters, _dimension: str | None) -> None:
    """The word and why, the chart, the explanation, the changes of process."""
    rows = watching.long_rows(view, figure, chosen, trend.frame(view, figure, chosen))
    w = watching.course(view, figure, chosen, rows)
    frame.section(title(view))
    st.html(tag("div", _word(view, w), *(quiet(line) for line in _lines(view, w)), css="entry"))
    if w.course.readings:
        _chart(view, figure, chosen, w)
    with st.expander(view.language.t("How a signal is told from chance")):
        st.markdown("\n".join(f"- {line}" for line in explanation(view)))
    _marks(view, figure, chosen)


def _word(view: View, w: Watched) -> Html:
    mark = SIGNS.get(w.state, "○")
    return tag(
        "p", f"{mark} {said.state_word(w.state, view.language)}", css=f"status {COLOURS.get(w.state, 'no_target')}"
    )


def _lines(view: View, w: Watched) -> list[str]:
    """The sentence, the target, the marked change, the season, what was left out."""
    t, tn = view.language.t, view.language.tn
    lines = [said.sentence(w, view.language)]
    if w.assurance is not None:
        lines.append(said.assurance_word(w.assurance, view.language))
    if (moved := w.shift) is not None:
        before, after = (view.language.value(level, w.kpi.unit) for level in (moved.before, moved.after))
        parts = {"title": w.marks[-1].title, "before": before, "after": after}
        lines.append(
            t("Since «{title}»: {before} → {after} on average, a real change.", **parts)
            if moved.real
            else t("Since «{title}»: {before} → {after} on average; chance alone moves it as much.", **parts)
        )
    if w.course.season is not None:
        lines.append(t("What comes back with the season is part of the usual range and no signal."))
    if w.left_out:
        lines.append(
            tn("{n} period with too few rows is left out.", "{n} periods with too few rows are left out.", w.left_out)
        )
    return lines


def _chart(view: View, figure: Figure, chosen: Filters, w: Watched) -> None:
    rows = watching.long_rows(view, figure, chosen, trend.frame(view, figure, chosen))
    starts = {moment(w.days[place][0]): mark.title for place, mark in zip(w.course.starts[1:], w.marks, strict=True)}

    def draw() -> charts.Drawn:
        totals = rows[rows["is_total"].astype(bool)]
        return charts.control(totals, figure.kpi, view.language, view.theme, naturals(w, view.language), starts)

    question = ("control", figure.kpi.id, chosen, view.language.code, view.theme)
    drawn = session.kept(view, question, draw)
    st.vega_lite_chart(drawn.live[1], dict(drawn.live[0]), key="control", height=drawn.height, theme=None)


def explanation(view: View) -> list[str]:
    """What the picture shows and how it is reckoned, in plain words."""
    t = view.language.t
    return [
        t("Every number moves a little by itself. The grey range shows how much: on both sides of the middle, 2.66 "
          "times the mean step from one period to the next. Of shares it is wider where there were few rows."),
        t("A value inside the range needs no explanation: looking for one leads astray."),
        t("A signal is a value outside the range; two of three close to its edge; seven in a row on one side of the "
          "middle; seven in a row rising or falling. A ring marks each."),
        t("Noise alone makes the latest period a signal about once in fifty looks."),
        t("After a change in how the work is done, mark it below: from then on the range is reckoned anew."),
        t("Where every year or week has the same pattern, the range follows it."),
        t("The running period, and periods with too few rows, are not judged."),
    ]  # fmt: skip


def _marks(view: View, figure: Figure, chosen: Filters) -> None:
    """The marked changes, each with its button, and the form for another."""
    t = view.language.t
    mine = [m for m in view.marks(("process_change",)) if m.kpi in (None, figure.kpi.id)]
    for mark in mine:
        with st.container(key=f"mark-{mark.id}", horizontal=True, vertical_alignment="center"):
            st.markdown(f"{view.language.day(mark.day, year=True)} — {markdown(mark.title)} · {_about(view, mark)}")
            if view.may("lead"):
                remove = view.store.entries.marks.remove
                st.button(t("Remove"), key=f"remove-mark-{mark.id}", type="tertiary", on_click=remove, args=(mark.id,))
    if view.may("lead"):
        with st.expander(t("Mark a change of process")):
            _form(view, figure, chosen)


def _about(view: View, mark: Mark) -> str:
    t = view.language.t
    kpi = t("all KPIs") if mark.kpi is None else view.language.catalogue(view.kpis.get(mark.kpi).title)
    whom = (
        t("Whole business") if mark.scope is None else f"{filters.dimension_name(view, mark.scope[0])}: {mark.scope[1]}"
    )
    return markdown(f"{kpi}, {whom[:1].lower()}{whom[1:]}")


def _form(view: View, figure: Figure, chosen: Filters) -> None:
    """What changed, since when, for this KPI or all."""
    t = view.language.t
    scopes: list[tuple[str, str] | None] = [None, *((name, m[0]) for name, m in chosen.where if len(m) == 1)]
    with st.form("mark", clear_on_submit=True, border=False):
        words = st.text_input(t("What changed?"), placeholder=t("Deposit asked for every booking"), max_chars=120)
        left, middle, right = st.columns(3, vertical_alignment="bottom")
        day = left.date_input(t("Since when?"), value=view.today, max_value=view.today, format="DD.MM.YYYY")
        every = middle.selectbox(
            t("For"), [False, True], format_func=lambda all_: t("all KPIs") if all_ else t("this KPI")
        )  # fmt: skip
        scope: tuple[str, str] | None = right.selectbox(
            t("For whom"), scopes, index=len(scopes) - 1,
            format_func=lambda s: t("Whole business") if s is None else f"{filters.dimension_name(view, s[0])}: {s[1]}",
        )  # fmt: skip
        if st.form_submit_button(t("Mark")) and isinstance(day, date):
            mark = Mark(0, day, words or "", "process_change", None if every else figure.kpi.id, scope)
            try:
                view.store.entries.marks.add(mark)
            except UserError as error:
                errors.show(view.language, error)
            else:
                st.rerun()

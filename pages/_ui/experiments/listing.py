"""The journal: every experiment with its verdict, its effect, and what it is worth."""

import streamlit as st

from kpi.experiment import Study
from kpi.experiment import words as said
from pages._ui import frame
from pages._ui.experiments.asking import may_change, study, visible, where
from pages._ui.markup import Html, joined, link, tag
from pages._ui.session import View

MARKS = {"running": "●", "planned": "○", "decided": "✓", "stopped": "–"}


def show(view: View) -> None:
    """The sentence, the list, the way to a new one."""
    t = view.language.t
    studies = [study(view, one) for one in visible(view)]
    frame.headline(sentence(view, studies))
    parts = [tag("div", *(_row(view, one) for one in studies), css="surveys")] if studies else []
    if may_change(view):
        parts.append(tag("p", link(where(new="1"), "+ ", t("Plan an experiment"), css="take"), css="todo"))
    note = t(
        "Two arms, one KPI that decides, a verdict that may be looked at every day: over all days together a winner "
        "is named by chance in at most 5 of 100 experiments. Two members or more an arm are needed for that: one alone "
        "has moods that look like a change."
    )
    st.html(joined([*parts, tag("p", note, css="quiet experiments-note")]))


def sentence(view: View, studies: list[Study]) -> str:
    """How many run, and what the decided ones bring."""
    t, tn = view.language.t, view.language.tn
    if not studies:
        return t(
            "No experiment yet: change one thing in some ads or branches, leave the others, and see what it brings."
        )
    states = [one.experiment.state(one.today) for one in studies]
    parts = []
    if running := states.count("running"):
        parts.append(tn("{n} experiment is running", "{n} experiments are running", running))
    if planned := states.count("planned"):
        parts.append(tn("{n} is planned", "{n} are planned", planned))
    if decided := states.count("decided"):
        parts.append(tn("{n} is decided", "{n} are decided", decided))
    won = [s.money.value for s in studies if s.experiment.decided == s.verdict == "b" and s.money is not None]
    told = "; ".join(parts) or t("All experiments were stopped")
    if won:
        told = t("{told}; what was decided brings {money} a month", told=told,
                 money=view.language.value(sum(won), "money"))  # fmt: skip
    return f"{told[:1].upper()}{told[1:]}."


def _row(view: View, one: Study) -> Html:
    words, state = view.language, one.experiment.state(one.today)
    kpi = words.catalogue(view.kpis.get(one.design.kpi).title) if one.design.kpi in view.kpis else one.design.kpi
    small = " · ".join([kpi, said.days_text(one.design, words), words.render(said.STATES[state])])
    mark = tag("span", MARKS[state], css="mark good" if state == "running" else "mark", aria_hidden="true")
    learned = [tag("small", one.experiment.note, css="learned")] if one.experiment.note else []
    name = tag("span", one.design.title, tag("small", small), *learned, css="who")
    return link(
        where(experiment=str(one.experiment.id)), mark, name, _outcome(view, one), css="survey-row experiment-row"
    )


def _outcome(view: View, one: Study) -> Html:
    """The verdict in two words, with the effect and the money."""
    words, choice = view.language, one.experiment.decided or one.verdict
    told = words.render(said.CHOICES[choice]) if choice != "not_yet" else words.t("Not told yet")
    if one.experiment.state(one.today) == "planned":
        told = words.t("Begins on {day}", day=one.design.start)
    figures = []
    if one.main is not None and one.main.is_told:
        figures.append(said.effect(one.main, words))
    if one.money is not None and one.verdict in ("a", "b"):
        figures.append(words.t("{money} a month", money=words.value(one.money.value, "money")))
    return tag("span", tag("b", told), tag("small", " · ".join(figures)), css="num")

"""What would change: steps left out and shorter queues, replayed on every case, before beside after.

Invariant: the assumption is said beside the figures: nothing else changes. The address holds what is tried.
"""

from collections.abc import Sequence

import streamlit as st

from kpi.charts import Drawn
from kpi.charts.process_time import Named, Rule, histogram
from kpi.language import MINUS, NOTHING
from kpi.process.cost import months
from kpi.process.whatif import Change, Outcome, Replay, replay
from pages._ui import address, drawing
from pages._ui.markup import Html, joined, quiet, section, tag
from pages._ui.people.parts import block, figures
from pages._ui.process.asked import Asked

QUEUES = ("quarter", "none")


def change_of(asked: Asked) -> Change:
    """What the address tries; at first the steps that add nothing are left out."""
    known = {step.name for step in asked.flow.steps}
    out = tuple(name for name in address.many("out") if name in known)
    waits = tuple(name for name in address.many("queue") if name in known)
    kind = address.one("wait", QUEUES) or QUEUES[0]
    if not out and not waits and not address.many("out"):
        out = tuple(sorted(asked.superfluous & known))
    return Change(out, tuple((name, "none" if kind == "none" else "quarter") for name in waits))


def show(asked: Asked) -> None:
    """The choices, the figures, the picture."""
    change = change_of(asked)
    _choices(asked, change)
    t = asked.view.language.t
    if not change.left_out and not change.queues:
        st.html(block(quiet(t("Choose a step to leave out, or a queue to shorten."))))
        return
    found = asked.kept(("replay", change), lambda: replay(asked.log, change, asked.settings.sla_hours))
    st.html(joined([tag("p", _sentence(asked, found), css="lead"), _table(asked, found), *_notes(asked, found)]))
    drawing.show(asked.kept(("replayed", change, *asked.look), lambda: _chart(asked, found)), "what_if")


def _choices(asked: Asked, change: Change) -> None:
    t, names = asked.view.language.t, [step.name for step in asked.flow.steps]
    st.session_state["w_out"] = list(change.left_out)
    st.session_state["w_queue"] = [name for name, _ in change.queues]
    st.session_state["w_wait"] = address.one("wait", QUEUES) or QUEUES[0]
    with st.container(key="what_if", horizontal=True, vertical_alignment="bottom"):
        st.multiselect(t("Leave out"), names, key="w_out", on_change=_keep, placeholder=t("no step"))
        st.multiselect(t("Shorten the wait before"), names, key="w_queue", on_change=_keep, placeholder=t("no step"))
        told = {"quarter": t("as in the fastest quarter"), "none": t("no wait at all")}
        st.segmented_control(
            t("To"), QUEUES, key="w_wait", required=True, format_func=told.__getitem__, on_change=_keep
        )


def _keep() -> None:
    held = st.session_state
    wait = None if held["w_wait"] == QUEUES[0] else held["w_wait"]
    nothing = not held["w_out"] and not held["w_queue"]
    address.change({"out": held["w_out"] or (["-"] if nothing else None), "queue": held["w_queue"], "wait": wait})


def _sentence(asked: Asked, found: Replay) -> str:
    words = asked.view.language
    saved = (found.before.cost - found.after.cost) / months(*asked.days)
    told = words.t(
        "Half of the cases would take at most {after} instead of {before}",
        after=asked.duration(found.after.median_hours), before=asked.duration(found.before.median_hours),
    )  # fmt: skip
    if saved == saved and saved > 0.5:
        told += words.t(", and {saved} a month would be saved", saved=words.value(saved, "money"))
    return told + "."


def _table(asked: Asked, found: Replay) -> Html:
    t, words = asked.view.language.t, asked.view.language
    length = months(*asked.days)
    rows: list[tuple[str, ...]] = []

    def add(name: str, before: float, after: float, unit: str) -> None:
        if before == before:
            rows.append((name, *(_value(asked, n, unit) for n in (before, after)), _change(asked, before, after, unit)))

    one, other = found.before, found.after
    add(t("Median time of a case"), one.median_hours, other.median_hours, "hours")
    add(t("Mean time of a case"), one.mean_hours, other.mean_hours, "hours")
    add(t("Later than the term"), 100 * one.late, 100 * other.late, "percent")
    add(t("Work a month"), one.hours / length, other.hours / length, "hours")
    add(t("Cost of all steps a month"), one.cost / length, other.cost / length, "money")
    touched = words.t(
        "{touched} of {n} cases would change", touched=found.touched, n=found.cases,
    )  # fmt: skip
    head = ("", t("As it was"), t("As it would be"), t("Difference"))
    return block(section(t("Before and after"), touched), figures(head, rows))


def _value(asked: Asked, value: float, unit: str) -> str:
    if unit == "hours":
        return asked.view.language.value(round(value, 1), "hours")
    return asked.view.language.value(value, unit)


def _change(asked: Asked, before: float, after: float, unit: str) -> str:
    words = asked.view.language
    if after != after:
        return NOTHING
    change = words.difference(after, before, unit)
    if unit == "percent" or not before:
        return change
    share = round(100 * abs(after / before - 1))
    return f"{change} ({MINUS if after < before else '+'}{words.value(float(share), 'percent')})" if share else change


def _notes(asked: Asked, found: Replay) -> list[Html]:
    """What is assumed, and what could not be counted."""
    t, tn = asked.view.language.t, asked.view.language.tn
    told = [
        t(
            "Every case of the period is gone through again. Nothing else changes: the other steps take as long, wait "
            "as long and cost as much as they did; a step left out takes the wait before it along."
        )
    ]
    if found.unpriced:
        told.append(
            tn("The cost of {n} step is not known and in no sum.", "The cost of {n} steps is not known and in no sum.",
               found.unpriced)
        )  # fmt: skip
    if found.unstarted:
        told.append(
            tn("{n} step does not tell when it began: its time counts as waiting.",
               "{n} steps do not tell when they began: their time counts as waiting.", found.unstarted)
        )  # fmt: skip
    return [quiet(" ".join(told))]


def _chart(asked: Asked, found: Replay) -> Drawn:
    words, view = asked.view.language, asked.view
    rules = [
        _rule(asked, found.before, words.t("was {time}", time="{time}")),
        _rule(asked, found.after, words.t("would be {time}", time="{time}")),
    ]
    if asked.settings.sla_hours is not None:
        term = words.t("term {time}", time=asked.duration(asked.settings.sla_hours))
        rules.append(Rule(asked.settings.sla_hours, term, is_target=True))
    note = words.t(
        "of each pair the grey bar is as it was, the other as it would be; the last pair holds all longer ones"
    )
    named = Named(words.t("Cases by time, in hours"), note)
    counts: Sequence[Sequence[int]] = (found.before.spread, found.after.spread)
    return histogram(found.edges, counts, rules, named, words, view.theme)


def _rule(asked: Asked, outcome: Outcome, text: str) -> Rule:
    time = asked.duration(outcome.median_hours)
    return Rule(outcome.median_hours, text.replace("{time}", time))

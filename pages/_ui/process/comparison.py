"""Before and after a day, or two members of a dimension: every figure with its difference and how sure that is.

Invariant: a difference is called one only where its interval leaves zero out and both groups are large enough.
"""

import streamlit as st

from kpi.language import NOTHING
from kpi.process.comparing import Figure, Moved
from kpi.process.difference import FEWEST, Difference
from pages._ui.markup import Html, joined, quiet, section
from pages._ui.people.parts import block, figures
from pages._ui.process import sides
from pages._ui.process.asked import Asked
from pages._ui.process.sides import Beside

TAB = "compare"
"""Its name in the address."""
LISTED = 8
"""Moves listed."""
HOURS = ("throughput", "waiting_hours")
"""Figures in hours; all others are shares."""


def show(asked: Asked) -> None:
    """The choices and the figures."""
    sides.choose(asked)
    found = sides.beside(asked)
    if found is None:
        st.html(quiet(asked.view.language.t("The period is one day: nothing lies before and after.")))
        return
    st.html(joined([_figures(asked, found), *_moves(asked, found)]))


def on_map(asked: Asked, found: Beside) -> dict[tuple[str, str], tuple[str, bool]]:
    """Moves whose wait differs beyond chance → by how much, and whether it got longer."""
    return {
        (move.before, move.after): (asked.change(move.wait.second - move.wait.first),
                                    move.wait.verdict == "more")
        for move in found.told.moves
        if move.wait.verdict in ("less", "more")
    }  # fmt: skip


def _figures(asked: Asked, found: Beside) -> Html:
    t, words = asked.view.language.t, asked.view.language
    names: dict[Figure, str] = {
        "throughput": t("Median time of a case"), "waiting_hours": t("Median wait of a case"),
        "waiting_share": t("Share of the time that is waiting"), "rework": t("Cases with a repeated step"),
        "superfluous": t("Superfluous steps of all"), "late": t("Later than the term"),
    }  # fmt: skip
    rows = [
        (
            names[name], *(_value(asked, name, n) for n in (one.first, one.second)), _interval(asked, name, one),
            verdict(asked, one),
        )
        for name, one in found.told.figures.items()
    ]  # fmt: skip
    cases = [words.tn("{n} case", "{n} cases", n) for n in found.told.cases]
    head = (
        "",
        f"{found.first}: {cases[0]}",
        f"{found.second}: {cases[1]}",
        t("Difference, 95 % interval"),
        t("What it says"),
    )
    return block(section(t("Side by side")), figures(head, rows, frozenset({4})))


def _value(asked: Asked, name: str, value: float) -> str:
    if value != value:
        return NOTHING
    words = asked.view.language
    return asked.duration(value) if name in HOURS else words.value(100 * value, "percent")


def _interval(asked: Asked, name: str, one: Difference) -> str:
    """«−2,1 ч (от −3,4 до −0,9 ч)»; a dash where too few say nothing."""
    if one.verdict == "too_few":
        return NOTHING
    words = asked.view.language

    def told(value: float) -> str:
        return asked.change(value) if name in HOURS else words.difference(100 * value, 0.0, "percent")

    moved, low, high = (told(value) for value in (one.second - one.first, one.low, one.high))
    return f"{moved} ({words.t('{low} to {high}', low=low, high=high)})"


def verdict(asked: Asked, one: Difference) -> str:
    """In words with a mark; less is better of every figure here."""
    t = asked.view.language.t
    return {
        "too_few": t("○ too few cases to say (under {n})", n=FEWEST), "none": t("○ no real difference"),
        "less": t("● better, more than chance"), "more": t("▲ worse, more than chance"),
    }[one.verdict]  # fmt: skip


def _moves(asked: Asked, found: Beside) -> list[Html]:
    t = asked.view.language.t
    moved = found.told.moves[:LISTED]
    if not moved:
        return []
    rows = [_moved(asked, move) for move in moved]
    head = (t("Move"), found.first, found.second, t("Difference, 95 % interval"), t("What it says"))
    note = t("median wait; what makes most hours first")
    notes = [quiet(t("The waits of one case in {n} are compared.", n=found.told.every))] if found.told.every > 1 else []
    return [block(section(t("Which moves got slower or faster"), note), figures(head, rows, frozenset({4})), *notes)]


def _moved(asked: Asked, move: Moved) -> tuple[str, ...]:
    one, t = move.wait, asked.view.language.t
    told = {"less": t("● faster, more than chance"), "more": t("▲ slower, more than chance")}
    return (
        f"{move.before} → {move.after}", *(_value(asked, "throughput", n) for n in (one.first, one.second)),
        _interval(asked, "throughput", one), told.get(one.verdict) or verdict(asked, one),
    )  # fmt: skip

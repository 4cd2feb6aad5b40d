"""The map with its choices: what its lines are wide by, and how much of it is shown.

Invariant: what is hidden is told in words; the address holds the choices, so a link opens the same map.
"""

import streamlit as st

from kpi.charts.process_map import process_map
from kpi.process.drawing import Flow, Look, drawn
from kpi.process.simplify import Shown, simplified, usual_detail
from pages._ui import address, drawing, markup, opened
from pages._ui.markup import Html, quiet, section, tag
from pages._ui.people.parts import figures
from pages._ui.process import comparison, settings_form, sides
from pages._ui.process.asked import SOURCES, Asked, sources, whole
from pages._ui.session import View

MODES = ("often", "time")
MOST_STEPS, MOST_MOVES = 40, 100
"""Steps and moves of a map at most; more can nobody read."""
LISTED = 5
"""Moves in the list of where cases wait."""
IN_TABLE = 100
"""Steps and moves of the table."""


def show(asked: Asked) -> None:
    """The choices, the map and beside it where cases wait."""
    flow = asked.flow
    shown = simplified(flow.steps, flow.moves, *_detail(flow))
    _choices(asked, flow, shown)
    left, right = st.columns([5, 3], gap="large")
    with left:
        _map(asked, flow, shown)
    with right:
        st.html(markup.joined([*_waits(asked, flow), _legend(asked.view)]))
    st.html(_table(asked, flow))


def _detail(flow: Flow) -> tuple[int, int]:
    """Steps and moves to show: those of the address, else as many as are read at first sight."""
    usual = usual_detail(flow.steps, flow.moves)
    steps, moves = _most(flow)
    return _number("steps", usual[0], steps, 1), _number("moves", usual[1], moves, 0)


def _most(flow: Flow) -> tuple[int, int]:
    """Steps and moves that can be asked for."""
    return min(len(flow.steps), MOST_STEPS), min(len(flow.moves), MOST_MOVES)


def _number(name: str, usual: int, most: int, least: int) -> int:
    asked = whole(name)
    return usual if asked is None else min(max(asked, least), most)


def _by_time() -> bool:
    return address.one("lines", MODES) == "time"


def _choices(asked: Asked, flow: Flow, shown: Shown) -> None:
    view, t = asked.view, asked.view.language.t
    with st.container(key="map_choices", horizontal=True, vertical_alignment="center"):
        names = {"often": t("How often"), "time": t("How long it waits")}
        st.session_state["w_lines"] = "time" if _by_time() else "often"
        st.segmented_control(
            t("Lines"), MODES, key="w_lines", required=True, format_func=names.__getitem__, on_change=_keep,
            args=("lines", "often"), label_visibility="collapsed",
        )  # fmt: skip
        if len(flow.steps) > 2:
            with opened.popover("detail_open", t("Detail of the map"), ":material/tune:") as choosing:
                if choosing.open:
                    _sliders(view, flow)
        settings_form.show(asked)
        _logs(asked)
        st.html(quiet(told(view, shown)))


def told(view: View, shown: Shown) -> str:
    """«Shown: 9 of 27 steps, 82 % of all moves between them»."""
    if shown.is_whole:
        return view.language.tn("The whole map: {n} step.", "The whole map: {n} steps.", shown.all_steps)
    share = view.language.value(100 * shown.share, "percent")
    return view.language.t(
        "Shown: {shown} of {all} steps, {share} of all moves of the cases.",
        shown=len(shown.steps), all=shown.all_steps, share=share,
    )  # fmt: skip


def _logs(asked: Asked) -> None:
    """Which log, where there are two."""
    t, known = asked.view.language.t, sources(asked.view)
    if len(known) < 2:
        return
    names = {"events": t("Process log"), "orders": t("Moments of orders")}
    st.session_state["w_log"] = asked.source
    st.segmented_control(
        t("Of which log"), SOURCES, key="w_log", required=True, format_func=names.__getitem__, on_change=_keep,
        args=("log", SOURCES[0]), label_visibility="collapsed",
    )  # fmt: skip


def _sliders(view: View, flow: Flow) -> None:
    t, (steps, moves), (most_steps, most_moves) = view.language.t, _detail(flow), _most(flow)
    st.session_state["w_steps"], st.session_state["w_moves"] = steps, moves
    st.slider(t("Steps, the commonest first"), 1, most_steps, key="w_steps", on_change=_keep, args=("steps", None))
    if flow.moves:
        label = t("Moves between them, the commonest first")
        st.slider(label, 0, most_moves, key="w_moves", on_change=_keep, args=("moves", None))
    st.caption(t("Moves that tie a shown step to the beginning or the end are always shown."))


def _keep(name: str, default: str | None) -> None:
    held = st.session_state[f"w_{name}"]
    address.write(name, None if held == default else str(held))


def _map(asked: Asked, flow: Flow, shown: Shown) -> None:
    view, t, beside = asked.view, asked.view.language.t, _beside(asked)
    changes = comparison.on_map(asked, beside) if beside else {}
    look = Look(_by_time(), asked.superfluous, asked.settings.hours is not None, changes)
    note = t("a step: how often · median working time; a line: how often · median wait")
    if look.by_time:
        note = t("a step: how often · median working time; a line: median wait, ▲ where most time is lost")
    title = t("How cases go") if asked.variant is None else t("How the cases of this way go")
    if beside is not None:
        note = t(
            "▲ longer wait, ● shorter wait, both beyond chance: {second} beside {first}",
            second=beside.second, first=beside.first,
        )  # fmt: skip
    steps, moves = drawn(flow, shown, look, view.language)
    question = ("map", asked.variant, tuple(shown.moves), look, note, view.language.code, view.theme)
    drawing.show(
        asked.kept(question, lambda: process_map(steps, moves, title, note, view.language, view.theme)), "process_map"
    )


def _beside(asked: Asked) -> sides.Beside | None:
    """What is compared, while that is what is looked at."""
    return sides.beside(asked) if address.one("tab") == comparison.TAB and asked.variant is None else None


def _waits(asked: Asked, flow: Flow) -> list[Html]:
    """Between which steps most time is lost."""
    t, words = asked.view.language.t, asked.view.language
    ranked = sorted(flow.moves, key=lambda move: -move.count * move.median_hours)
    listed = [move for move in ranked[:LISTED] if move.median_hours > 0]
    if not listed:
        return []
    most = listed[0].count * listed[0].median_hours
    lines = []
    for move in listed:
        width = f"width: {100 * move.count * move.median_hours / most:.1f}%"
        rail = tag("span", tag("span", css="bar", style=width), css="rail")
        often = words.tn("{n} time", "{n} times", move.count)
        name = tag("span", f"{move.before} → {move.after}", tag("small", often))
        lines.append(tag("div", name, rail, tag("span", asked.duration(move.median_hours), css="num")))
    note = t("between the end of one step and the beginning of the next: how often × median wait")
    return [section(t("Where cases wait")), quiet(note), tag("div", *lines, css="usable shares waits")]


def _legend(view: View) -> Html:
    t = view.language.t
    rows = (
        ("key-path", t("the commonest way")), ("key-other", t("other ways")),
        ("key-back", t("back to an earlier step")),
        ("key-needless", t("▲ a superfluous step")),
    )  # fmt: skip
    return tag("p", *(tag("span", tag("i", css=css), name) for css, name in rows), css="legend map-legend")


def _table(asked: Asked, flow: Flow) -> Html:
    """The same as a table, for who cannot see the picture or wants every figure."""
    t, words = asked.view.language.t, asked.view.language
    steps = [
        (one.name, words.number(one.count), words.number(one.cases), asked.duration(one.median_hours))
        for one in flow.steps[:IN_TABLE]
    ]
    moves = [
        (f"{one.before} → {one.after}", words.number(one.count), words.number(one.cases),
         asked.duration(one.median_hours))
        for one in flow.moves[:IN_TABLE]
    ]  # fmt: skip
    cut = max(len(flow.steps), len(flow.moves)) > IN_TABLE
    note = [quiet(t("The commonest {n} of each are listed.", n=IN_TABLE))] if cut else []
    return markup.folded(
        t("The map as a table"),
        *note,
        figures((t("Step"), t("How many times"), t("Cases"), t("Working time, median")), steps),
        figures((t("Move"), t("How many times"), t("Cases"), t("Waiting time, median")), moves),
    )

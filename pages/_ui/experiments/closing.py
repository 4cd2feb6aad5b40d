"""What the owner enters about one experiment: what was learned, the decision, giving it up, taking it out.

Invariant: what is refused is said beside the buttons; a decision is a person's, and stands with their name.
"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from data.errors import UserError
from data.store.entries.experiment_design import LONGEST_TEXT
from data.store.entries.experiments import CHOICES, Choice
from kpi.experiment import Study
from kpi.experiment import words as said
from pages._ui import address, errors, frame, session
from pages._ui.session import View

_WRONG = "experiment_wrong"
LONGEST_NAME = 60


def show(view: View, found: Study) -> None:
    """The note and the buttons."""
    t, one = view.language.t, found.experiment
    frame.section(t("What was learned"))
    st.text_area(
        t("What was learned"), one.note, key=f"learned-{one.id}", height=100, max_chars=LONGEST_TEXT,
        label_visibility="collapsed", placeholder=t("What will be done otherwise from now on, and why."),
        on_change=partial(_tried, partial(_learn, view, one.id)),
    )  # fmt: skip
    with st.container(key="experiment-end", horizontal=True):
        state = one.state(found.today)
        if state == "running":
            _decide(view, found)
        if state in ("running", "planned"):
            stop = partial(_tried, lambda: view.store.entries.experiments.stop(one.id, session.visitor().name))
            st.button(t("Give it up"), key="experiment_stop", on_click=stop)
        else:
            _closed(view, found)
        with st.popover(t("Delete")):
            frame.quiet(t("It disappears from the journal."))
            st.button(t("Delete for good"), key="experiment_delete", type="primary", on_click=_remove,
                      args=(view, one.id))  # fmt: skip
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    if wrong is not None:
        errors.show(view.language, wrong)


def _decide(view: View, found: Study) -> None:
    """The decision, with the data's own verdict chosen beforehand."""
    t, words = view.language.t, view.language
    usual = CHOICES.index(found.verdict) if found.verdict in CHOICES else None
    with st.popover(t("Decide"), icon=":material/gavel:"):
        st.radio(t("Verdict"), CHOICES, usual, key="experiment_choice", format_func=lambda c: _choice(found, c, view))
        if found.verdict == "not_yet":
            frame.quiet(t("The data do not tell it yet: whoever decides now decides without them."))
        st.text_input(t("Who decides"), session.visitor().name, key="experiment_who", max_chars=LONGEST_NAME)
        close = partial(_tried, partial(_close, view, found.experiment.id))
        st.button(words.t("Write it down"), key="experiment_decide", type="primary", on_click=close)


def _choice(found: Study, choice: Choice, view: View) -> str:
    told = view.language.render(said.CHOICES[choice])
    return told if choice == "none" else f"{told}: {said.arm(found.design, choice, view.language)}"


def _closed(view: View, found: Study) -> None:
    """Who ended it and when, and the way back."""
    t, one = view.language.t, found.experiment
    what = view.language.render(said.CHOICES[one.decided]) if one.decided else t("Stopped, undecided")
    day = view.language.day(one.closed_on, year=True) if one.closed_on else ""
    frame.quiet(" · ".join(filter(None, (what, one.who, day))))
    reopen = partial(_tried, lambda: view.store.entries.experiments.reopen(one.id, session.visitor().name))
    st.button(t("Reopen"), key="experiment_reopen", type="tertiary", on_click=reopen)


def _tried(change: Callable[[], object]) -> None:
    """Carry a change out; why it was refused is said below the buttons."""
    try:
        change()
    except UserError as error:
        st.session_state[_WRONG] = error


def _learn(view: View, number: int) -> None:
    note = str(st.session_state[f"learned-{number}"])
    view.store.entries.experiments.learn(number, note, session.visitor().name)


def _close(view: View, number: int) -> None:
    choice = st.session_state.get("experiment_choice")
    who = str(st.session_state.get("experiment_who") or session.visitor().name)
    view.store.entries.experiments.decide(number, choice, who)  # type: ignore[arg-type]  # None is refused there


def _remove(view: View, number: int) -> None:
    _tried(lambda: view.store.entries.experiments.remove(number, session.visitor().name))
    address.write("experiment", None)

"""The KPIs of one's own: what each says, changing and removing it, and taking either back.

Invariant: every change can be taken back in one click right after it, and from the earlier versions at any time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from data.errors import UserError
from data.message import Message
from data.store.entries import CustomKpi
from data.store.entries.custom_kpis import Version
from kpi.custom import changes
from kpi.custom.joined import Joined, joined_of
from kpi.custom.preview import known_in
from kpi.custom.speaking import spoken
from pages._ui import address, errors, frame, navigation
from pages._ui.custom import draft
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

_NOTE, _WRONG = "own_note", "own_wrong"


@dataclass(frozen=True)
class Note:
    """What was just done."""

    text: str
    """In words."""
    kpi: str
    """To which KPI."""
    back_to: int | None
    """Version that was before; None: there was no such KPI."""


def show(view: View) -> None:
    """The section: what was just done, the KPIs, the versions before."""
    t, said = view.language.t, view.store.entries.custom_kpis.all()
    frame.section(t("KPIs of your own"), str(len(said)) if said else "")
    _noted(view)
    if not said:
        frame.quiet(t("What is not in the catalogue you can define yourself, with a formula."))
    st.button(t("New KPI"), key="own_new", icon=":material/add:", on_click=_open, args=(draft.NEW,))
    whole = joined_of(view.store)
    for one in said:
        _entry(view, one, whole)
    _removed(view)


def note(text: str, kpi: str, before: Sequence[Version]) -> None:
    """Says at the next rerun what was done, with a way back."""
    st.session_state[_NOTE] = Note(text, kpi, before[-1].number if before else None)


def _noted(view: View) -> None:
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    if wrong is not None:
        errors.show(view.language, wrong)
    done: Note | None = st.session_state.pop(_NOTE, None)
    if done is None:
        return
    t = view.language.t
    with st.container(key="own-note", horizontal=True, vertical_alignment="center"):
        st.html(tag("p", tag("span", "● ", css="good"), done.text, css="finding"))
        known = view.kpis.kpis.get(done.kpi)
        if known is not None:
            navigation.link(known.area, t("Look at it"), address.link(kpi=done.kpi, own=None))
        st.button(t("Undo"), key="own_undo", type="tertiary", on_click=_do, args=(lambda: _back(view, done),))


def _entry(view: View, said: CustomKpi, whole: Joined) -> None:
    t, found = view.language.t, whole.made.get(said.kpi)
    text = spoken(found.tree, known_in(view.store), view.language) if found else said.formula
    page = navigation.title(said.area, view.language) if said.area in navigation.AREAS else said.area
    lines = [tag("h3", said.title), tag("p", tag("code", text)), quiet(page, " · ", tag("span", said.kpi))]
    with st.container(key=f"own-{said.kpi}", horizontal=True, vertical_alignment="center"):
        st.html(tag("div", *lines, _problem(view, whole.problems.get(said.kpi)), css="entry"), width="stretch")
        st.button(t("Edit"), key=f"change-{said.kpi}", type="tertiary", on_click=_open, args=(said.kpi,))
        st.button(
            t("Remove"), key=f"remove-{said.kpi}", type="tertiary", on_click=_do, args=(lambda: _remove(view, said),)
        )


def _problem(view: View, problem: UserError | None) -> Html:
    if problem is None:
        return Html()
    words = " ".join(view.language.render(part) for part in (problem.title, problem.hint) if isinstance(part, Message))
    return tag("p", tag("span", "▲ ", css="missed"), words)


def _removed(view: View) -> None:
    """Earlier wordings and what was removed."""
    entries = view.store.entries.custom_kpis
    before = [v for one in entries.all() for v in entries.versions(one.kpi)[:-1] if not v.is_removed]
    gone = entries.removed()
    if not before and not gone:
        return
    with st.expander(view.language.t("Removed and earlier versions")):
        for version in [*gone, *sorted(before, key=lambda v: -v.number)][:30]:
            _version(view, version)


def _version(view: View, version: Version) -> None:
    t, said = view.language.t, version.wording
    when = t("removed {at}", at=version.at) if version.is_removed else t("from {at}", at=version.at)
    with st.container(key=f"version-{version.number}", horizontal=True, vertical_alignment="center"):
        st.html(
            tag("div", tag("b", said.title), " ", tag("code", said.formula), quiet(when), css="entry"), width="stretch"
        )
        st.button(
            t("Restore"), key=f"restore-{version.number}", type="tertiary", on_click=_do,
            args=(lambda: _restore(view, version),),
        )  # fmt: skip


def _open(code: str) -> None:
    draft.closed()
    address.write("own", code)


def _do(work: Callable[[], None]) -> None:
    """Does what a click asks; a mistake is told at the rerun that follows."""
    try:
        work()
    except UserError as error:
        st.session_state[_WRONG] = error


def _remove(view: View, said: CustomKpi) -> None:
    before = view.store.entries.custom_kpis.versions(said.kpi)
    changes.remove(view.store, said.kpi)
    note(view.language.t("«{title}» is removed.", title=said.title), said.kpi, before)


def _restore(view: View, version: Version) -> None:
    before = view.store.entries.custom_kpis.versions(version.wording.kpi)
    changes.restore(view.store, version.number)
    note(view.language.t("«{title}» is restored.", title=version.wording.title), version.wording.kpi, before)


def _back(view: View, done: Note) -> None:
    """As it was before: the wording that stood, or no such KPI."""
    earlier = view.store.entries.custom_kpis.version(done.back_to) if done.back_to is not None else None
    if earlier is None or earlier.is_removed:
        changes.remove(view.store, done.kpi)
    else:
        changes.restore(view.store, earlier.number)

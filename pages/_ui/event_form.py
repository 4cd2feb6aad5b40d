"""Entering, changing and listing events.

Invariant: what is refused says why beside the form and keeps what was written; a person's words are never markup.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import streamlit as st

from data.errors import UserError
from data.store.entries import Mark
from data.store.entries.marks import KINDS
from kpi.model import Kpi
from pages._ui import event_file, events, filters, frame
from pages._ui.escape import markdown
from pages._ui.filters import Filters
from pages._ui.markup import quiet, tag
from pages._ui.session import View

LONGEST = 120
"""Letters of what happened."""
_CHANGED = "_event_changed"
_REFUSED = "_event_refused"


def new(view: View, kpi: Kpi | None = None, chosen: Filters | None = None) -> None:
    """The form for one more; on a KPI's page it can be about this KPI or the one member shown."""
    t = view.language.t
    day = min(chosen.span.until, view.today) if chosen else view.today
    with st.form("event", border=False):
        _fields(view, Mark(0, day, ""), "new")
        if kpi is not None:
            st.toggle(t("Only for «{kpi}»", kpi=view.language.catalogue(kpi.title)), key="event_kpi")
        scope = _single(chosen)
        if scope is not None:
            named = f"{filters.dimension_name(view, scope[0])}: {scope[1]}"
            st.toggle(t("Only for {member}", member=markdown(named)), key="event_scope")
        st.form_submit_button(t("Add the event"), on_click=_add, args=(view, kpi, scope))
    _refused(view)


def _single(chosen: Filters | None) -> tuple[str, str] | None:
    """The one member that a view is narrowed to."""
    narrowed = [(name, members[0]) for name, members in chosen.where if len(members) == 1] if chosen else []
    return narrowed[0] if len(narrowed) == 1 and narrowed[0][1] else None


def _fields(view: View, mark: Mark, key: str) -> None:
    t = view.language.t
    st.text_input(t("What happened?"), mark.title, key=f"event_title-{key}", max_chars=LONGEST)
    left, right = st.columns(2)
    left.date_input(t("Day"), mark.day, key=f"event_day-{key}", format="DD.MM.YYYY")
    right.date_input(t("Until, if it lasted"), mark.until, key=f"event_until-{key}", format="DD.MM.YYYY")
    st.selectbox(
        t("Kind"), KINDS, KINDS.index(mark.kind), key=f"event_kind-{key}",
        format_func=lambda kind: events.kind_name(view, kind),
    )  # fmt: skip


def _written(mark: Mark, key: str) -> Mark:
    """The mark with what the fields hold."""
    held = {name: st.session_state[f"event_{name}-{key}"] for name in ("title", "day", "until", "kind")}
    if not isinstance(held["day"], date):
        held["day"] = mark.day
    return replace(mark, **held)


def _add(view: View, kpi: Kpi | None, scope: tuple[str, str] | None) -> None:
    mark = _written(Mark(0, view.today, ""), "new")
    about = kpi.id if kpi and st.session_state.get("event_kpi") else None
    mark = replace(mark, kpi=about, scope=scope if st.session_state.get("event_scope") else None)
    if _tried(lambda: view.store.entries.marks.add(mark)):
        st.session_state["event_title-new"] = ""


def _tried(change: Callable[[], object]) -> bool:
    """Whether a change was carried out; why it was refused is said below the form."""
    try:
        change()
    except UserError as error:
        st.session_state[_REFUSED] = error.title
        return False
    return True


def _refused(view: View) -> None:
    if why := st.session_state.pop(_REFUSED, None):
        st.warning(view.language.render(why))


def section(view: View) -> None:
    """Every event that was entered, the newest first, with the form and the import."""
    t = view.language.t
    frame.section(t("Events"), t("flags on every chart; holidays and new staff come of themselves"))
    marks = sorted(view.store.entries.marks.all(), key=lambda mark: mark.day, reverse=True)
    for mark in marks:
        if st.session_state.get(_CHANGED) == mark.id:
            _change(view, mark)
        else:
            _row(view, mark)
    with st.expander(t("Add an event"), expanded=not marks, key="events_new", on_change="rerun") as opened:
        if opened.open:
            new(view)
    with st.expander(t("Load events from a spreadsheet"), key="events_file", on_change="rerun") as opened:
        if opened.open:
            event_file.show(view)


def _row(view: View, mark: Mark) -> None:
    t, words = view.language.t, view.language
    days = words.day(mark.day, year=True) + (f" – {words.day(mark.until, year=True)}" if mark.until else "")
    about = [events.kind_name(view, mark.kind)]
    if mark.kpi:
        about.append(words.catalogue(view.kpis.get(mark.kpi).title) if mark.kpi in view.kpis else mark.kpi)
    if mark.scope:
        about.append(f"{filters.dimension_name(view, mark.scope[0])}: {mark.scope[1]}")
    with st.container(key=f"mark-{mark.id}", horizontal=True, vertical_alignment="center"):
        st.html(tag("div", tag("b", mark.title), quiet(" · ".join([days, *about])), css="entry"), width="stretch")
        args = (_CHANGED, mark.id)
        st.button(
            t("Edit"), key=f"change-mark-{mark.id}", type="tertiary", on_click=st.session_state.__setitem__, args=args
        )
        remove = view.store.entries.marks.remove
        st.button(t("Remove"), key=f"remove-mark-{mark.id}", type="tertiary", on_click=remove, args=(mark.id,))


def _change(view: View, mark: Mark) -> None:
    with st.form(f"mark-form-{mark.id}"):
        _fields(view, mark, str(mark.id))
        st.form_submit_button(view.language.t("Save"), on_click=_keep, args=(view, mark))
    _refused(view)


def _keep(view: View, mark: Mark) -> None:
    if _tried(lambda: view.store.entries.marks.change(_written(mark, str(mark.id)))):
        del st.session_state[_CHANGED]

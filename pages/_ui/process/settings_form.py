"""What people say about their process, in one small form: superfluous steps, an hour's cost, the term, working hours.

Invariant: a change is entered in the writer's queue, where the cases are counted anew; the page waits for it. Only the
owner changes anything.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.process.settings import ProcessSettings, WorkingHours, change_settings
from pages._ui import opened, work
from pages._ui.escape import markdown
from pages._ui.process.asked import Asked

JOB = "process-settings"
"""The change in the writer's queue."""


def may_change(asked: Asked) -> bool:
    """Whether who asks may say anything about the process."""
    return asked.view.reader.scope.role == "owner"


def show(asked: Asked) -> None:
    """The button with the form behind it, for who may change it; and the work while it runs."""
    view = asked.view
    if not may_change(asked):
        return
    t = view.language.t
    if work.watch(view, JOB) == "done":
        st.rerun()
    with opened.popover("process_open", t("Superfluous steps, costs, term"), ":material/edit_note:") as choosing:
        if choosing.open:
            _form(asked)


def _form(asked: Asked) -> None:
    t, now = asked.view.language.t, asked.settings
    steps = [step.name for step in asked.flow.steps]
    marked = [name for name in now.superfluous if name not in steps]
    with st.form("process_settings", border=False):
        superfluous = st.multiselect(
            t("Superfluous steps"), [*steps, *marked], default=list(now.superfluous), key="process_superfluous",
            placeholder=t("none"), help=t("Steps that add nothing for the client. Repeats are counted by themselves."),
        )  # fmt: skip
        own = sorted(asked.superfluous - {*now.superfluous})
        if own:
            st.caption(markdown(t("The log itself calls superfluous: {steps}.", steps=asked.view.language.list(own))))
        left, right = st.columns(2)
        cost = _cost(asked, left)
        term = right.number_input(
            t("A case should be over within, hours"), min_value=0.0, value=now.sla_hours, step=1.0, key="process_term",
            placeholder=t("not told"),
        )  # fmt: skip
        hours = _calendar(asked, now)
        if st.form_submit_button(t("Save"), type="primary"):
            save(
                asked,
                lambda stands: replace(
                    stands, superfluous=tuple(superfluous), sla_hours=term or None, hours=hours,
                    hourly_cost=cost if _sees_money(asked) else stands.hourly_cost,
                ),
            )  # fmt: skip
            st.rerun()


def _cost(asked: Asked, place: DeltaGenerator) -> float | None:
    """An hour's cost, for whom money is shown."""
    if not _sees_money(asked):
        return None
    t = asked.view.language.t
    told: float | None = place.number_input(
        t("An hour of work costs, ₽"), min_value=0.0, value=asked.settings.hourly_cost, step=50.0, key="process_cost",
        placeholder=t("not told"),
    )  # fmt: skip
    return told


def _sees_money(asked: Asked) -> bool:
    return asked.view.reader.scope.money == "shown"


def _calendar(asked: Asked, now: ProcessSettings) -> WorkingHours | None:
    """When work is done; None: round the clock."""
    view, t = asked.view, asked.view.language.t
    hours = now.hours or WorkingHours()
    working = st.toggle(t("Count working hours only"), value=now.hours is not None, key="process_working")
    days = st.pills(
        t("Working days"), range(1, 8), selection_mode="multi", default=list(hours.weekdays), key="process_days",
        format_func=lambda day: view.language.weekday(day, short=True),
    )  # fmt: skip
    left, right = st.columns(2)
    begins = left.time_input(t("From"), value=_clock(hours.begins), key="process_begins")
    ends = right.time_input(t("To"), value=_clock(hours.ends), key="process_ends")
    holidays = st.checkbox(t("Russian public holidays are days off"), value=hours.holidays, key="process_holidays")
    if not working:
        return None
    return WorkingHours(tuple(sorted(days)), _minutes(begins, 0), _minutes(ends, 24 * 60), holidays)


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _minutes(value: time | None, midnight: int) -> int:
    """Minutes after midnight; `midnight` for 00:00, which ends a day as 24:00."""
    return midnight if value is None or value == time(0) else value.hour * 60 + value.minute


def save(asked: Asked, change: Callable[[ProcessSettings], ProcessSettings]) -> None:
    """Hands the change to the writer."""
    store = asked.view.store
    label = asked.view.language.t("Counting the cases anew")
    work.begin(asked.view, JOB, label, lambda _tell: change_settings(store, change))

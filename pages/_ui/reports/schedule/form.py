"""A new schedule: what, when, to whom, by which channel; sane from the start.

Invariant: nothing is entered before the click; when it goes out first is said beside the button.
"""

from datetime import time

import streamlit as st

from data.errors import UserError
from data.store.entries import NewSchedule, Rhythm, Wanted
from data.store.entries.delivery.schedules import EVERYONE, LAST_DAY, Quiet
from data.store.zone import instant, zone_of
from kpi.delivery import words as told
from kpi.delivery.kinds import kind_of
from kpi.delivery.scheduling import enter
from kpi.delivery.when import next_occasion
from kpi.report.composing.subjects import DIMENSIONS
from pages._ui import errors, session
from pages._ui.markup import quiet
from pages._ui.reports.schedule import whom
from pages._ui.session import View
from pages._ui.titles import column_title

NINE = time(9)
FORMS = ("pdf", "xlsx", "pptx", "html")
_WRONG = "schedule_form_wrong"


def show(view: View) -> None:
    """The fields and the click."""
    t = view.language.t
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    is_first = not view.store.entries.schedules.all()
    with st.expander(t("A new schedule"), icon=":material/schedule_send:", expanded=is_first or wrong is not None):
        if wrong is not None:
            errors.show(view.language, wrong)
        left, right = st.columns(2, gap="medium")
        with left:
            _what(view)
            _to(view)
        with right:
            _when(view)
        rhythm = _rhythm()
        st.button(t("Switch it on"), key="schedule_enter", type="primary", disabled=rhythm is None, on_click=_enter,
                  args=(view,))  # fmt: skip
        if rhythm is not None:
            _first_time(view, rhythm)


def _what(view: View) -> None:
    t, place = view.language.t, _is_place(view)
    st.segmented_control(
        t("Report for"), ("week", "month"), key="schedule_edition", default="week", required=True,
        format_func={"week": t("Last week"), "month": t("Last month")}.__getitem__,
    )  # fmt: skip
    members = {f"{name}={one}": f"{column_title(view, name)}: {one}" for name in DIMENSIONS[:3]
               for one in session.members(view, name)}  # fmt: skip
    whole = t("Whole business") if place else t("To each their part")
    offered = {"": whole, **({EVERYONE: t("Each employee: a file each")} if place else {}), **members}
    st.selectbox(
        t("About whom"), tuple(offered), key="schedule_subject", format_func=lambda one: offered.get(one, whole),
        help=t("Whoever may see one team or one person gets that team's or that person's report."),
    )  # fmt: skip
    st.pills(
        t("Files"), FORMS, selection_mode="multi", default=["pdf"], key="schedule_forms",
        format_func={"pdf": "PDF", "xlsx": "Excel", "pptx": "PowerPoint", "html": t("Web page")}.__getitem__,
    )  # fmt: skip


def _to(view: View) -> None:
    t, channels = view.language.t, whom.channels(view)
    names = {one.id: one.name for one in channels}
    st.selectbox(
        t("By which channel"), tuple(names), key="schedule_channel", format_func=lambda one: names.get(one, "")
    )
    if not _is_place(view):
        whom.show(view)


def _when(view: View) -> None:
    t = view.language.t
    every = st.segmented_control(
        t("When"), ("week", "month"), key="schedule_every", default="week", required=True,
        format_func={"week": t("By week"), "month": t("By month")}.__getitem__,
    )  # fmt: skip
    if every == "week":
        st.pills(
            t("Days of the week"), tuple(range(1, 8)), selection_mode="multi", default=[1], key="schedule_days",
            format_func=lambda day: view.language.weekday(day, short=True).capitalize(),
        )  # fmt: skip
    else:
        days = (*range(1, 32), LAST_DAY)
        st.selectbox(t("Day of the month"), days, key="schedule_day", format_func=lambda day: str(day or t("last")))
    st.time_input(t("Time of day"), NINE, step=900, key="schedule_at")
    quiet_days = {"holidays": t("Send on the next working day"), "weekends": t("Only weekends: send on Monday"),
                  "none": t("Send all the same")}  # fmt: skip
    st.selectbox(t("On days off"), tuple(quiet_days), key="schedule_quiet", format_func=quiet_days.__getitem__)
    waits = {None: t("Do not wait"), 1: t("1 day at most"), 2: t("2 days at most"), 5: t("5 days at most")}
    st.selectbox(
        t("Wait for complete data"), tuple(waits), key="schedule_waits", format_func=waits.__getitem__,
        help=t("If the week or month is not loaded to its end, the report waits; then it goes out and says so."),
    )  # fmt: skip


def _rhythm() -> Rhythm | None:
    """What is filled in; None: no day is chosen."""
    state = st.session_state
    at: time = state.get("schedule_at") or NINE
    quiet_days: Quiet = state.get("schedule_quiet") or "holidays"
    if state.get("schedule_every") == "month":
        return Rhythm("month", day=state.get("schedule_day", 1), hour=at.hour, minute=at.minute, quiet=quiet_days)
    days = tuple(sorted(state.get("schedule_days") or ()))
    return Rhythm("week", days, hour=at.hour, minute=at.minute, quiet=quiet_days) if days else None


def _first_time(view: View, rhythm: Rhythm) -> None:
    zone = zone_of(view.store.entries.settings)
    first = told.moment(next_occasion(rhythm, zone, instant(view.store.clock)).at, zone, view.language)
    st.html(quiet(view.language.t("It goes out first on {moment}.", moment=first)))


def _is_place(view: View) -> bool:
    """Whether the chosen channel has but one at its other end."""
    known = whom.channels(view)
    number = st.session_state.get("schedule_channel")
    entry = next((one for one in known if one.id == number), known[0])
    return kind_of(entry.kind).reach == "place"


def _enter(view: View) -> None:
    state, rhythm = st.session_state, _rhythm()
    if rhythm is None:
        return
    try:
        wanted = Wanted(
            state["schedule_subject"], state["schedule_edition"], tuple(state["schedule_forms"] or ()),
            view.language.code, state["schedule_waits"],
        )  # fmt: skip
        audience = whom.audience(view) if not _is_place(view) else whom.NOBODY
        enter(view.store, NewSchedule("", wanted, rhythm, audience, state["schedule_channel"], session.visitor().name))
    except UserError as error:
        state[_WRONG] = error

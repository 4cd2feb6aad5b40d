"""The choice of what a view is compared with."""

from collections.abc import Mapping
from datetime import date
from functools import partial

import streamlit as st

from pages._ui import address, session
from pages._ui.compare import choice, values
from pages._ui.compare.choice import Comparison
from pages._ui.escape import markdown
from pages._ui.filters import DIMENSIONS, Filters, bounds, dimension_name, member_name
from pages._ui.session import View

KINDS = ("none", "previous", "year", "days", "member")


def label(view: View, chosen: Filters) -> str | None:
    """«vs: last month»; None where nothing is compared."""
    if chosen.compare is None:
        return None
    return view.language.t("vs: {name}", name=markdown(values.name(view, chosen, chosen.compare)))


def show(view: View, chosen: Filters) -> None:
    """The choice."""
    comparison = chosen.compare
    st.session_state["w_compare"] = comparison.kind if comparison else "none"
    st.radio(
        view.language.t("Compare with"), KINDS, key="w_compare", on_change=_keep, args=(view, chosen),
        format_func=lambda kind: kind_name(view, chosen, kind),
    )  # fmt: skip
    if comparison and comparison.kind == "days":
        _days(view, chosen, comparison)
    elif comparison and comparison.kind == "member":
        _member(view, comparison)


def kind_name(view: View, chosen: Filters, kind: str) -> str:
    """The words of a kind of comparison."""
    t = view.language.t
    if kind == "previous":
        return _capital(values.name(view, chosen, Comparison("previous")))
    return {
        "none": t("Nothing"), "year": t("The same days a year ago"),
        "days": t("Other days"), "member": t("A person, team, service …"),
    }[kind]  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _days(view: View, chosen: Filters, comparison: Comparison) -> None:
    """The first of the other days; the last follows, for they are as many."""
    now, first = bounds(view)
    since = comparison.since or now
    st.session_state["w_compare_since"] = since
    st.date_input(
        view.language.t("From"), key="w_compare_since", format="DD.MM.YYYY", on_change=_keep_day,
        min_value=min(first, since), max_value=max(now, since),
    )  # fmt: skip
    window = choice.days(comparison, chosen.span)
    st.caption(
        view.language.t("{days}: as many days as are shown.", days=view.language.span(window.since, window.until))
    )


def _member(view: View, comparison: Comparison) -> None:
    known = everybody(view)
    held = comparison.code
    st.session_state["w_compare_member"] = held
    st.selectbox(
        view.language.t("Whose values"), list(dict.fromkeys([held, *known])), key="w_compare_member",
        format_func=lambda code: known.get(code) or markdown(code.partition(":")[2]), on_change=_keep_member,
    )  # fmt: skip


def everybody(view: View) -> Mapping[str, str]:
    """Code → «Employee: Anna», for everybody and everything a view can be compared with."""
    found: dict[str, str] = {}
    for name in sorted(DIMENSIONS, key=lambda name: name != "employee"):
        members = session.members(view, name)
        title, write = dimension_name(view, name), partial(member_name, view, name)
        found |= {f"{name}:{member}": f"{title}: {markdown(write(member))}" for member in members if len(members) > 1}
    return found


def _keep(view: View, chosen: Filters) -> None:
    kind = st.session_state["w_compare"]
    if kind == "days":
        kind = choice.days(Comparison("previous"), chosen.span).since.isoformat()
    elif kind == "member":
        kind = next(iter(everybody(view)), None)
    address.write("compare", None if kind == "none" else kind)


def _keep_day() -> None:
    day: date = st.session_state["w_compare_since"]
    address.write("compare", day.isoformat())


def _keep_member() -> None:
    address.write("compare", st.session_state["w_compare_member"])

"""The parts of the screen: the report, when it goes out by itself, what went out, by which channels.

Invariant: only owners see schedules and channels; whoever has an account sees the log of what was sent to them.
"""

from typing import Literal

import streamlit as st

from pages._ui import address, navigation, session
from pages._ui.markup import link, tag
from pages._ui.session import View

Part = Literal["report", "schedule", "log", "channels"]
PARTS: tuple[Part, ...] = ("report", "schedule", "log", "channels")
PAGE, TAB = "reports", "tab"


def parts(view: View) -> tuple[Part, ...]:
    """Those that are open to whoever is asking, the first first."""
    if view.may("owner"):
        return PARTS
    return ("report", "log") if session.visitor().person is not None else ("report",)


def chosen(view: View) -> Part:
    """The part of the address, if it is open to them; else the report."""
    return address.one(TAB, parts(view)) or PARTS[0]  # type: ignore[return-value]  # one of PARTS


def show(view: View, part: Part) -> None:
    """Links to the parts, where there are several."""
    t, offered = view.language.t, parts(view)
    if len(offered) == 1:
        return
    names = {
        "report": t("Report"), "schedule": t("Schedule"), "log": t("Sending log"), "channels": t("Channels"),
    }  # fmt: skip
    found = [link(where(one), names[one], on=one == part) for one in offered]
    st.html(tag("nav", *found, css="lenses tight", aria_label=t("Reports")))


def where(part: Part) -> str:
    """The address of a part."""
    return navigation.href(PAGE, address.link(**{TAB: None if part == PARTS[0] else part}))

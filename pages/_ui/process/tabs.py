"""Ways of looking closer at a process: one at a time, named in the address."""

from collections.abc import Callable

import streamlit as st

from pages._ui import address
from pages._ui.markup import link, tag
from pages._ui.process import case_list, comparison, costs, intended, parts, times, ways, what_if
from pages._ui.process.asked import Asked

TABS: dict[str, Callable[[Asked], None]] = {
    "variants": ways.show, "cases": case_list.show, "time": times.show, "cost": costs.show, "whatif": what_if.show,
    comparison.TAB: comparison.show, "reference": intended.show,
}  # fmt: skip
"""Code in the address → what draws it, in the order of the links."""


def show(asked: Asked) -> None:
    """The links, and what is open; the variants where nothing was chosen."""
    t = asked.view.language.t
    names = {
        "variants": t("Variants"), "cases": t("Cases"), "time": t("How long"), "cost": t("What it costs"),
        "whatif": t("What if"), comparison.TAB: t("Compare"), "reference": t("The intended way"),
    }  # fmt: skip
    chosen = address.one("tab", tuple(TABS)) or next(iter(TABS))
    links = [link(parts.here(tab=code, case=None), names[code], on=code == chosen) for code in TABS]
    st.html(tag("nav", *links, css="lenses", aria_label=t("Look closer")))
    TABS[chosen](asked)

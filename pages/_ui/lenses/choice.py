"""Which way of looking closer is open.

Invariant: only the chosen one is asked and drawn; the address names it, so a link opens the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages._ui import address, drill
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.lenses import forecast, signals, two, why
from pages._ui.session import View


@dataclass(frozen=True)
class Lens:
    """One way of looking closer."""

    code: str
    """Its name in the address."""
    title: Callable[[View], str]
    """Its name on the button."""
    show: Callable[[View, Figure, Filters, str | None], None]
    """Draws it, for a KPI, filters and the dimension of the breakdown."""


def _rows_title(view: View) -> str:
    return view.language.t("The rows behind the number")


def _why_title(view: View) -> str:
    return view.language.t("Why did it change?")


LENSES: tuple[Lens, ...] = (
    Lens("rows", _rows_title, drill.show),
    Lens("why", _why_title, why.show),
    Lens("forecast", forecast.title, forecast.show),
    Lens("signals", signals.title, signals.show),
    Lens("two", two.title, two.show),
)
"""In the order of the buttons; the first is open where the address names none."""


def chosen() -> Lens:
    """The lens of the address, else the first."""
    code = address.one("lens", tuple(lens.code for lens in LENSES))
    return next((lens for lens in LENSES if lens.code == code), LENSES[0])


def show(view: View, figure: Figure, filters: Filters, dimension: str | None) -> None:
    """The buttons, where there is a choice, and the open lens."""
    open_now = chosen()
    if len(LENSES) > 1:
        titles = {lens.code: lens.title(view) for lens in LENSES}
        st.session_state["w_lens"] = open_now.code
        st.segmented_control(
            view.language.t("Look closer"), list(titles), key="w_lens", on_change=_keep, required=True,
            format_func=titles.__getitem__, label_visibility="collapsed",
        )  # fmt: skip
    open_now.show(view, figure, filters, dimension)


def _keep() -> None:
    code = st.session_state["w_lens"]
    address.write("lens", None if code == LENSES[0].code else code)

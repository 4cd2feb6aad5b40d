"""Charts on a page: remembered once drawn, and clicks on them.

Invariant: every click is made on a chart in which nothing is picked yet, so a second click on the same place counts
too: after a click the chart gets another key.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from kpi.charts import Drawn
from pages._ui import session
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.session import View

_CLICKS = "_clicks"
"""Chart → how often it was clicked."""


def kept(view: View, figure: Figure, chosen: Filters, what: str, draw: Callable[[], Drawn]) -> Drawn:
    """A chart as it was drawn for this view before, else drawn now."""
    return session.kept(view, (what, figure.kpi.id, chosen, view.language.code, view.theme), draw)


def show(drawn: Drawn, name: str, picked: Callable[[Mapping[str, Any]], None] | None = None) -> None:
    """Shows a chart; `picked` is told what was clicked."""
    spec, data = dict(drawn.live[0]), drawn.live[1]
    if picked is None:
        st.vega_lite_chart(data, spec, key=name, height=drawn.height, theme=None)
        return
    clicks = st.session_state.setdefault(_CLICKS, {})
    key = f"{name}-{clicks.get(name, 0)}"

    def told() -> None:
        selection = st.session_state[key].selection
        clicks[name] = clicks.get(name, 0) + 1
        picked(selection)

    st.vega_lite_chart(
        data, spec, key=key, height=drawn.height, theme=None, on_select=told, selection_mode="picked"
    )  # fmt: skip

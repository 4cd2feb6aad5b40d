"""A bare Streamlit page: as many cards and charts as the address asks for, on constant data, and a filter or two.

Run by tests/bench/rerun.py as a script of its own; the yardstick of a rerun.
"""

import pandas as pd
import streamlit as st

st.set_page_config(layout="wide")
CARDS, CHARTS, POINTS = (int(st.query_params.get(name, "1")) for name in ("cards", "charts", "points"))
SPEC = {
    "layer": [
        {
            "mark": "line",
            "encoding": {"x": {"field": "c0", "type": "temporal"}, "y": {"field": "c1", "type": "quantitative"}},
        },
        {"mark": "rule", "encoding": {"y": {"field": "c2", "type": "quantitative"}}},
    ]
}


@st.cache_data
def constant(step: int) -> pd.DataFrame:
    """The same data for the same choice, every time."""
    days = pd.date_range("2024-11-01", periods=POINTS, freq="MS")
    return pd.DataFrame({"c0": days, "c1": [step + (i * 7) % 11 for i in range(POINTS)], "c2": [5.0] * POINTS})


step = st.radio("Step", [1, 2], key="step", horizontal=True)
if "teams" in st.query_params:
    with st.popover("Where", key="where"):
        step = len(st.multiselect("Team", st.query_params.get_all("teams"), key="team"))
for column in st.columns(CARDS) if CARDS else []:
    column.metric("Card", f"{step * 10}", border=True)
for number in range(CHARTS):
    st.vega_lite_chart(constant(step), SPEC, key=f"chart-{number}", height=300)

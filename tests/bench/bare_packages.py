"""A bare Streamlit page that imports what the product is built on, and shows a card and a chart.

Run by tests/bench/memory.py as a script of its own; the yardstick of what the product holds while nothing is done.
"""

import altair  # noqa: F401 - held in memory, as it is by the product
import duckdb
import pandas as pd
import pyarrow  # noqa: F401
import streamlit as st

SPEC = {"mark": "line", "encoding": {"x": {"field": "day", "type": "temporal"}, "y": {"field": "n"}}}


@st.cache_resource
def connection() -> duckdb.DuckDBPyConnection:
    """A database in memory."""
    return duckdb.connect()


st.set_page_config(layout="wide")
found = connection().cursor().execute("select count(*) from range(1000)").fetchone()
st.metric("Card", str(found[0]) if found else "", border=True)
days = pd.date_range("2024-11-01", periods=25, freq="MS")
st.vega_lite_chart(pd.DataFrame({"day": days, "n": range(25)}), SPEC, key="chart")

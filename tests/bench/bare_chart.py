"""A bare Streamlit page with one chart: the specification and the data that the address names, unchanged.

Run by tests/bench/phone.py as a script of its own; the yardstick of a link that is opened on a phone.
"""

import json
from pathlib import Path

import pyarrow as pa
import streamlit as st

folder = Path(st.query_params["chart"])


@st.cache_data
def constant(path: str) -> tuple[dict[str, object], pa.Table]:
    """The chart."""
    spec = json.loads(Path(path, "spec.json").read_text(encoding="utf-8"))
    with pa.ipc.open_stream(Path(path, "data.arrow")) as stream:
        return spec, stream.read_all()


st.set_page_config(layout="wide")
spec, data = constant(str(folder))
st.vega_lite_chart(data, spec, key="chart", height=320, theme=None)

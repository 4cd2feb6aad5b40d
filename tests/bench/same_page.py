"""A bare Streamlit page with the same elements as the product's, on constant data, and one choice that changes them.

Run by tests/bench/rerun.py as a script of its own; the address names the file that same_elements.py wrote.
"""

import base64
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import streamlit as st

st.set_page_config(layout="wide")


@st.cache_resource
def variants(path: str) -> list[list[dict[str, Any]]]:
    """Everything that will be shown, read once."""
    read = json.loads(Path(path).read_text(encoding="utf-8"))
    for piece in (piece for pieces in read for piece in pieces if piece["kind"] == "vega_lite_chart"):
        piece["spec"] = json.loads(piece["spec"])
        piece["data"] = pa.ipc.open_stream(base64.b64decode(piece["data"])).read_all().to_pandas()
    return list(read)


every = variants(st.query_params["elements"])
with st.popover("Where", key="where"):
    if "teams" in st.query_params:
        step = len(st.multiselect("Team", st.query_params.get_all("teams"), key="team"))
    else:
        step = st.radio("Step", range(len(every)), key="step")
for number, piece in enumerate(every[step]):
    if piece["kind"] == "vega_lite_chart":
        st.vega_lite_chart(piece["data"], piece["spec"], theme=piece["theme"] or None, key=f"chart-{number}")
    elif piece["kind"] == "html":
        st.html(piece["body"])
    else:
        st.markdown(piece["body"], unsafe_allow_html=True)

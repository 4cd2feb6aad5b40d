"""How far a file is: its stage, how fast it goes, how long it will still take, and a way to stop it."""

from pathlib import Path

import streamlit as st

from data.store.pace import pace
from data.store.writer import Job
from pages._ui.escape import markdown
from pages._ui.session import View


def bar(view: View, job: Job, path: Path, key: str) -> None:
    """One job's bar, with the button that ends it."""
    size = path.stat().st_size if path.exists() else 0
    words = " · ".join(view.language.render(part) for part in (job.stage, *pace(job, size)))
    with st.container(key=f"progress-{key}", horizontal=True, vertical_alignment="bottom"):
        st.progress(min(1.0, job.progress), f"{markdown(job.label)} — {markdown(words)}")
        st.button(view.language.t("Stop"), key=f"stop-{key}", on_click=job.cancel, disabled=job.cancelled)

"""The ASGI app. `streamlit run app.py` starts it, and so does `python3 run.py`.

Invariant: the script lies in pages/_ui, not beside pages/, or Streamlit would publish every file in there by its name.
"""

import contextlib
import os
from collections.abc import AsyncIterator

import streamlit as st

from pages._ui.server.allocator import few_arenas
from pages._ui.server.lifespan import lifespan
from pages._ui.server.middleware import middleware
from pages._ui.server.routes import routes

few_arenas()


@contextlib.asynccontextmanager
async def serve(_app: st.App) -> AsyncIterator[None]:
    """Open the workspace for as long as the server runs; the port is known by now."""
    async with lifespan(int(st.get_option("server.port")), os.getpid()):
        yield


app = st.App(
    "pages/_ui/entry.py",
    routes=routes(),
    middleware=middleware(int(st.get_option("server.maxUploadSize"))),
    lifespan=serve,
)

"""What happens when the app starts and stops.

Invariant: the app serves nobody before its workspace is open, and the note that leads commands to it is gone before
the workspace is closed.
"""

import contextlib
import importlib
import logging
import secrets
import sys
import threading
from collections.abc import AsyncIterator
from typing import Any

from starlette.concurrency import run_in_threadpool

from data.errors import UserError
from kpi.command.workspace import RunningApp, remove_note, workspace_folder, write_note
from pages._ui.server import workspace

WARM = ("pandas", "pyarrow", "altair", "kpi.evaluate", "kpi.charts", "kpi.language")
"""What the first screen would otherwise wait for."""

TOKEN = secrets.token_urlsafe(32)
"""Shown to whoever can read the workspace's note; new with each start."""

_log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def lifespan(port: int, pid: int) -> AsyncIterator[None]:
    """Open the workspace, tell commands where the app is, warm up; undo all of it at the end."""
    try:
        await run_in_threadpool(workspace.store)
    except UserError as error:
        sys.stderr.write(f"\n{error}\n\n")
        raise
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    write_note(workspace_folder(), RunningApp(f"http://localhost:{port}", TOKEN, pid))
    try:
        yield
    finally:
        remove_note(workspace_folder(), TOKEN)
        await run_in_threadpool(workspace.close)


def warm_up() -> dict[str, Any]:
    """Import what the screens will need, while the owner's browser is still opening."""
    modules = {}
    for name in WARM:
        try:
            modules[name] = importlib.import_module(name)
        except ImportError:
            _log.exception("Could not warm up %s", name)
    return modules

"""What happens when the app starts and stops.

Invariant: the app serves nobody before its workspace is open, and the note that leads commands to it is gone before
the workspace is closed.
"""

import contextlib
import importlib
import logging
import os
import secrets
import sys
import threading
from collections.abc import AsyncIterator
from typing import Any

from starlette.concurrency import run_in_threadpool

from data.access.address import ADDRESS, RunningApp, remove_note, write_note
from data.access.visitor import FIRST
from data.errors import UserError
from kpi.command.workspace import ALONE
from pages._ui.server import workspace
from pages._ui.server.api.uses import USES
from pages._ui.server.clockwork import Clockwork
from pages._ui.server.door.provider import troubles

WARM = ("pages._ui.frame", "pages._ui.key_kpis", "pages._ui.cards", "pages._ui.matrix", "pages._ui.standing_out")
"""What the first screen would otherwise wait for."""

TOKEN = secrets.token_urlsafe(32)
"""Shown to whoever can read the workspace's note; new with each start."""

_log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def lifespan(port: int, pid: int) -> AsyncIterator[None]:
    """Open the workspace, tell commands where the app is, warm up; undo all of it at the end."""
    try:
        await run_in_threadpool(workspace.names)
        opened = await run_in_threadpool(workspace.stores)
        await run_in_threadpool(workspace.people)
    except UserError as error:
        sys.stderr.write(f"\n{error}\n\n")
        raise
    sys.stderr.writelines(f"\nNobody can sign in elsewhere: {trouble}\n" for trouble in troubles())
    await run_in_threadpool(greet, f"http://localhost:{port}")
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    for store in opened:
        write_note(store.workspace.folder, RunningApp(f"http://localhost:{port}", TOKEN, pid))
    clockwork = Clockwork()
    clockwork.start()
    try:
        yield
    finally:
        await run_in_threadpool(clockwork.stop)
        await run_in_threadpool(USES.write)
        for store in await run_in_threadpool(workspace.stores):
            remove_note(store.workspace.folder, TOKEN)
        await run_in_threadpool(workspace.close)


def greet(here: str) -> None:
    """Where accounts are needed and nobody owns the business yet: print the link by which one becomes its owner."""
    people = workspace.people()
    if os.environ.get(ALONE) == "1" or people.persons.has_owner(FIRST):
        return
    address = os.environ.get(ADDRESS, "").strip().rstrip("/") or here
    token = people.invitations.make("owner", None, FIRST)
    sys.stderr.write(
        f"\nNobody owns this dashboard yet. Open this link to become its owner; it is good once, for a day:"
        f"\n\n  {address}/welcome/{token}\n"
        "\nOn a computer of your own no account is needed: start it with `python3 run.py`.\n\n"
    )


def warm_up() -> dict[str, Any]:
    """Import what the screens will need, while the owner's browser is still opening."""
    modules = {}
    for name in WARM:
        try:
            modules[name] = importlib.import_module(name)
        except ImportError:
            _log.exception("Could not warm up %s", name)
    return modules

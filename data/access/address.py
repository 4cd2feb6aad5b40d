"""Where a workspace is served, and by which address people reach it.

Invariant: the note that leads to a running app can be read only by the owner of the workspace.
"""

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

ADDRESS = "KPI_ADDRESS"
"""Setting: the address by which people reach a hosted app, such as https://kpi.example.org."""
ALERT = "/alert/"
"""What the link of a message of alerts begins with, before its token."""
PUSHED = "/push/v1/"
"""What the addresses begin with to which other programs send rows."""
_NOTE = "app.json"


@dataclass(frozen=True)
class RunningApp:
    """Where a running app takes commands for its workspace."""

    url: str
    """Address of the app on this computer, without a slash at the end."""
    token: str
    """Proves that the caller can read the workspace."""
    pid: int
    """Its process."""


def write_note(workspace: Path, app: RunningApp) -> None:
    """Leave the address and token of the running app in the workspace, for its owner's eyes only."""
    workspace.mkdir(parents=True, exist_ok=True)
    new = workspace / f"{_NOTE}.{os.getpid()}"
    with contextlib.suppress(FileNotFoundError):
        new.unlink()
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(app), file)
    new.replace(workspace / _NOTE)


def read_note(workspace: Path) -> RunningApp | None:
    """The running app as it noted itself, or None; the process may have ended since."""
    try:
        return RunningApp(**json.loads((workspace / _NOTE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def public_address(workspace: Path) -> str:
    """What links begin with, without a slash at the end: the address people reach the app by, else this computer's."""
    note = read_note(workspace)
    return os.environ.get(ADDRESS, "").strip().rstrip("/") or (note.url if note else "http://localhost:8501")


def remove_note(workspace: Path, token: str) -> None:
    """Take the note away, if it is still the one with this token."""
    note = read_note(workspace)
    if note is not None and note.token == token:
        (workspace / _NOTE).unlink(missing_ok=True)

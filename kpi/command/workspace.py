"""Which folder is the workspace, and which running app owns it.

Invariant: the note that leads to a running app can be read only by the owner of the workspace.
"""

import contextlib
import json
import os
import re
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from data.access.installation import OTHERS
from data.errors import UserError
from data.message import say

ENVIRONMENT = "KPI_WORKSPACE"
ALONE = "KPI_ALONE"
"""Set by run.py: the app is for whoever sits at this computer, and needs no accounts."""
ADDRESS = "KPI_ADDRESS"
"""Setting: the address by which people reach a hosted app, such as https://kpi.example.org."""
SURVEYS = "KPI_SURVEY_URL"
"""Setting: the address by which phones reach this computer, or `auto`: its own in the network; only surveys answer."""
DEFAULT = "workspace"
_NOTE = "app.json"
_NAME = re.compile(r"\w[\w -]{0,39}")


@dataclass(frozen=True)
class RunningApp:
    """Where a running app takes commands for its workspace."""

    url: str
    """Address of the app on this computer, without a slash at the end."""
    token: str
    """Proves that the caller can read the workspace."""
    pid: int
    """Its process."""


def workspace_folder(named: str | None = None) -> Path:
    """The folder named on the command line, else in KPI_WORKSPACE, else `workspace` here; absolute."""
    return Path(named or os.environ.get(ENVIRONMENT) or DEFAULT).expanduser().absolute()


def businesses() -> tuple[str, ...]:
    """Names of the businesses here: the first one's is empty, the others lie in folders of their own."""
    others = workspace_folder() / OTHERS
    names = sorted(path.name for path in others.iterdir() if path.is_dir()) if others.is_dir() else []
    return ("", *names)


def business_folder(name: str) -> Path:
    """The workspace of a business."""
    return workspace_folder() / OTHERS / name if name else workspace_folder()


def add_business(name: str) -> str:
    """Make a further business; its name as it is kept. `UserError` where there is one, or it cannot be a folder's."""
    wanted = " ".join(name.split())
    if not _NAME.fullmatch(wanted):
        raise UserError(
            say("«{name}» cannot be the name of a business.", name=name),
            hint=say("Take letters, digits, spaces and hyphens, at most 40."),
        )
    if wanted.casefold() in {known.casefold() for known in businesses()}:
        raise UserError(say("There is a business called «{name}» already.", name=wanted))
    business_folder(wanted).mkdir(parents=True, mode=0o700)
    return wanted


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


def survey_address(workspace: Path) -> tuple[str, bool]:
    """What the links of surveys begin with, and whether other devices reach it."""
    public, note = (os.environ.get(SURVEYS) or os.environ.get(ADDRESS, "")).strip().rstrip("/"), read_note(workspace)
    here = note.url if note else "http://localhost:8501"
    if public == "auto":
        own = _own_address()
        return (here.replace("localhost", own), True) if own else (here, False)
    return (public, True) if public else (here, False)


def _own_address() -> str | None:
    """This computer's address in its network; None where there is none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def remove_note(workspace: Path, token: str) -> None:
    """Take the note away, if it is still the one with this token."""
    note = read_note(workspace)
    if note is not None and note.token == token:
        (workspace / _NOTE).unlink(missing_ok=True)

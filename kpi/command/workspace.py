"""Which folder is the workspace, which businesses there are, and by which address phones reach it.

Invariant: a business's workspace lies where `data.access.installation` finds it.
"""

import os
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from data.access.address import ADDRESS, read_note
from data.errors import UserError
from data.message import say
from data.store.workspace import OTHERS

if TYPE_CHECKING:
    from data.access.people import People

ENVIRONMENT = "KPI_WORKSPACE"
ALONE = "KPI_ALONE"
"""Set by run.py: the app is for whoever sits at this computer, and needs no accounts."""
SURVEYS = "KPI_SURVEY_URL"
"""Setting: the address by which phones reach this computer, or `auto`: its own in the network; only surveys answer."""
DEFAULT = "workspace"
_NAME = re.compile(r"\w[\w -]{0,39}")


def workspace_folder(named: str | None = None) -> Path:
    """The folder named on the command line, else in KPI_WORKSPACE, else `workspace` here; absolute."""
    return Path(named or os.environ.get(ENVIRONMENT) or DEFAULT).expanduser().absolute()


def businesses() -> tuple[str, ...]:
    """Names of the businesses here: the first one's is empty, the others lie in folders of their own."""
    others = workspace_folder() / OTHERS
    names = sorted(path.name for path in others.iterdir() if path.is_dir()) if others.is_dir() else []
    return ("", *names)


def meet(people: "People") -> None:
    """Where instances share who may come in, each knows the businesses of the others: their folders are made here."""
    people.businesses.tell(name for name in businesses() if name)
    for name in people.businesses.all():
        if _NAME.fullmatch(name):
            business_folder(name).mkdir(parents=True, exist_ok=True, mode=0o700)


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

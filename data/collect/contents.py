"""Where the contents of files that came lie until each is done with.

Invariant: a content is whole under its name or not there; it stays until it is loaded or put away. The folder is inside
the workspace, and no name of a file leads out of it.
"""

import os
import re
import shutil
from pathlib import Path

from data.store.disk import told_if_full
from data.store.entries.collect import Arrival, Arrivals
from data.store.workspace import Workspace, sync_folder

FOLDER = "collected"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]+")
_LONGEST = 120
"""Characters of a name."""


def plain_name(name: str) -> str:
    """A file's name as it can lie in a folder."""
    stem, dot, ending = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ").rpartition(".")
    whole = f"{stem[: _LONGEST - len(ending)]}{dot}{ending[:20]}" if dot else ending[:_LONGEST]
    while len(whole.encode()) > 240:
        whole = whole[1:]
    return whole or "table"


def place_of(workspace: Workspace, arrival: Arrival) -> Path:
    """Where the content of an arrival is, or would be."""
    return workspace.folder / FOLDER / str(arrival.id) / plain_name(arrival.name)


def keep(workspace: Workspace, arrival: Arrival, content: bytes) -> Path:
    """Write it down; on the disk when this returns. `DiskFull` where there is no space."""
    path = place_of(workspace, arrival)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.parent.with_name(f"{arrival.id}.part")
    with told_if_full(), part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)
    sync_folder(path.parent.parent)
    return path


def sweep(workspace: Workspace, arrivals: Arrivals, connection: int) -> None:
    """Remove what a kill left of arrivals of a source that are done with, or of sources that are connected no more."""
    folder = workspace.folder / FOLDER
    for path in folder.iterdir() if folder.exists() else ():
        number = path.name.partition(".")[0]
        arrival = arrivals.find(int(number)) if number.isdecimal() else None
        if arrival is None or (arrival.connection == connection and arrival.outcome in ("loaded", "put_away")):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def put_away(workspace: Workspace, arrival: Arrival) -> None:
    """It is done with."""
    shutil.rmtree(place_of(workspace, arrival).parent, ignore_errors=True)

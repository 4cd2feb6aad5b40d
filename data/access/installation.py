"""Where the workspaces of an installation lie.

Invariant: the first business's workspace is the installation's folder itself, which also keeps who may come in; each
further one has a folder of its name below it.
"""

from dataclasses import dataclass
from pathlib import Path

from data.access.visitor import FIRST
from data.store.workspace import OTHERS


@dataclass(frozen=True)
class Place:
    """Where a business is."""

    folder: Path
    """Folder of the installation."""
    business: str
    """Name of the business; empty: the first one."""


def place_of(workspace: Path) -> Place:
    """The installation and business of a workspace's folder."""
    if workspace.parent.name == OTHERS:
        return Place(workspace.parent.parent, workspace.name)
    return Place(workspace, FIRST)

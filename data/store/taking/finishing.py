"""What a crash cut off of deleting everything or of putting a backup back, finished before the workspace is opened."""

from data.store.taking import erase, replacing
from data.store.workspace import Workspace


def finish_if_begun(workspace: Workspace) -> None:
    """Finish it."""
    erase.finish_if_begun(workspace)
    replacing.finish_if_begun(workspace)

"""A workspace that was one machine's becomes shared.

Invariant: the originals lie at the new place before the journal says so, and it says all or nothing; a shared journal
that has lines is never added to from a folder.
"""

from data.store.journal import FileJournal
from data.store.originals import Originals
from data.store.remote.kept import TableJournal
from data.store.remote.originals import SharedOriginals
from data.store.workspace import Workspace


def move_in(workspace: Workspace, journal: TableJournal, originals: Originals) -> None:
    """Bring what the folder knows to where everybody finds it, once. Within the turn."""
    told = list(FileJournal(workspace.journal).entries())
    if not told or any(True for _ in journal.entries()):
        return
    if isinstance(originals, SharedOriginals):
        for path in sorted(workspace.originals.iterdir()):
            if not path.name.startswith("."):
                originals.settle(path, path.name.partition(".")[0])
    journal.receive(told)

"""A backup that was read takes the place of what is there, when the workspace is opened.

Invariant: once it is decided (the folder `restore` has its name) it is finished, by the next opening if a crash cuts it
off. Accounts stay where the backup brings none.
"""

import shutil
from pathlib import Path

from data.store.workspace import Workspace, sync_folder

DATABASES = ("app.sqlite", "people.sqlite")
"""SQLite files of a workspace; the second is the installation's, beside its first business."""
PEOPLE = DATABASES[1]
JOURNAL = "journal.jsonl"
PLAIN_FILES = (JOURNAL, "surveys.key")
"""Other files that cannot be made again."""
READY, PART = "restore", "restore.part"
"""Folder of a backup that was read, and of one that is being read."""
_LIVE_LOGS = ("-wal", "-shm", "-journal")


def finish_if_begun(workspace: Workspace) -> None:
    """What an opening does with a backup that is to be put back, before anything is read."""
    shutil.rmtree(workspace.folder / PART, ignore_errors=True)
    ready = workspace.folder / READY
    if not ready.exists():
        return
    for path in workspace.folder.glob("main.duckdb*"):
        path.unlink()
    (ready / "originals").mkdir(exist_ok=True)
    for path in (ready / "originals").iterdir():
        path.replace(workspace.originals / path.name)
    for name in (*PLAIN_FILES, *DATABASES):
        _put(ready / name, workspace.folder / name, is_kept=name == PEOPLE)
    sync_folder(workspace.folder)
    shutil.rmtree(ready)


def _put(new: Path, place: Path, *, is_kept: bool) -> None:
    """A file of the backup in its place. What the backup has not is not there either, accounts excepted; a part that
    was moved before a crash is found in its place already, and the mark that says so beside it."""
    mark = new.with_name(new.name + ".moved")
    if new.exists():
        for ending in _LIVE_LOGS:
            place.with_name(place.name + ending).unlink(missing_ok=True)
        mark.touch()
        new.replace(place)
        place.chmod(0o600)
    elif not mark.exists() and not is_kept:
        place.unlink(missing_ok=True)

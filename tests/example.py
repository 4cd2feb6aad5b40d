"""The example business, loaded once for all workers of a run; a test that needs it takes a copy.

Invariant: nothing is written into the folder that is copied once it is whole.
"""

import fcntl
import os
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

NOW = datetime(2026, 11, 5, 12)
"""When it is looked at."""
UNTIL = date(2026, 11, 4)
"""Its last day."""


def folder_of_all(factory: pytest.TempPathFactory) -> Path:
    """The folder that the workers of one run have in common."""
    mine: Path = factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


def workspace(factory: pytest.TempPathFactory) -> Path:
    """The workspace that holds it, loaded by whoever asks first."""
    from data.demo import load
    from data.store.store import Store

    folder = folder_of_all(factory) / "example"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = folder.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)
            with Store.open(making, lambda: NOW) as store:
                load.load(store, until=UNTIL)
            making.rename(folder)
    return folder


def copied(example: Path, folder: Path) -> Path:
    """A copy of it as the workspace in `folder`."""
    return Path(shutil.copytree(example, folder / "workspace", dirs_exist_ok=True))

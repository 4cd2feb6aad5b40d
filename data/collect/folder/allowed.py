"""Which folders may be watched.

Invariant: on a computer of one's own every folder; on a server only those that whoever runs it has named, and what lies
in them, so that an owner of one business cannot read the files of the machine.
"""

import os
from pathlib import Path

from data.collect.model import Trouble, Value
from data.message import say

VARIABLE = "KPI_COLLECT_FOLDERS"
"""Setting: folders that may be watched, apart as in PATH."""
ALONE = "KPI_ALONE"
"""Setting: 1 where the program serves this computer alone."""


def may_be_watched(value: Value) -> None:
    """`Trouble` for a folder that may not be, or is none."""
    allowed_folder(str(value))


def allowed_folder(text: str) -> Path:
    """The folder, links resolved."""
    folder = Path(text).expanduser()
    if not folder.is_absolute():
        raise Trouble(say("{folder} is not a full path.", folder=text), is_lasting=True)
    try:
        found = folder.resolve(strict=True)
    except (OSError, RuntimeError):
        raise Trouble(
            say("There is no folder {folder}.", folder=text), hint=say("Make it, or connect the disk it lies on.")
        ) from None
    if not _is_named(found):
        raise Trouble(
            say("The folder {folder} may not be watched.", folder=text),
            hint=say("Whoever runs the server names the folders: {setting}=/srv/kpi/incoming", setting=VARIABLE),
            is_lasting=True,
        )
    if not found.is_dir():
        raise Trouble(say("{folder} is a file, not a folder.", folder=text), is_lasting=True)
    return found


def _is_named(folder: Path) -> bool:
    named = [Path(one).resolve() for one in os.environ.get(VARIABLE, "").split(os.pathsep) if one]
    return any(folder.is_relative_to(one) for one in named) if named else os.environ.get(ALONE) == "1"

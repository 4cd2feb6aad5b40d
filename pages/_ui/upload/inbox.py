"""Files on their way into the workspace.

Invariant: a dropped file is written under its own plain name into a folder of its own inside the workspace, so no
name can point outside it; it stays there until it was loaded or put away.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages._ui import session

_UNSAFE = re.compile(r"[\x00-\x1f/\\]+")
TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "parquet", "json", "xes", "gz"]


@dataclass(frozen=True)
class Arrival:
    """One dropped file."""

    id: str
    """Streamlit's id of the upload: another for every drop."""
    path: Path
    """Where it lies."""

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.name


def keep(file: UploadedFile) -> Arrival:
    """Writes a dropped file once."""
    folder = session.store().workspace.folder / "inbox" / re.sub(r"\W", "", file.file_id)
    name = _UNSAFE.sub("_", Path(file.name).name).strip(". ")[-150:] or "table"
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(file.getbuffer())
    return Arrival(file.file_id, path)


def put_away(arrival: Arrival) -> None:
    """Removes a file that was loaded or is not wanted; the store keeps its own original."""
    shutil.rmtree(arrival.path.parent, ignore_errors=True)

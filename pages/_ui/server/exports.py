"""Where exports wait to be downloaded.

Invariant: an export is found only by a token that cannot be guessed, and no token leads out of the folder; there is
one export at a time.
"""

import re
import secrets
import shutil
from pathlib import Path

FILE_NAME = "kpi-export.zip"
"""What the browser saves it as."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32,64}", re.ASCII)


def new(workspace: Path) -> tuple[str, Path]:
    """A token and the place for a new export; the one before is removed."""
    folder = workspace / "exports"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    token = secrets.token_urlsafe(32)
    return token, folder / f"{token}.zip"


def path(workspace: Path, token: str) -> Path | None:
    """The export of a token, once it is whole."""
    found = workspace / "exports" / f"{token}.zip"
    return found if _TOKEN.fullmatch(token) and found.is_file() else None


def address(token: str) -> str:
    """Where the browser gets it."""
    return f"/export/{token}"

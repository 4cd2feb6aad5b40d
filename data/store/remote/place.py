"""Where the files of shared data lie: the lake's Parquet files and the originals.

Invariant: one place belongs to one catalogue. Its mark lies among the files and in the catalogue; whoever comes with
another finds out before anything is written or swept.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from data.errors import UserError
from data.message import say
from data.store.remote.account import Account, account
from data.store.remote.objects import Folder, Objects
from data.store.workspace import Workspace

SETTING = "KPI_STORE_DATA"
"""Environment variable that says where they lie; unset: in the workspace's folder."""
S3 = "s3://"
LAKE, ORIGINALS, MARK = "lake", "originals", "kpi-data"
"""Below a place: folder of the Parquet files, folder of the originals, and the file with its mark."""
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


@dataclass(frozen=True)
class Place:
    """One business's files."""

    root: str
    """A folder, or `s3://bucket/prefix`; no slash at the end."""
    account: Account | None
    """Of the service, where they lie at one."""
    own: bool
    """It is the workspace's folder itself."""

    @property
    def lake(self) -> str:
        """Where DuckDB writes, with a slash at the end."""
        return f"{self.root}/{LAKE}/"

    def objects(self) -> Objects:
        """What lies there, by name."""
        if self.account is None:
            return Folder(Path(self.root))
        from data.store.remote.bucket import Bucket

        bucket, _, prefix = self.root.removeprefix(S3).partition("/")
        return Bucket(bucket, f"{prefix}/", self.account)


def place_of(workspace: Workspace, business: str) -> Place:
    """The place the setting names, and in it the part of a business. `UserError` where it names none."""
    named = os.environ.get(SETTING, "").strip().rstrip("/")
    if not named:
        return Place(str(workspace.folder), None, own=True)
    if not named.startswith(S3):
        if "://" in named or not Path(named).is_absolute():
            raise UserError(
                say("{setting} names no place where files could lie.", setting=SETTING),
                hint=say("It is an absolute folder that every machine has, or s3://bucket/prefix."),
            )
        return Place(f"{named}/{business}", None, own=False)
    if not _BUCKET.fullmatch(named.removeprefix(S3).partition("/")[0]):
        raise UserError(
            say("{setting} names no bucket.", setting=SETTING), hint=say("Let it be s3://bucket or s3://bucket/prefix.")
        )
    return Place(f"{named}/{business}", account(), own=False)

"""How the tables are reached: in a file of the workspace, or in a lake that several processes share.

Invariant: which of the two is chosen here and nowhere else, by one setting; everything above is the same.
"""

import os

from data.errors import UserError
from data.message import say
from data.store.connection.contract import Connection
from data.store.connection.embedded import Embedded
from data.store.connection.lake import SETTING, Lake
from data.store.workspace import Workspace

__all__ = ["SETTING", "Connection", "connect"]

LAKE = "ducklake:postgres:"
"""What it begins with for a lake; the rest is how PostgreSQL is reached, as `host=… dbname=…` or an address."""


def connect(workspace: Workspace) -> Connection:
    """Open what the setting names. `WorkspaceBusy` when another process holds the file."""
    named = os.environ.get(SETTING, "").strip()
    if not named:
        return Embedded(workspace)
    if not named.startswith(LAKE):
        raise UserError(
            say("{setting} names no place where the data could lie.", setting=SETTING),
            hint=say("Leave it empty, or let it begin with {beginning}", beginning=LAKE),
        )
    return Lake(workspace, named.removeprefix(LAKE))

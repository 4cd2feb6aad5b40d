"""How the tables are reached: in a file of the workspace, or in a lake that several processes share.

Invariant: which of the two is chosen here and nowhere else, by one setting; everything above is the same.
"""

from data.errors import UserError
from data.message import say
from data.store.connection.contract import Connection
from data.store.connection.embedded import Embedded
from data.store.connection.setting import LAKE, SETTING, catalogue, named
from data.store.workspace import Workspace

__all__ = ["LAKE", "SETTING", "Connection", "catalogue", "connect"]


def connect(workspace: Workspace) -> Connection:
    """Open what the setting names. `WorkspaceBusy` when another process holds the file."""
    reached = catalogue()
    if reached is not None:
        from data.store.connection.lake import Lake  # who has a file needs nothing of it

        return Lake(workspace, reached)
    if named():
        raise UserError(
            say("{setting} names no place where the data could lie.", setting=SETTING),
            hint=say("Leave it empty, or let it begin with {beginning}", beginning=LAKE),
        )
    return Embedded(workspace)

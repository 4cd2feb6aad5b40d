"""What takes away or replaces everything is done only where one process owns the workspace.

Invariant: nobody loses files under another process that has them open.
"""

from data.errors import UserError
from data.message import say


def require(*, shared: bool) -> None:
    """`UserError` where other processes use the same data."""
    if shared:
        raise UserError(
            say("Other processes use these data too: they cannot be deleted or replaced as a whole."),
            hint=say("Stop all of them, then do it where the data lie in one file."),
        )

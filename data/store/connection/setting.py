"""The one setting that says where the data lie.

Invariant: it holds no password, so that whatever is said of it, by whomever, may stand in a log.
"""

import os
import re

from data.errors import UserError
from data.message import say

SETTING = "KPI_STORE"
"""Environment variable that says where the tables lie; unset: in the workspace's own file."""
LAKE = "ducklake:postgres:"
"""What it begins with for a lake; the rest is how PostgreSQL is reached, as `host=… dbname=…` or an address."""
_PASSWORD = re.compile(r"\bpassword\s*=|//[^/@\s]*:[^/@\s]*@", re.IGNORECASE)


def named() -> str:
    """What it says; empty: nothing."""
    return os.environ.get(SETTING, "").strip()


def catalogue() -> str | None:
    """How the PostgreSQL is reached that several instances share; None: they share none. `UserError` for a password."""
    if not named().startswith(LAKE):
        return None
    reached = named().removeprefix(LAKE)
    if _PASSWORD.search(reached):
        # Whatever DuckDB says of a connection repeats how it was made, in messages and logs.
        raise UserError(
            say("The password of PostgreSQL must not stand in {setting}.", setting=SETTING),
            hint=say("Put it in the file ~/.pgpass or in PGPASSWORD."),
        )
    return reached

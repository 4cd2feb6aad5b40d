"""Which engine answers Statements: the store's own DuckDB, or one that holds a copy of the data.

Invariant: it is chosen here and nowhere else, by one setting; what it needs beside a normal installation is imported
only where it is chosen.
"""

import os
from dataclasses import replace

from data.errors import UserError
from data.message import say
from data.store.connection.lake import schema_of
from data.store.engine.clickhouse.address import BEGINNING, DATABASE, SETTING, address
from data.store.engine.contract import Engine, Reading, TookTooLong, Unanswered
from data.store.workspace import Workspace

__all__ = ["SETTING", "Engine", "TookTooLong", "Unanswered", "engine"]


def engine(workspace: Workspace, reading: Reading) -> Engine | None:
    """What the setting names; None: DuckDB alone. `reading`: how a state of the data is read to be copied."""
    named = os.environ.get(SETTING, "").strip()
    if not named:
        return None
    if not named.startswith(BEGINNING):
        raise UserError(
            say("{setting} names no engine that could answer.", setting=SETTING),
            hint=say("Leave it empty, or write it as {example}", example=f"{BEGINNING}http://host:8123/{DATABASE}"),
        )
    at = address(named)
    try:
        from data.store.engine.clickhouse.engine import ClickHouse
    except ModuleNotFoundError as error:
        raise UserError(
            say("What {setting} needs is not installed.", setting=SETTING),
            hint=say("Run: pip install -r {file}", file="requirements-engine.txt"),
        ) from error
    return ClickHouse(replace(at, database=at.database + schema_of(workspace).removeprefix("business")), reading)

"""What a backup would send once it is put back.

Invariant: nothing that was, or may have been, sent after the backup was made goes out again: what waits in it is called
off, and no occasion before it is put back comes up. What goes out from then on is not touched.
"""

import contextlib
import json
import sqlite3
from datetime import datetime
from pathlib import Path

from data.message import say
from data.store.codec import message_to_json
from data.store.entries.delivery.times import to_text


def call_off(entries: Path, now: datetime) -> None:
    """Call off what waits in the entries of a backup, as of a moment (UTC); older ones have nothing of the kind."""
    told = say("A backup was put back: it may have gone out before.")
    reason, moment = json.dumps(message_to_json(told), ensure_ascii=False), to_text(now)
    with contextlib.closing(sqlite3.connect(entries)) as connection, connection:
        tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
        if not {"deliveries", "schedules"} <= tables:
            return
        connection.execute(
            "update deliveries set state = 'missed', next_at = null, reason = ?"
            " where state in ('due', 'failed', 'preparing') and next_at is not null", (reason,),
        )  # fmt: skip
        connection.execute("update schedules set handled_until = ? where handled_until < ?", (moment, moment))

"""The channels by which something may go out: a mail server, a bot, a folder, a web address.

Invariant: what is secret about one lies among the secrets, under the channel's number, never here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.errors import UnknownName, UserError, did_you_mean
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, inserted

LONGEST = 60
"""Letters of a name."""


@dataclass(frozen=True)
class ChannelEntry:
    """One channel as it was set up."""

    id: int
    """Its number."""
    name: str
    """What it is called; no two are called alike."""
    kind: str
    """mail, telegram, folder or webhook."""
    settings: Mapping[str, Any]
    """Whatever its kind needs and is no secret."""


class Channels:
    """Channels of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[ChannelEntry, ...]:
        """Every channel, by name."""
        rows = self._database.rows("select id, name, kind, settings from delivery_channels order by name")
        return tuple(ChannelEntry(number, name, kind, json.loads(settings)) for number, name, kind, settings in rows)

    def get(self, number: int) -> ChannelEntry | None:
        """The channel of a number; None: it was taken away."""
        return next((one for one in self.all() if one.id == number), None)

    def named(self, name: str) -> ChannelEntry:
        """The channel of a name. `UnknownName` if there is none."""
        found = {one.name: one for one in self.all()}
        if name not in found:
            raise UnknownName(say("There is no channel «{name}».", name=name), hint=did_you_mean(name, found))
        return found[name]

    def set(self, name: str, kind: str, settings: Mapping[str, Any]) -> int:
        """Set a channel up, or change the one of that name; its number. `UserError` where it is of another kind."""
        shown = " ".join(name.split())[:LONGEST].strip()
        if not shown:
            raise UserError(say("A channel needs a name."))
        known = next((one for one in self.all() if one.name == shown), None)
        if known is not None and known.kind != kind:
            raise UserError(say("«{name}» is a channel of another kind.", name=shown))
        text = json.dumps(dict(settings), ensure_ascii=False)
        with self._database.change("channels") as connection:
            if known is not None:
                connection.execute("update delivery_channels set settings = ? where id = ?", (text, known.id))
                return known.id
            return inserted(
                connection,
                "insert into delivery_channels (name, kind, settings, entered_at) values (?, ?, ?, ?)",
                (shown, kind, text, self._clock().isoformat(timespec="seconds")),
            )

    def remove(self, number: int) -> None:
        """Take a channel away; what was to go out by it stays in the log, and fails."""
        with self._database.change("channels") as connection:
            connection.execute("delete from delivery_channels where id = ?", (number,))

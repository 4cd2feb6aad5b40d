"""How often a source is asked.

Invariant: a rhythm is «15m», «6h», «2d» or a time of day, «07:30»; what is written back reads back equal. Times are the
business's local times.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from data.errors import UserError
from data.message import say

_EVERY = re.compile(r"(\d{1,4})\s*([mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_AT = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class Rhythm:
    """Every so often, or daily at a time."""

    every: timedelta | None
    """The pause between two runs; None: daily at `at`."""
    at: time | None
    """Time of day; None: every so often."""

    def next_after(self, now: datetime) -> datetime:
        """When it is due next."""
        if self.every is not None:
            return now + self.every
        today = datetime.combine(now.date(), self.at or time())
        return today if today > now else today + timedelta(days=1)


def rhythm(text: str, least: timedelta = timedelta(0)) -> Rhythm:
    """The rhythm a text says. `UserError` for none, and for one that is quicker than allowed."""
    asked = text.strip().lower()
    if found := _AT.fullmatch(asked):
        return Rhythm(None, time(int(found[1]), int(found[2])))
    found = _EVERY.fullmatch(asked)
    every = int(found[1]) * _UNITS[found[2]] if found else timedelta(0)
    if not every:
        raise UserError(say("«{text}» is no rhythm.", text=text), hint=say("Say 15m, 6h, 2d, or a time such as 07:30."))
    if every < least:
        raise UserError(
            say("This source is asked every {n} minutes at most.", n=int(least.total_seconds() // 60)),
            hint=say("Say a longer pause, or a time of the day."),
        )
    return Rhythm(every, None)

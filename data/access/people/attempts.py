"""How often somebody may try a password.

Invariant: of one account and of one address only so many tries are looked at in a quarter of an hour, whether the
account exists or not; a clock that was set back opens the door neither earlier nor never. Names and addresses are kept
as hashes: some type their password where the name belongs.
"""

from datetime import datetime, timedelta

from data.store.clock import Clock
from data.store.entries.database import Database
from data.store.token import hash_of

WINDOW = timedelta(minutes=15)
"""The time tries are counted over."""
OF_ACCOUNT = 10
"""Tries of one account that are looked at."""
OF_ADDRESS = 60
"""Tries from one address that are looked at: a whole shop may sit behind one."""


class Attempts:
    """Tries that failed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def wait(self, account: str, address: str) -> int:
        """Minutes until another try is looked at; 0: now."""
        now, waits = self._clock(), [0]
        self._bring_back(now)
        for who, most in _keys(account, address):
            times = [at for at in self._times(who) if now - at < WINDOW]
            if len(times) >= most:
                left = WINDOW - (now - sorted(times)[-most])
                waits.append(int(left.total_seconds() // 60) + 1)
        return max(waits)

    def failed(self, account: str, address: str) -> None:
        """Another one."""
        now = self._clock()
        with self._database.receive() as connection:
            connection.execute("delete from attempts where at < ?", ((now - WINDOW).isoformat(),))
            for who, _ in _keys(account, address):
                connection.execute("insert into attempts values (?, ?)", (who, now.isoformat()))

    def succeeded(self, account: str) -> None:
        """The account's owner is here: what others tried is forgotten."""
        self._database.remark("delete from attempts where who = ?", (_keys(account, "")[0][0],))

    def _bring_back(self, now: datetime) -> None:
        """Tries of a clock that ran ahead are as of now: or they would count until it is that time again."""
        ahead = self._database.rows("select 1 from attempts where at > ? limit 1", (now.isoformat(),))
        if ahead:
            self._database.remark("update attempts set at = ? where at > ?", (now.isoformat(), now.isoformat()))

    def _times(self, who: str) -> list[datetime]:
        rows = self._database.rows("select at from attempts where who = ?", (who,))
        return [datetime.fromisoformat(row[0]) for row in rows]


def _keys(account: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
    return (hash_of(f"account {account}"), OF_ACCOUNT), (hash_of(f"address {address}"), OF_ADDRESS)

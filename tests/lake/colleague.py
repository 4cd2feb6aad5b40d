"""Another process with the entries and people of the same installation, which does as it is told.

Each line is an expression over `entries`, `people` and what `colleague.py` defines; its value is written down as JSON.
"""

import json
import sys
import time
from datetime import datetime
from pathlib import Path

from data.access.people import People
from data.store.entries import Entries, NewDelivery
from data.store.zone import instant

NOW = datetime(2026, 11, 5, 12)


def clock() -> datetime:
    """It stands still."""
    return NOW


def tell(value: object) -> None:
    """One line, whole and at once."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def count_up(entries: Entries, times: int) -> int:
    """Look at a number and enter the next, so many times, with nobody between."""
    for _ in range(times):
        with entries.custom_kpis.alone():
            entries.settings.set("count", entries.settings.get("count", 0) + 1)
    return times


def claim_all(entries: Entries) -> list[int]:
    """Claim whatever waits until nothing does; the numbers that were got."""
    mine: list[int] = []
    while waiting := entries.deliveries.waiting(instant(clock)):
        mine += [one.id for one in waiting if entries.deliveries.claim(one.id)]
    return mine


def half(entries: Entries) -> None:
    """Begin to enter something, say so, and never come to an end."""
    with entries._database.change("half") as writing:
        writing.execute("insert into settings values ('half', '1')")
        tell("in the middle")
        time.sleep(600)


def hold(entries: Entries, name: str) -> None:
    """Be at some work for ever."""
    with entries.clockwork.only(name) as mine:
        tell(mine)
        time.sleep(600)


def mail(number: int) -> NewDelivery:
    """Something that is to go out."""
    return NewDelivery(
        what="report", source="test", occasion=str(number), recipient="person:1", channel=1, name="Ann",
        due_at=instant(clock),
    )  # fmt: skip


def main(folder: Path) -> None:
    """Open, do what is asked, close."""
    folder.mkdir(exist_ok=True)
    entries, people = Entries(folder / "app.sqlite", clock), People(folder, clock)
    tell("open")
    for line in sys.stdin:
        tell(eval(line, {**globals(), "entries": entries, "people": people}))
    people.close()
    entries.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

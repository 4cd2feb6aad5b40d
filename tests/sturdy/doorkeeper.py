"""A process that lets people in and shows them out, one deed after the other, and tells of each that it is done.

`python -m tests.sturdy.doorkeeper WORKSPACE SEED`; killed by whoever started it.
"""

import json
import random
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from data.access.people import Membership, People, passwords
from data.access.visitor import personal_link
from data.store.entries import Entries

PASSWORD = "верблюд идёт в гору"
NOW = datetime(2026, 11, 23, 12)
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""What is tried is what is kept, not how slowly."""


def clock() -> datetime:
    """The trials' «now»."""
    return NOW


def deeds(people: People, entries: Entries, chance: random.Random) -> Any:
    """Without end: what is begun, then what came of it."""
    number = 0
    while True:
        number += 1
        name = f"n{number}-{chance.randrange(10**9)}"
        yield {"begun": "let_in", "login": name}
        person, invitation = people.let_in(name, name, Membership("", "viewer"))
        yield {"done": "let_in", "login": name, "token": invitation}
        yield {"begun": "accept", "login": name, "token": invitation}
        people.accept(str(invitation), PASSWORD)
        yield {"done": "accept", "login": name, "token": invitation}
        session = people.sessions.begin("", "phone", person=person)
        yield {"done": "session", "token": session}
        if number % 3 == 0:
            yield {"begun": "end", "token": session}
            people.sessions.end_all(person)
            yield {"done": "end", "token": session}
        people.persons.admit(person, Membership("", "lead"))
        yield {"done": "lead", "login": name}
        link, token = entries.links.create(personal_link(name))
        yield {"done": "link", "token": token}
        if number % 2 == 0:
            yield {"begun": "revoke", "token": token}
            entries.links.revoke(link)
            yield {"done": "revoke", "token": token}
        for _ in range(3):
            people.attempts.failed(name, "203.0.113.7")
        yield {"done": "failed", "login": name, "times": 3}
        if number % 4 == 0:
            yield {"begun": "close", "login": name}
            people.persons.close(person)
            yield {"done": "close", "login": name}


def main() -> None:
    """Until it is killed."""
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    passwords._HASHER = CHEAP
    people, entries = People(folder, clock), Entries(folder / "app.sqlite", clock)
    if not people.persons.has_owner(""):
        people.let_in("boss", "boss", Membership("", "owner"))
    for told in deeds(people, entries, random.Random(seed)):
        print(json.dumps(told), flush=True)  # noqa: T201 - its answer is what it prints


if __name__ == "__main__":
    main()

"""How fast a job goes and how long it will still take, in words (pure).

Invariant: nothing is told before enough is done to tell it from.
"""

from data.message import Message, say, say_n
from data.store.writer import Job

TELLS_FROM = 3.0
"""Seconds after which more than the stage is told."""
ENOUGH = 0.06
"""Share done from which the rest can be told."""
LARGE = 20_000_000
"""Bytes from which a rate means something."""


def pace(job: Job, size: int) -> tuple[Message, ...]:
    """What to say beside the stage of a job that reads a file of so many bytes."""
    if job.cancelled:
        return (say("stopping"),)
    seconds, done = job.running_for, job.progress
    if job.state != "running":
        return ()
    if seconds < TELLS_FROM or done < ENOUGH:
        return ()
    rate = (say("{n} MB a second", n=max(1, round(size * done / seconds / 1e6))),) if size >= LARGE else ()
    return (*rate, left(seconds * (1 - done) / done))


def left(seconds: float) -> Message:
    """«about 40 seconds left», «about 3 minutes left»."""
    if seconds < 90:
        n = max(5, round(seconds / 5) * 5)
        return say_n("about {n} second left", "about {n} seconds left", n)
    minutes = round(seconds / 60)
    return say_n("about {n} minute left", "about {n} minutes left", minutes)

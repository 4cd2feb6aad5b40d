"""When a source that failed is tried again (pure).

Invariant: the pause grows with every failure and is never shorter than the source's own, up to an hour; after
`OPENS_AFTER` failures in a row (fewer where trying again is of no use) the circuit is open: it is tried once a day,
until it answers, or somebody changes it or tries it by hand.
"""

from datetime import datetime, timedelta

from data.collect.model import Trouble
from data.errors import UserError

OPENS_AFTER = 6
OPENS_AFTER_LASTING = 3
"""Failures in a row where trying again soon is of no use."""
FIRST, FIRST_LASTING = timedelta(minutes=5), timedelta(hours=1)
"""Pause after the first failure; each one more doubles it."""
LONGEST, HOUR = timedelta(hours=6), timedelta(hours=1)
DAILY = timedelta(days=1)
"""Pause of an open circuit."""


def is_open(failures: int, trouble: UserError | None) -> bool:
    """Whether it is tried but once a day."""
    return failures >= (OPENS_AFTER_LASTING if _is_lasting(trouble) else OPENS_AFTER)


def next_try(now: datetime, failures: int, trouble: UserError, regular: datetime) -> datetime:
    """When it is tried after so many failures in a row; `regular`: when it would be without any."""
    if is_open(failures, trouble):
        pause = DAILY
    else:
        first = FIRST_LASTING if _is_lasting(trouble) else FIRST
        pause = min(first * 2 ** (max(failures, 1) - 1), LONGEST)
    asked = trouble.retry_at if isinstance(trouble, Trouble) else None
    return max(now + pause, asked or now, regular if regular <= now + HOUR else now)


def _is_lasting(trouble: UserError | None) -> bool:
    return isinstance(trouble, Trouble) and trouble.is_lasting

"""How much one token, and one address without any, may ask.

Invariant: what is too much is refused at once and waits nowhere, so that nobody who asks too much keeps others waiting.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from pages._ui.server.form.rate import Rate

AT_ONCE = 3
"""Questions of one token under way; fewer than a Reader lets wait for each other."""
ALTOGETHER = 12
"""Questions of all tokens under way; fewer than the server has threads."""

asked = Rate(burst=60, a_second=2)
"""Questions of one token."""
shown = Rate(burst=240, a_second=40)
"""Views of one card."""
guessed = Rate(burst=20, a_second=0.2)
"""Tokens that do not answer, of one address."""


class Busy(Exception):
    """Too many questions are under way."""


class UnderWay:
    """Questions that are being answered; asked of the event loop's thread only."""

    def __init__(self) -> None:
        self._of: Counter[Hashable] = Counter()

    @contextmanager
    def one_more(self, whose: Hashable) -> Iterator[None]:
        """While one is answered. `Busy` where there are too many."""
        if self._of[whose] >= AT_ONCE or self._of.total() >= ALTOGETHER:
            raise Busy
        self._of[whose] += 1
        try:
            yield
        finally:
            self._of[whose] -= 1
            if not self._of[whose]:
                del self._of[whose]


def seconds(rate: Rate) -> str:
    """What Retry-After says: after so long one more is let through."""
    return str(max(1, math.ceil(1 / rate.a_second)))

"""Answers that were given, so that asking the same again costs nothing while nothing has changed.

Invariant: an answer is kept under everything it depends on, the scope among it; what is kept is bounded in bytes. Its
tag is made of its own bytes: it tells nobody that something changed which they are not shown.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from kpi.api.model import Answer, Asking, Endpoint, Told

MOST_BYTES = 32 << 20
"""Bytes of all kept answers."""


class Kept:
    """Answers, the oldest let go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._bytes = 0

    def answer(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The kept answer, else the one `make` makes."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        made = make()
        with self._lock:
            before = self._answers.pop(key, None)
            self._bytes += len(made.body) - (len(before.body) if before else 0)
            self._answers[key] = made
            while self._bytes > self._most:
                self._bytes -= len(self._answers.popitem(last=False)[1].body)
        return made


def key(asking: Asking, endpoint: Endpoint, told: Told) -> Hashable:
    """Everything an answer depends on."""
    return (
        str(asking.store.workspace.folder), asking.reader.data_version, asking.kpis.version, asking.targets.version,
        asking.store.clock().date(), asking.reader.scope, endpoint.name, tuple(sorted(told.items(), key=_name)),
        asking.words.code,
    )  # fmt: skip


def _name(item: tuple[str, object]) -> str:
    return item[0]


def tag(answer: Answer) -> str:
    """The strong ETag of an answer."""
    return f'"{hashlib.sha256(answer.body).hexdigest()[:32]}"'

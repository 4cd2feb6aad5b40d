"""What was answered is kept for whoever asks the same.

Invariant: a question is answered once, also where several ask it at the same moment; what is kept is shared by all who
ask in the same words, holds no more than so many bytes, and what was not asked for the longest goes first. Everything
here can be answered again.
"""

import os
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any

SHARE = 32
"""One part of so many of the machine's memory."""
LEAST, MOST = 64 << 20, 512 << 20
"""Bytes: never less, never more."""
OVERHEAD = 512
"""Bytes that a kept answer costs besides itself."""


class Answers:
    """Questions and their answers."""

    def __init__(self, most: int | None = None) -> None:
        self.most = _allowed() if most is None else most
        """Bytes that may be held."""
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._begun: dict[Hashable, threading.Event] = {}

    def of(self, question: Hashable, answer: Callable[[], Any]) -> Any:
        """What is kept, else what `answer` says; whoever asks meanwhile waits for the same. Never change it."""
        while True:
            with self._lock:
                if question in self._held:
                    self._held.move_to_end(question)
                    return self._held[question][0]
                begun = self._begun.get(question)
                if begun is None:
                    self._begun[question] = threading.Event()
                    break
            begun.wait()  # whose answer failed tells nobody: the next one asks again
        try:
            found = answer()
            self._keep(question, found)
        finally:
            with self._lock:
                self._begun.pop(question).set()
        return found

    def holds(self, question: Hashable) -> bool:
        """Whether it is answered already."""
        return question in self._held

    def clear(self) -> None:
        """Nothing is known any more."""
        with self._lock:
            self._held.clear()
            self._bytes = 0

    @property
    def size(self) -> int:
        """Bytes held now."""
        return self._bytes

    def _keep(self, question: Hashable, found: Any) -> None:
        size = OVERHEAD + size_of(found)
        if size > self.most:
            return
        with self._lock:
            self._bytes += size - self._held.pop(question, (None, 0))[1]
            self._held[question] = (found, size)
            while self._bytes > self.most:
                _, (_, freed) = self._held.popitem(last=False)
                self._bytes -= freed


def named(question: object) -> Hashable:
    """A question as a key: itself, or where something in it cannot be one, how it is written."""
    try:
        hash(question)
    except TypeError:
        return repr(question)
    return question


def size_of(thing: Any) -> int:
    """About how many bytes a value holds, all that is inside it included, each thing once."""
    seen: set[int] = set()
    total, waiting = 0, [thing]
    while waiting:
        one = waiting.pop()
        if id(one) not in seen:
            seen.add(id(one))
            total += _own(one)
            waiting.extend(_inside(one))
    return total


def _own(one: Any) -> int:
    """Tables and arrays are asked, by what they can tell: nothing is imported here that no first screen needs."""
    if isinstance(one, type):
        return sys.getsizeof(one, 64)
    if hasattr(one, "memory_usage"):
        usage = one.memory_usage(deep=True)
        return int(usage.sum() if hasattr(usage, "sum") else usage)
    nbytes = getattr(one, "nbytes", None)
    return nbytes if isinstance(nbytes, int) else sys.getsizeof(one, 64)


def _inside(one: Any) -> Iterator[Any]:
    """The parts of values; what is no value (a store, a function) counts as itself alone."""
    if isinstance(one, Mapping):
        yield from one.keys()
        yield from one.values()
    elif isinstance(one, tuple | list | set | frozenset):
        yield from one
    elif is_dataclass(one) and not isinstance(one, type) and type(one).__dataclass_params__.frozen:  # type: ignore[attr-defined]
        yield from vars(one).values() if hasattr(one, "__dict__") else ()


def _allowed() -> int:
    try:
        physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return LEAST
    return min(max(physical // SHARE, LEAST), MOST)

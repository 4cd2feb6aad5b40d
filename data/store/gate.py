"""Who may write: asked before anything is entered, imported or taken back.

Invariant: there is one gate a Store, and nothing a person does is written past it; what the program writes of its own
accord (`itself`) and what its own thread writes afterwards are not asked for. Who is asking is found anew each time, so
that a right that was taken away is gone for callbacks and fragments of pages that are open, too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

from data.errors import NotAllowed
from data.message import say

Duty = Literal["owner", "lead"]
"""Who may do it: owner: only owners · lead: leads too."""
Ask = Callable[[Duty, str], bool]
"""Whether whoever is at work may do something that asks for this duty; the text names what is changed."""

_ITSELF: ContextVar[bool] = ContextVar("written by the program itself", default=False)


class Gate:
    """The gate of one workspace; open until somebody is asked for."""

    def __init__(self) -> None:
        self._ask: Ask | None = None

    def kept_by(self, ask: Ask) -> None:
        """From now on this is asked."""
        self._ask = ask

    def require(self, duty: Duty, what: str) -> None:
        """`NotAllowed` for whoever may not do it."""
        if self._ask is not None and not _ITSELF.get() and not self._ask(duty, what):
            raise NotAllowed(
                say("You may look at this, but not change it."), hint=say("Ask the owner of the dashboard.")
            )

    @contextmanager
    def itself(self) -> Iterator[None]:
        """What is written inside is written by the program, not by whoever happens to look."""
        token = _ITSELF.set(True)
        try:
            yield
        finally:
            _ITSELF.reset(token)

"""Routes that are brought by the first request to one of their addresses.

Invariant: the app starts without what its first screen does not need: surveys, alerts, the API and what others send
bring what they need when they are first asked for. Every address below `under` is theirs.
"""

import importlib

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Match, Router
from starlette.types import Receive, Scope, Send


class Later(BaseRoute):
    """The routes that a function of a module makes."""

    def __init__(self, under: str, module: str, maker: str) -> None:
        self.under, self._module, self._maker = under, module, maker
        self._router: Router | None = None

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether an address is below theirs; which of them it is, they tell."""
        is_ours = scope["type"] == "http" and str(scope["path"]).startswith(self.under)
        return (Match.FULL if is_ours else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Bring them, once, while others go on being served; let them answer."""
        if self._router is None:
            self._router = Router(await run_in_threadpool(self.brought), redirect_slashes=False)
        await self._router(scope, receive, send)

    def brought(self) -> list[BaseRoute]:
        """The routes themselves."""
        made: list[BaseRoute] = getattr(importlib.import_module(self._module), self._maker)()
        return made

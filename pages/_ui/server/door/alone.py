"""Whether the app runs for whoever sits at this computer, and this request is theirs.

Invariant: only where run.py started it so; only if the peer is this computer, it was asked for by this computer's name,
and nobody stands between. What is found out is told to the screens by a header that nobody else can set: its value is
made at each start, and whatever arrives under its name is taken away.
"""

import os
import secrets

from starlette.types import Scope

from kpi.command.workspace import ALONE
from pages._ui.server.requests import is_local

HEADER = "x-kpi-alone"
VALUE = secrets.token_urlsafe(16)


def is_alone(scope: Scope) -> bool:
    """Whether a request is made by whoever the app was started for."""
    return os.environ.get(ALONE) == "1" and is_local(scope)


def told(scope: Scope) -> Scope:
    """The request with the header, or without it."""
    headers = [(name, value) for name, value in scope.get("headers", ()) if name.lower() != HEADER.encode()]
    if is_alone(scope):
        headers.append((HEADER.encode(), VALUE.encode()))
    return {**scope, "headers": headers}

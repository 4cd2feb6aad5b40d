"""Which addresses are the form's, and whether other devices may ask for them.

Invariant: from elsewhere nothing is reached but a survey's form, and that only where the owner named an address for it.
"""

import os
import re

from starlette.types import Scope

from kpi.command.workspace import SURVEYS

PATH = "/s/"
_FORM = re.compile(r"/s/[A-Za-z0-9_-]{16,64}(/thanks)?")


def is_form(scope: Scope) -> bool:
    """Whether a request is for a survey's form."""
    return scope["type"] == "http" and _FORM.fullmatch(scope["path"]) is not None


def is_let_in(scope: Scope) -> bool:
    """Whether a request from another device may pass."""
    return (
        bool(os.environ.get(SURVEYS, "").strip()) and scope.get("method") in ("GET", "HEAD", "POST") and is_form(scope)
    )

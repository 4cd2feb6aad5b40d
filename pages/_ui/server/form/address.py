"""Which addresses are the form's, and whether other devices may ask for them.

Invariant: from elsewhere nothing is reached but a survey's form, and that only where the owner named an address for it.
"""

import os
import re

from starlette.types import Scope

from kpi.command.workspace import ALONE, SURVEYS
from pages._ui.server.requests import is_local

PATH = "/s/"
_FORM = re.compile(r"/s/[A-Za-z0-9_-]{16,64}(/thanks)?")


def is_let_in(scope: Scope) -> bool:
    """Whether a request may reach the form: where the app is hosted and from this computer always; from elsewhere only
    a form itself, where the owner named an address for phones."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD", "POST"):
        return False
    if os.environ.get(ALONE) != "1" or is_local(scope):
        return str(scope["path"]).startswith(PATH)
    return bool(os.environ.get(SURVEYS, "").strip()) and _FORM.fullmatch(scope["path"]) is not None

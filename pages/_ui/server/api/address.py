"""Which addresses are the API's, and whether other devices may ask for them.

Invariant: on a computer of one's own the API answers this computer only; where the app is hosted, whoever has a token.
"""

import os
from urllib.parse import urlsplit

from starlette.types import Scope

from kpi.api.address import PREFIX
from kpi.command.workspace import ALONE
from pages._ui.server.requests import is_local

PATH = f"{PREFIX}/"
EMBED = f"{PREFIX}/embed/"
"""What the address of a card on other sites begins with; its token follows."""
SITES = "KPI_API_SITES"
"""Setting: origins whose scripts may read answers in a browser (CORS), separated by spaces; none unless set."""


def is_let_in(scope: Scope) -> bool:
    """Whether a request may reach the API, which asks for a token of its own."""
    if not str(scope["path"]).startswith(PATH):
        return False
    return os.environ.get(ALONE) != "1" or is_local(scope)


def may_read(origin: str | None) -> bool:
    """Whether scripts of a site may read what is answered."""
    return origin is not None and origin in os.environ.get(SITES, "").split() and bool(urlsplit(origin).netloc)

"""Whose token a request shows.

Invariant: a token is looked for by its hash in every business; what does not answer is told alike, whatever is wrong
with it.
"""

import re
from dataclasses import dataclass

from starlette.requests import Request

from data.access.reader import Reader
from data.access.visitor import of_token
from data.store.entries import ApiToken
from kpi.api.model import Asking
from kpi.command.workspace import businesses
from kpi.custom.joined import catalogue_of
from kpi.language import Language
from pages._ui.server import workspace

_BEARER = re.compile(r"bearer +([A-Za-z0-9_-]{20,100})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Holder:
    """A token that answers, and where."""

    business: str
    """Name of the business."""
    token: ApiToken
    """The token."""

    @property
    def key(self) -> tuple[str, int]:
        """What its questions are counted under."""
        return self.business, self.token.id


def token_of(request: Request) -> str | None:
    """The text of the token in the header; None: there is none."""
    found = _BEARER.fullmatch(request.headers.get("authorization", "").strip())
    return found[1] if found else None


def holder(text: str) -> Holder | None:
    """Where a token answers; None: nowhere."""
    for business in businesses():
        entries = workspace.entries_of(business)
        token = entries.api_tokens.find(text) if entries is not None else None
        if token is not None:
            return Holder(business, token)
    return None


def asking(of: Holder, words: Language) -> Asking:
    """What the token may ask, as it is now."""
    store = workspace.store(of.business)
    reader = Reader(store, of_token(store.entries, of.token))
    return Asking(store, reader, catalogue_of(store), workspace.targets_of(store), words)

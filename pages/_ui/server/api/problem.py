"""What is wrong, as RFC 9457 says it.

Invariant: a problem names what whoever asks said, and nothing that their token does not show.
"""

import json

from starlette.responses import Response

from data.access.limit import TooSlow
from data.errors import NotAllowed, UnknownName, UserError
from data.message import Message
from kpi.api.model import WrongQuestion
from kpi.api.openapi import PROBLEM
from kpi.language import Language

_STATUS: tuple[tuple[type[UserError], int], ...] = (
    (WrongQuestion, 400), (UnknownName, 404), (NotAllowed, 403), (TooSlow, 422),
)  # fmt: skip
"""Mistake → status, the first that fits; any other is 422."""


def of_error(error: UserError, words: Language) -> Response:
    """The answer to a mistake somebody can mend."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 422)
    return problem(status, words, error.title, error.detail, error.hint)


def problem(
    status: int, words: Language, title: Message, detail: Message | None = None, hint: Message | None = None,
    headers: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    """An answer that says what is wrong."""
    told = {"type": "about:blank", "title": words.render(title), "status": status}
    told |= {name: words.render(text) for name, text in (("detail", detail), ("hint", hint)) if text is not None}
    own = {"Cache-Control": "no-store", "Content-Language": words.code, **(headers or {})}
    return Response(json.dumps(told, ensure_ascii=False), status, own, PROBLEM)

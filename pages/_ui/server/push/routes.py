"""`POST /push/v1/{fact}`: rows from 1C, a CRM or a script, with a token of their own.

Invariant: a token opens this one address and nothing to read; a wrong one, one that was taken back and none get the
same answer, and none of them stands in an answer or a log. A body is read no further than it may be long.
"""

import re
from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from data.access.address import PUSHED
from data.collect.push.taking import Outcome, take
from data.errors import UserError
from data.message import Message, say
from data.store.entries.collect import Connection, PushToken
from data.store.store import Store
from kpi.language import Language, language
from pages._ui.server.form.rate import Rate
from pages._ui.server.languages import preferred
from pages._ui.server.requests import address_of
from pages._ui.server.workspace import stores

PATH = PUSHED + "{fact}"
MOST_BYTES = 8_000_000
"""Of one push."""
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_pushed = Rate(burst=300, a_second=5)
"""Pushes with one token."""
_guessed = Rate(burst=30, a_second=0.1)
"""Wrong tokens from one address."""
WAIT = 10
"""Seconds that whoever is too quick is told to wait."""


def push_routes() -> list[BaseRoute]:
    """All of them, for the app's routes."""
    return [Route(PATH, push, methods=["POST"])]


async def push(request: Request) -> Response:
    """Take rows in, and say what became of each."""
    words = language(preferred(request.scope))
    found = await run_in_threadpool(_found, request)
    if found is None:
        slow = not _guessed.allows(address_of(request.scope))
        return _problem(words, 429 if slow else 401, _BUSY if slow else _UNKNOWN)
    store, token, connection = found
    if not _pushed.allows((str(store.workspace.folder), token.id)):
        return _problem(words, 429, _BUSY)
    key = request.headers.get("idempotency-key")
    if key is not None and not _KEY.fullmatch(key):
        return _problem(words, 400, say("An Idempotency-Key has 1 to 200 plain signs."))
    raw = await _body(request)
    if raw is None:
        return _problem(words, 413, say("The body is longer than {most} MB.", most=MOST_BYTES // 1_000_000))
    kind = request.headers.get("content-type", "").lower()
    work = (store, token, connection, request.path_params["fact"], raw, kind, key)
    try:
        return _answer(words, await run_in_threadpool(_take, *work))
    except UserError as error:
        return _problem(words, 503, error.title, error)


def _take(
    store: Store, token: PushToken, connection: Connection, fact: str, raw: bytes, kind: str, key: str | None
) -> Outcome:
    with store.gate.itself():
        store.entries.push_tokens.note_used(token)
        return take(store, connection, fact, raw, kind, key)


def _found(request: Request) -> tuple[Store, PushToken, Connection] | None:
    """The source a token opens, whichever business has it; None: none, or one that is paused."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 20 <= len(token.strip()) <= 200:
        return None
    for opened in stores():
        known = opened.entries.push_tokens.find(token.strip())
        if known is not None:
            connection = opened.entries.connections.get(known.connection)
            return None if connection.is_paused else (opened, known, connection)
    return None


async def _body(request: Request) -> bytes | None:
    """What was sent; None where it is too long."""
    made = bytearray()
    try:
        async for block in request.stream():
            made += block
            if len(made) > MOST_BYTES:
                return None
    except ClientDisconnect:
        return None
    return bytes(made)


def _answer(words: Language, outcome: Outcome) -> Response:
    if outcome.error is not None:
        return _problem(words, outcome.status, outcome.error.title, outcome.error)
    rows = [{**row, "reason": _said(words, row["reason"])} for row in outcome.told["rejected_rows"]]
    return JSONResponse({**outcome.told, "rejected_rows": rows}, outcome.status, _NO_STORE)


def _said(words: Language, reason: Any) -> str:
    return words.render(reason) if isinstance(reason, Message) else str(reason)


def _problem(words: Language, status: int, title: Message, error: UserError | None = None) -> Response:
    """Why it was not taken, as RFC 9457 has it."""
    parts = (error.detail, error.hint) if error is not None else ()
    told: dict[str, Any] = {"type": "about:blank", "status": status, "title": words.render(title)}
    detail = " ".join(words.render(part) for part in parts if part is not None)
    headers: Mapping[str, str] = {**_NO_STORE, **({"Retry-After": str(WAIT)} if status in (429, 503) else {})}
    if status == 401:
        headers = {**headers, "WWW-Authenticate": "Bearer"}
    body = {**told, **({"detail": detail} if detail else {})}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


_NO_STORE = {"Cache-Control": "no-store"}
_UNKNOWN = say("There is no such token, or it was taken back.")
_BUSY = say("Too many requests: wait a little.")

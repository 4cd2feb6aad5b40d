"""Requests of a message's link.

Invariant: looking changes nothing, for mail programs and messengers fetch links by themselves; only what is sent from
the page acknowledges. A token that is wrong, too old or about nothing any more gets one and the same answer.
"""

import re
from collections.abc import Callable
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from data.access.address import ALERT
from data.store.entries.alerts import Sent
from data.store.store import Store
from kpi.alerts.due import stands
from kpi.alerts.written import lines
from kpi.delivery.audience import recipient
from kpi.language import Language, language
from pages._ui.server.alert import page
from pages._ui.server.form.rate import Rate
from pages._ui.server.languages import preferred
from pages._ui.server.plain.page import answer
from pages._ui.server.plain.sent import fields
from pages._ui.server.workspace import stores

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_asked = Rate(burst=120, a_second=10)
Found = tuple[Store, Sent]
"""The workspace, and the message."""


def alert_routes() -> list[BaseRoute]:
    """Both of them."""
    return [
        Route(ALERT + "{token}", show, methods=["GET"]),
        Route(ALERT + "{token}", acknowledge, methods=["POST"]),
    ]


async def show(request: Request) -> Response:
    """What the message said."""
    return await _answer(request, _shown)


async def acknowledge(request: Request) -> Response:
    """Whoever got the message knows of what they left ticked."""
    sent = await fields(request)
    return await _answer(request, partial(_acknowledged, ticked=frozenset(sent or {})))


async def _answer(request: Request, tell: Callable[[Found, Language], Response]) -> Response:
    words = language(preferred(request.scope))
    if not _asked.allows("all"):
        return answer(page.busy(words), 429)
    found = await run_in_threadpool(_find, request.path_params["token"])
    return answer(page.unknown(words), 404) if found is None else await run_in_threadpool(tell, found, words)


def _shown(found: Found, words: Language, status: int = 200) -> Response:
    store, told = found[0], lines(found[1].lines)
    alerts = store.entries.alerts.journal.get([line.alert for line in told.shown])
    return answer(page.ask(told, {one.id: stands(one) for one in alerts}, words), status)


def _acknowledged(found: Found, words: Language, ticked: frozenset[str]) -> Response:
    store, sent = found
    alerts = [line.alert for line in lines(sent.lines).shown if f"alert{line.alert}" in ticked]
    if not alerts:
        return _shown(found, words, 422)
    whom = recipient(store, sent.recipient)
    with store.gate.itself():  # whoever has the link was told: that is their right to say so
        store.entries.alerts.journal.acknowledge(alerts, whom.name if whom is not None else "")
    return answer(page.thanks(words))


def _find(token: str) -> Found | None:
    """The message a token leads to, whichever business sent it."""
    if not _TOKEN.fullmatch(token):
        return None
    for opened in stores():
        number = opened.entries.alerts.links.message(token)
        sent = opened.entries.alerts.messages.get(number) if number is not None else None
        if sent is not None:
            return opened, sent
    return None

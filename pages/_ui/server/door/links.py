"""Opening a link that somebody was given.

Invariant: what a messenger fetches to show a link opens nothing and counts nothing, and is told a title only. A token
that opens nothing sets no cookie; tries of a link's password are counted like those of an account.
"""

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from data.access.people import TooMany, passwords
from data.errors import UserError
from data.store.entries import Link
from kpi.command.workspace import businesses
from pages._ui import cookie
from pages._ui.navigation import href
from pages._ui.server import workspace
from pages._ui.server.door import page
from pages._ui.server.door.routes import device, keep, let_in, status_of, words_of
from pages._ui.server.door.who import who
from pages._ui.server.plain.page import answer
from pages._ui.server.plain.sent import fields
from pages._ui.server.requests import address_of

_MACHINE = re.compile(r"bot|preview|facebookexternalhit|whatsapp|viber|skype|vkshare|telegram", re.IGNORECASE)
"""What messengers call themselves when they fetch a link to show it."""
Found = tuple[str, Link]
"""Name of the business, and the link."""


def link_routes() -> list[BaseRoute]:
    """Personal links and those to figures."""
    return [
        Route(path, handler, methods=[method])
        for path in ("/p/{token}", "/l/{token}")
        for method, handler in (("GET", show), ("POST", opened))
    ]


async def show(request: Request) -> Response:
    """The figures; for a link with a password the question for it, for a messenger what the link is called."""
    words, found = words_of(request), await _found(request)
    if found is None:
        return answer(page.no_link(words), 404)
    if found[1].password is not None:
        return answer(page.ask_password(words, found[1].title))
    if request.method == "HEAD" or _MACHINE.search(device(request)):
        return answer(page.opens_link(words, found[1].title))
    return await _let_in(request, found, "")


async def opened(request: Request) -> Response:
    """Let whoever has it in."""
    words, found, sent = words_of(request), await _found(request), await fields(request)
    if found is None:
        return answer(page.no_link(words), 404)
    return await _let_in(request, found, (sent or {}).get("password", ""))


async def _let_in(request: Request, found: Found, password: str) -> Response:
    words, link = words_of(request), found[1]
    before = await run_in_threadpool(who, request.scope)
    try:
        token = await run_in_threadpool(_session, request, found, password)
    except UserError as error:
        return answer(page.ask_password(words, link.title, words.render(error.title)), status_of(error))
    if token is None:
        return answer(page.ask_password(words, link.title, words.t("The password is wrong.")), 403)
    response = let_in(request, token, href(link.page, link.view).removeprefix("."))
    if before.person is not None:
        keep(request, response, cookie.BEFORE, request.cookies[cookie.SESSION])
    return response


async def _found(request: Request) -> Found | None:
    return await run_in_threadpool(_find, request.path_params["token"])


def _find(token: str) -> Found | None:
    for business in businesses():
        entries = workspace.entries_of(business)
        link = entries.links.find(token) if entries is not None else None
        if link is not None:
            return business, link
    return None


def _session(request: Request, found: Found, password: str) -> str | None:
    """The token of a new session; None: the password is wrong. `TooMany` tries."""
    business, link = found
    people, address = workspace.people(), address_of(request.scope)
    if link.password is not None:
        account = f"link {business} {link.id}"
        if minutes := people.attempts.wait(account, address):
            raise TooMany(minutes)
        if not passwords.fits(password, link.password):
            people.attempts.failed(account, address)
            return None
    workspace.store(business).entries.links.note_opened(link)
    people.deeds.note(business, link.title or f"#{link.id}", "opened_link")
    return people.sessions.begin(business, device(request), link=link.id)

"""Requests at the door.

Invariant: a token goes from the address into a cookie as a session's own token and never stands in an address again;
whatever is wrong with a name, a password or a link, the answer is one and takes one time; a form counts only when it
was sent from a page of this address.
"""

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from data.access.people import Invitation, Person, TooMany
from data.errors import UserError
from data.message import say
from kpi.language import Language, language
from pages._ui import cookie
from pages._ui.server import workspace
from pages._ui.server.door import page
from pages._ui.server.door.provider import providers
from pages._ui.server.door.who import who
from pages._ui.server.languages import preferred
from pages._ui.server.plain.page import answer
from pages._ui.server.plain.sent import fields
from pages._ui.server.requests import address_of, header, is_secure, same_origin

_NO_STORE = {"Cache-Control": "no-store"}


def door_routes() -> list[BaseRoute]:
    """All but those of links."""
    return [
        Route("/enter", enter, methods=["GET"]),
        Route("/enter", sign_in, methods=["POST"]),
        Route("/welcome/{token}", welcome, methods=["GET"]),
        Route("/welcome/{token}", accept, methods=["POST"]),
        Route("/leave", leave, methods=["GET", "POST"]),
        Route("/door", still_known, methods=["GET"]),
        Route("/gone", gone, methods=["GET"]),
    ]


async def enter(request: Request) -> Response:
    """The form, or the dashboard for whoever is signed in."""
    after = inside(request.query_params.get("next", "/"))
    if (await run_in_threadpool(who, request.scope)).is_known:
        return RedirectResponse(after, 303, _NO_STORE)
    words = words_of(request)
    return answer(_form(words, after, trouble=page.refusal(words, request.query_params.get("refused", ""))))


async def sign_in(request: Request) -> Response:
    """Let somebody in who knows their password."""
    words, sent = words_of(request), await fields(request)
    if sent is None or not same_origin(request.scope):
        return answer(_form(words, "/"), 400)
    login, after = sent.get("login", ""), inside(sent.get("next", "/"))
    try:
        token = await run_in_threadpool(_session_of, request, login, sent.get("password", ""))
    except UserError as error:
        return answer(_form(words, after, login, words.render(error.title)), status_of(error))
    if token is None:
        trouble = words.t("The name or the password is wrong.")
        return answer(_form(words, after, login, trouble), 403)
    return let_in(request, token, after)


async def welcome(request: Request) -> Response:
    """Choosing a password, for whoever has a one-time link."""
    words = words_of(request)
    found = await run_in_threadpool(workspace.people().invitations.find, request.path_params["token"])
    if found is None:
        return answer(page.no_link(words), 404)
    return answer(page.welcome(words, _name(found)))


async def accept(request: Request) -> Response:
    """Keep the password, and let them in."""
    words, sent, token = words_of(request), await fields(request), request.path_params["token"]
    found = await run_in_threadpool(workspace.people().invitations.find, token)
    if found is None:
        return answer(page.no_link(words), 404)
    if sent is None or not same_origin(request.scope):
        return answer(page.welcome(words, _name(found)), 400)
    login, called, password = (sent.get(name, "") for name in ("login", "name", "password"))
    try:
        if password != sent.get("again"):
            raise UserError(say("The two passwords are not the same."))
        session = await run_in_threadpool(_accepted, request, token, password, login, called)
    except UserError as error:
        return answer(page.welcome(words, _name(found), words.render(error.title), login, called), 422)
    return answer(page.no_link(words), 404) if session is None else let_in(request, session, "/")


async def leave(request: Request) -> Response:
    """The session of this browser is over; whoever looked at a link as others see it is themselves again."""
    token, before = request.cookies.get(cookie.SESSION), request.cookies.get(cookie.BEFORE)
    if token is not None:
        await run_in_threadpool(_end, token)
    if before is not None:
        response = let_in(request, before, "/")
    else:
        response = RedirectResponse("/", 303, _NO_STORE)
        response.delete_cookie(cookie.SESSION, path="/", httponly=True, samesite="lax")
    response.delete_cookie(cookie.BEFORE, path="/", httponly=True, samesite="lax")
    return response


async def still_known(request: Request) -> Response:
    """Whether this browser may still see something: what open pages ask every few seconds; 205: nobody need ask."""
    visitor = await run_in_threadpool(who, request.scope)
    status = 401 if not visitor.is_known else 204 if visitor.session is not None else 205
    return Response(status_code=status, headers=_NO_STORE)


async def gone(request: Request) -> Response:
    """What whoever is let in no more is shown."""
    return answer(page.no_link(words_of(request)))


def let_in(request: Request, token: str, after: str) -> Response:
    """On to a page, with the cookie of a session."""
    response = RedirectResponse(after, 303, _NO_STORE)
    keep(request, response, cookie.SESSION, token)
    return response


def keep(request: Request, response: Response, name: str, value: str, lasts: int = cookie.LASTS) -> None:
    """Have the browser keep a cookie that no script reads, for some seconds."""
    secure = is_secure(request.scope)
    response.set_cookie(name, value, lasts, path="/", secure=secure, httponly=True, samesite="lax")


def begin(request: Request, person: Person, deed: str, how: str = "") -> str:
    """The token of a new session of somebody; `deed`: what the log says they did."""
    people = workspace.people()
    mine = people.persons.memberships(person.id)
    business = mine[0].business if mine else ""
    people.deeds.note(business, person.name, deed, how)
    return people.sessions.begin(business, device(request), person=person.id)


def status_of(error: UserError) -> int:
    """What tells a machine why nobody was let in: too many tries, or no space left to write it down."""
    return 429 if isinstance(error, TooMany) else 507


def words_of(request: Request) -> Language:
    """The language a request asks for."""
    return language(preferred(request.scope))


def inside(address: str) -> str:
    """An address of this app; whatever leads elsewhere leads to its first page."""
    parts = urlsplit(address.replace("\\", "/"))
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc
    return address if plain and address.isprintable() else "/"


def device(request: Request) -> str:
    """What the browser says it is."""
    return header(request.scope, "user-agent") or ""


def _form(words: Language, after: str, login: str = "", trouble: str = "") -> str:
    return page.enter(words, after, login, trouble, providers())


def _session_of(request: Request, login: str, password: str) -> str | None:
    person = workspace.people().sign_in(login, password, address_of(request.scope))
    return begin(request, person, "signed_in") if person is not None else None


def _accepted(request: Request, token: str, password: str, login: str, name: str) -> str | None:
    person = workspace.people().accept(token, password, login, name)
    return begin(request, person, "password_chosen") if person is not None else None


def _end(token: str) -> None:
    session = workspace.people().sessions.find(token)
    if session is not None:
        workspace.people().sessions.end(session.id)


def _name(found: Invitation) -> str | None:
    person = workspace.people().persons.get(found.person) if found.person is not None else None
    return person.name if person is not None else None

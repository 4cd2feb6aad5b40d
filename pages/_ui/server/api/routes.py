"""The routes of the API, made of the table of endpoints.

Invariant: every route but the description asks for a token first; whatever is wrong is told as a problem, in the
language of whoever asks; a bug is logged with an id and tells nothing of itself.
"""

import logging
import secrets
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from data.errors import UserError
from data.message import say
from kpi.api.asked import told
from kpi.api.endpoints import ENDPOINTS
from kpi.api.kept import Kept, key, tag
from kpi.api.model import HTML, Answer, Endpoint
from kpi.api.openapi import description
from kpi.language import Language, language
from pages._ui.server.api import card_page, pace
from pages._ui.server.api.address import EMBED, PATH, may_read
from pages._ui.server.api.bearer import Holder, asking, holder, token_of
from pages._ui.server.api.problem import of_error, problem
from pages._ui.server.api.uses import USES
from pages._ui.server.languages import preferred
from pages._ui.server.requests import address_of

_METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
"""All that are answered: those that would change something with a refusal."""
_MAY = "GET, HEAD, OPTIONS"
_log = logging.getLogger("kpi.api")
_kept = Kept()
_under_way = pace.UnderWay()


def api_routes() -> list[BaseRoute]:
    """All of them; the last for whatever else is asked for below the API's address."""
    return [
        Route(f"{PATH}openapi.json", _read_only(described), methods=_METHODS),
        Route(EMBED + "{token}", _read_only(embedded), methods=_METHODS),
        *(
            Route(PATH.rstrip("/") + one.path, _read_only(partial(answered, endpoint=one)), methods=_METHODS)
            for one in ENDPOINTS
        ),
        Route(PATH + "{rest:path}", _read_only(nowhere), methods=_METHODS),
    ]


def _read_only(handler: card_page.Handler) -> card_page.Handler:
    """The handler for what reads; a browser's question whether it may read, and a refusal for what would write."""

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            response = Response(status_code=204, headers={"Allow": _MAY, "Cache-Control": "no-store"})
        elif request.method in ("GET", "HEAD"):
            response = await handler(request)
        else:
            title = say("The API only reads.")
            response = problem(405, _words(request), title, headers={"Allow": _MAY})
        return _readable(request, response)

    return answer


def _readable(request: Request, response: Response) -> Response:
    """Told to the browser of a site whose scripts may read it."""
    origin = request.headers.get("origin")
    response.headers.add_vary_header("Origin")
    if origin is not None and may_read(origin):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = _MAY
            response.headers["Access-Control-Allow-Headers"] = "Authorization, If-None-Match"
            response.headers["Access-Control-Max-Age"] = "600"
    return response


async def described(_request: Request) -> Response:
    """The OpenAPI description, for everybody."""
    return JSONResponse(description(), headers={"Cache-Control": "max-age=300"})


async def nowhere(request: Request) -> Response:
    """What is not there."""
    hint = say("The description of the API is at {address}.", address=f"{PATH}openapi.json")
    return problem(404, _words(request), say("There is nothing at this address."), hint=hint)


async def answered(request: Request, endpoint: Endpoint) -> Response:
    """The answer of an endpoint, or why there is none."""
    words = _words(request)
    found = await _known(request, words)
    if isinstance(found, Response):
        return found
    if not pace.asked.allows(found.key):
        return _too_much(words, pace.seconds(pace.asked))
    try:
        with _under_way.one_more(found.key):
            answer = await run_in_threadpool(_answer, request, endpoint, found, words)
    except pace.Busy:
        return _too_much(words, "1")
    except UserError as error:
        return of_error(error, words)
    except Exception as error:
        return _bug(error, words)
    headers = card_page.headers() if answer.media == HTML else {}
    return _sent(request, answer, words, {"Cache-Control": "private, no-cache", **headers})


async def _known(request: Request, words: Language) -> Holder | Response:
    """Whoever asks, or why they get no answer."""
    text, address = token_of(request), address_of(request.scope)
    found = await run_in_threadpool(holder, text) if text is not None else None
    if found is None:
        if not pace.guessed.allows(address):
            return _too_much(words, pace.seconds(pace.guessed))
        challenge = 'Bearer realm="kpi"' + (', error="invalid_token"' if text is not None else "")
        hint = say("Send it as «Authorization: Bearer …». Owners make tokens on the page «Access».")
        title = say("This token does not answer.") if text is not None else say("A token is needed.")
        return problem(401, words, title, hint=hint, headers={"WWW-Authenticate": challenge})
    if found.token.card is not None:
        return problem(403, words, say("This token is for a card only."))
    return found


def _answer(request: Request, endpoint: Endpoint, found: Holder, words: Language) -> Answer:
    said = told(endpoint, request.query_params.multi_items(), request.path_params)
    mine = asking(found, words)
    USES.note(found)
    return _kept.answer(key(mine, endpoint, said), lambda: endpoint.answer(mine, said))


async def embedded(request: Request) -> Response:
    """A card for a frame of another site, by the token in its address."""
    return await card_page.shown(request, _words(request), _under_way)


def _sent(request: Request, answer: Answer, words: Language, headers: dict[str, str]) -> Response:
    etag = tag(answer)
    own = {"ETag": etag, "Vary": "Authorization, Accept-Language", "Content-Language": words.code, **headers}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if etag in known or "*" in known:
        return Response(status_code=304, headers=own)
    media = f"{answer.media}; charset=utf-8" if answer.media.startswith(("text/", "application/json")) else answer.media
    return Response(answer.body, headers=own, media_type=media)


def _too_much(words: Language, seconds: str) -> Response:
    hint = say("Ask again in {n} s.", n=int(seconds))
    return problem(429, words, say("Too many requests."), hint=hint, headers={"Retry-After": seconds})


def _bug(error: Exception, words: Language) -> Response:
    number = secrets.token_hex(4)
    _log.error("error %s", number, exc_info=error)
    text = "Something went wrong here. Nothing was lost. If it happens again, tell us this number: {id}."
    return problem(500, words, say(text, id=number))


def _words(request: Request) -> Language:
    return language(preferred(request.scope))

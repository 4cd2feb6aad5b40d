"""Requests of the form: show the questions, take the answers.

Invariant: a token that is wrong, malformed or gone gets one and the same answer. Nothing of a request is kept but the
scores and words that were sent; there is nothing to forge, for no cookie makes anybody known.
"""

import re
import secrets

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from data.store.entries.surveys import Door
from data.store.replaying import replay_soon
from data.store.store import Store
from kpi.language import Language, language
from pages._ui.server.form import page
from pages._ui.server.form.address import PATH
from pages._ui.server.form.rate import Rate
from pages._ui.server.languages import LANGUAGES, preferred
from pages._ui.server.plain.page import answer as answer_page
from pages._ui.server.plain.sent import fields
from pages._ui.server.workspace import stores

_SHEET = re.compile(r"[0-9a-f]{32}")
_seen = Rate(burst=240, a_second=40)
_given = Rate(burst=60, a_second=2)
"""Answers through one link: a team that is asked in one room all at once, but no machine."""


def form_routes() -> list[BaseRoute]:
    """All of them; the last for whatever else is asked for below the form's address."""
    return [
        Route(PATH + "{token}", form, methods=["GET"]),
        Route(PATH + "{token}", answer, methods=["POST"]),
        Route(PATH + "{token}/thanks", thanks, methods=["GET"]),
        Route(PATH + "{rest:path}", nowhere, methods=["GET", "POST"]),
    ]


async def form(request: Request) -> Response:
    """The questions, or why there are none."""
    words = _words(request)
    if not _seen.allows("all"):
        return answer_page(page.busy(words), 429)
    found = await _door(request)
    if found is None:
        return answer_page(page.unknown(words), 404)
    opened, door = found
    return _shut(opened, door, words) or answer_page(page.questions(door.survey, secrets.token_hex(16), words, (), ""))


async def thanks(request: Request) -> Response:
    """What is shown after an answer; nothing happens when it is loaded again."""
    found = await _door(request)
    words = _words(request)
    return answer_page(page.unknown(words), 404) if found is None else answer_page(page.thanks(found[1].survey, words))


async def nowhere(request: Request) -> Response:
    """An address that leads nowhere."""
    return answer_page(page.unknown(_words(request)), 404)


async def answer(request: Request) -> Response:
    """Take an answer in, once."""
    words, found = _words(request), await _door(request)
    if found is None:
        return answer_page(page.unknown(words), 404)
    opened, door = found
    if not (_seen.allows("all") and _given.allows(door.link)):
        return answer_page(page.busy(words), 429)
    sent = await fields(request)
    if sent is None or not _SHEET.fullmatch(sent.get("sheet", "")):
        return answer_page(page.unknown(words), 400)
    scores = [_score(sent.get(f"q{n}", ""), q.low, q.high) for n, q in enumerate(door.survey.questions)]
    known = [score for score in scores if score is not None]
    if len(known) < len(scores):
        again = page.questions(door.survey, sent["sheet"], words, scores, sent.get("comment", ""))
        return _shut(opened, door, words) or answer_page(again, 422)
    given = await run_in_threadpool(_give, opened, door, sent["sheet"], known, sent.get("comment", ""))
    if given != "taken":
        return answer_page(page.used(words) if given == "used" else page.over(words), 409)
    asked = request.query_params.get("lang", "")
    query = f"?lang={asked}" if asked in LANGUAGES else ""
    return RedirectResponse(f"{PATH}{request.path_params['token']}/thanks{query}", 303, {"Cache-Control": "no-store"})


def _give(opened: Store, door: Door, sheet: str, scores: list[int], comment: str) -> str:
    given = opened.entries.surveys.answers.give(door, sheet, scores, comment)
    if given == "taken" and not door.survey.is_private:
        replay_soon(opened)
    return given


def _shut(opened: Store, door: Door, words: Language) -> Response | None:
    """Why nobody can answer any more; None: one can."""
    if door.is_used:
        return answer_page(page.used(words), 409)
    return answer_page(page.over(words), 410) if door.survey.is_over(opened.clock().date()) else None


async def _door(request: Request) -> tuple[Store, Door] | None:
    return await run_in_threadpool(_found, request.path_params["token"])


def _found(token: str) -> tuple[Store, Door] | None:
    """The survey a token leads to, whichever business asks it."""
    doors = ((opened, opened.entries.surveys.answers.door(token)) for opened in stores())
    return next(((opened, door) for opened, door in doors if door is not None), None)


def _score(text: str, low: int, high: int) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,2}", text) and low <= int(text) <= high else None


def _words(request: Request) -> Language:
    return language(preferred(request.scope))

"""Cards on other sites: by a token in the address that grants this card and nothing else.

Invariant: only the sites its owner named may frame a card; a frame sends nobody's address on, runs no script and loads
nothing. A token for programs opens no card: it must never stand in an address.
"""

import base64
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from data.errors import UserError
from data.store.entries import Card
from kpi.api.asked import told
from kpi.api.card import style
from kpi.api.endpoints import ENDPOINTS
from kpi.api.kept import Kept, key
from kpi.api.model import Answer
from kpi.language import Language
from pages._ui.server.api import pace
from pages._ui.server.api.bearer import Holder, asking, holder
from pages._ui.server.api.uses import USES
from pages._ui.server.plain import page

Handler = Callable[[Request], Awaitable[Response]]
_CARD = next(one for one in ENDPOINTS if one.name == "card")
_ASKED = ("theme", "lang")
"""What whoever shows a card chooses; all else its owner chose."""
_kept = Kept()


@cache
def _style() -> str:
    return base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()


def headers(sites: Sequence[str] = ()) -> dict[str, str]:
    """The policy of a card that these sites may frame."""
    rules = {
        "default-src": "'none'", "style-src": f"'sha256-{_style()}'", "img-src": "data:", "form-action": "'none'",
        "base-uri": "'none'", "frame-ancestors": " ".join(sites) or "'none'",
    }  # fmt: skip
    return {"Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in rules.items())}


async def shown(request: Request, words: Language, under_way: pace.UnderWay) -> Response:
    """The card of the token in the address."""
    found = await run_in_threadpool(holder, request.path_params["token"])
    if found is None or found.token.card is None:
        return page.answer(_no_card(words), 404)
    own = headers(found.token.sites)
    if not pace.shown.allows(found.key):
        return _later(own)
    try:
        with under_way.one_more(found.key):
            answer = await run_in_threadpool(_answer, request, found, found.token.card, words)
    except pace.Busy:
        return _later(own)
    except UserError as error:
        return page.answer(page.end(words.render(error.title), "", "KPI", words, done=False), 404)
    own |= {"Cache-Control": "private, max-age=60", "Vary": "Accept-Language"}
    return Response(answer.body, headers=own, media_type="text/html; charset=utf-8")


def _answer(request: Request, found: Holder, card: Card, words: Language) -> Answer:
    asked = [(name, text) for name, text in request.query_params.multi_items() if name in _ASKED]
    fixed = [("grain", card.grain), ("period", "running" if card.running else "complete")]
    said, mine = told(_CARD, [*asked, *fixed], {"kpi": card.kpi}), asking(found, words)
    USES.note(found)
    return _kept.answer(key(mine, _CARD, said), lambda: _CARD.answer(mine, said))


def _later(own: dict[str, str]) -> Response:
    return Response(status_code=429, headers={"Retry-After": "1", "Cache-Control": "no-store", **own})


def _no_card(words: Language) -> str:
    told_ = words.t("It was taken back, is over, or was copied in part. Ask for a new one.")
    return page.end(words.t("This card is not shown"), told_, words.t("KPI dashboard"), words, done=False)

"""Opening a link: its token goes from the address into a cookie, and never stands in an address again.

Invariant: a token that opens nothing sets no cookie; an answer to either address is never kept by anybody.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pages._ui import cookie
from pages._ui.server.languages import preferred
from pages._ui.server.workspace import store

OPENS = "/p/{token}"
LEAVES = "/leave"
_NO_STORE = {"Cache-Control": "no-store"}
_REFUSED = {
    "en": ("This link does not work", "It was taken back, or copied in part. Ask for a new one."),
    "ru": ("Ссылка не работает", "Её отозвали или скопировали не целиком. Попросите новую."),
}


async def opened(request: Request) -> Response:
    """The page of whose link it is; 404 in words for a token nobody gave out."""
    token = request.path_params["token"]
    found = await run_in_threadpool(lambda: store().entries.links.find(token))
    if found is None:
        title, hint = _REFUSED[preferred(request.scope)]
        page = f"<!doctype html><meta charset=utf-8><title>{title}</title><h1>{title}</h1><p>{hint}</p>"
        return HTMLResponse(page, status_code=404, headers=_NO_STORE)
    answer = RedirectResponse("/people", status_code=303, headers=_NO_STORE)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        cookie.NAME, token, max_age=cookie.LASTS, path="/", secure=secure, httponly=True, samesite="lax"
    )  # fmt: skip
    return answer


async def left(_request: Request) -> Response:
    """The link is put away in this browser."""
    answer = RedirectResponse("/", status_code=303, headers=_NO_STORE)
    answer.delete_cookie(cookie.NAME, path="/", httponly=True, samesite="lax")
    return answer

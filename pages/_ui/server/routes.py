"""The app's own addresses beside Streamlit's: health, icon, words, surveys, and the door for commands.

Invariant: the door for commands opens only to a caller who can read the workspace; an export only to who knows its
name, which was told to the person who had it made.
"""

import io
import secrets
from functools import partial
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from data.access.address import ALERT, PUSHED
from data.access.visitor import FIRST
from data.store.replaying import replay_due
from kpi.command.workspace import business_folder
from pages._ui.server import exports
from pages._ui.server.api.address import PATH as API
from pages._ui.server.door.account import account_routes
from pages._ui.server.door.businesses import business_routes
from pages._ui.server.door.elsewhere import elsewhere_routes
from pages._ui.server.door.links import link_routes
from pages._ui.server.door.routes import door_routes
from pages._ui.server.door.who import who
from pages._ui.server.form.address import PATH as FORMS
from pages._ui.server.later import Later
from pages._ui.server.lifespan import TOKEN
from pages._ui.server.workspace import business_of, reopen, store

_HERE = Path(__file__).parent
_ASSETS = _HERE.parents[2] / "assets"
SCRIPTS = {
    "/words/ru.js": "words_ru.js", "/history.js": "history.js", "/links.js": "links.js", "/still.js": "still.js",
}  # fmt: skip
"""Address → file: Streamlit's own words in Russian; one act is one step of the browser's history; links stay inside;
whoever is let in no more is shown out."""
_MAX_COMMAND = 1_000_000
"""Bytes of argv and folder that one command may send."""


def routes() -> list[BaseRoute]:
    """All of them, for `st.App(routes=…)`."""
    return [
        Route("/health", health),
        Route("/favicon.png", icon),
        Mount("/assets/fonts", Fonts(directory=_ASSETS / "fonts"), name="fonts"),
        *(Route(address, partial(script, name=name)) for address, name in SCRIPTS.items()),
        Route("/style.css", style),
        Route("/export/{token}", exported),
        Route("/local/command", command, methods=["POST"]),
        *door_routes(),
        *elsewhere_routes(),
        *link_routes(),
        *account_routes(),
        *business_routes(),
        Later(FORMS, "pages._ui.server.form.routes", "form_routes"),
        Later(PUSHED, "pages._ui.server.push.routes", "push_routes"),
        Later(ALERT, "pages._ui.server.alert.routes", "alert_routes"),
        Later(API, "pages._ui.server.api.routes", "api_routes"),
    ]


class Fonts(StaticFiles):
    """The typeface, shipped with the app; its files never change under their names."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, to be kept by the browser."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


async def health(_request: Request) -> Response:
    """Whether the workspace answers, and which version of its data is served."""
    version = await run_in_threadpool(lambda: store().data_version)
    return JSONResponse({"status": "ok", "data_version": version}, headers={"Cache-Control": "no-store"})


async def icon(_request: Request) -> Response:
    """The page icon; ours, so that no browser asks elsewhere for one."""
    return FileResponse(_ASSETS / "icon.png", headers={"Cache-Control": "max-age=86400"})


async def script(_request: Request, name: str) -> Response:
    """A script of the frame page."""
    return FileResponse(_HERE / name, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def style(_request: Request) -> Response:
    """The stylesheet of the screens; its colours come with every page, for they are the theme's."""
    from kpi.report.forms.html.style import parts  # brings the charts

    rules = (_HERE.parent / "style.css").read_text(encoding="utf-8") + parts()
    return Response(rules, media_type="text/css", headers={"Cache-Control": "no-cache"})


async def exported(request: Request) -> Response:
    """A copy of everything that a person has just had made; its name is known to nobody else."""
    business = (await run_in_threadpool(who, request.scope)).business
    path = exports.path(business_folder(business), request.path_params["token"])
    if path is None:
        return Response(status_code=404)
    headers = {"Cache-Control": "no-store"}
    return FileResponse(path, media_type="application/zip", filename=exports.FILE_NAME, headers=headers)


async def command(request: Request) -> Response:
    """Run a command of the command line inside the process that owns the workspace."""
    told = request.headers.get("authorization", "").encode("latin-1", "replace")
    if not secrets.compare_digest(told, f"Bearer {TOKEN}".encode()):
        return JSONResponse({"error": "token"}, status_code=403)
    if int(request.headers.get("content-length") or _MAX_COMMAND + 1) > _MAX_COMMAND:
        return JSONResponse({"error": "length"}, status_code=413)
    asked = await request.json()
    what = (
        asked["argv"], asked["cwd"], asked.get("language", "en"), asked.get("workspace", ""), asked.get("given", ""),
    )  # fmt: skip
    return JSONResponse(await run_in_threadpool(answer, *what))


def answer(argv: list[str], cwd: str, language: str, folder: str = "", given: str = "") -> dict[str, object]:
    """Status, standard output and standard error of one command, in the business whose workspace lies in a folder."""
    from kpi.command.main import run  # brings all that commands do
    from kpi.command.session import Session

    business = business_of(folder) or FIRST
    replay_due(store(business))
    out, err = io.StringIO(), io.StringIO()
    opened, anew = partial(store, business), partial(reopen, business)
    session = Session(business_folder(business), Path(cwd), out, err, language, opened, anew, given)
    return {"status": run(argv, session), "stdout": out.getvalue(), "stderr": err.getvalue()}

"""The businesses of an installation: choosing the one to look at, and making another.

Invariant: nobody is told of a business they do not belong to, nor gets into one; each is a workspace of its own, with
its own database, files and people's rights.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from data.access.people import Membership
from data.access.visitor import FIRST, Visitor
from data.errors import UserError
from kpi.command.workspace import add_business, businesses
from kpi.language import Language
from pages._ui import cookie
from pages._ui.escape import html
from pages._ui.markup import Html, joined, tag
from pages._ui.server import workspace
from pages._ui.server.door.page import field
from pages._ui.server.door.routes import keep, words_of
from pages._ui.server.door.who import who
from pages._ui.server.plain.page import answer, whole
from pages._ui.server.plain.sent import fields
from pages._ui.server.requests import same_origin

ADDRESS = "/businesses"
_NO_STORE = {"Cache-Control": "no-store"}


def business_routes() -> list[BaseRoute]:
    """The page, and what its forms do."""
    return [Route(ADDRESS, show, methods=["GET"]), Route(ADDRESS, change, methods=["POST"])]


def of_visitor(visitor: Visitor) -> tuple[str, ...]:
    """The businesses somebody belongs to."""
    if visitor.person is not None:
        mine = {one.business for one in workspace.people().persons.memberships(visitor.person)}
        return tuple(name for name in businesses() if name in mine)
    return businesses() if visitor.session is None and visitor.is_known else ()


def title(name: str, words: Language) -> str:
    """What a business is called."""
    return words.t("First business") if name == FIRST else name


async def show(request: Request) -> Response:
    """The list."""
    visitor = await run_in_threadpool(who, request.scope)
    return answer(await run_in_threadpool(_page, words_of(request), visitor, ""))


async def change(request: Request) -> Response:
    """Choose one, or make one."""
    words, sent, visitor = words_of(request), await fields(request), await run_in_threadpool(who, request.scope)
    if sent is None or not same_origin(request.scope):
        return RedirectResponse(ADDRESS, 303, _NO_STORE)
    try:
        chosen = await run_in_threadpool(_carried_out, visitor, sent)
    except UserError as error:
        return answer(await run_in_threadpool(_page, words, visitor, words.render(error.title)), 422)
    response = RedirectResponse("/", 303, _NO_STORE)
    if chosen is not None and visitor.session is None:
        keep(request, response, cookie.BUSINESS, chosen)
    return response


def _carried_out(visitor: Visitor, sent: dict[str, str]) -> str | None:
    """The business to look at from now on; None: as before."""
    chosen = sent.get("business")
    if "name" in sent and visitor.scope.role == "owner" and visitor.scope.pages is None:
        chosen = add_business(sent["name"])
        if visitor.person is not None:
            workspace.people().persons.admit(visitor.person, Membership(chosen, "owner"))
        workspace.people().deeds.note(visitor.business, visitor.name, "business_made", chosen)
        workspace.announce(chosen)
    if chosen is None or chosen not in of_visitor(visitor):
        return None
    if visitor.session is not None:
        workspace.people().sessions.look_at(visitor.session, chosen)
    return chosen


def _page(words: Language, visitor: Visitor, trouble: str) -> str:
    mine = of_visitor(visitor)
    makes = visitor.scope.role == "owner" and visitor.scope.pages is None
    parts = [
        tag("h1", words.t("Businesses")),
        *([tag("p", trouble, css="missing", role="alert")] if trouble else []),
        *(_choice(name, words, is_open=name == visitor.business) for name in mine),
        *([_new(words)] if makes else []),
        tag("p", tag("a", words.t("Back to the figures"), href="/"), css="also"),
    ]
    return whole(tag("div", joined(parts), css="door"), words.t("Businesses"), words)


def _choice(name: str, words: Language, *, is_open: bool) -> Html:
    told = Html(f'<input type="hidden" name="business" value="{html(name)}">')
    label = f"● {title(name, words)}" if is_open else title(name, words)
    return tag("form", told, tag("button", label, type="submit", css="quiet"), method="post", class_="choice")


def _new(words: Language) -> Html:
    heading = tag("h2", words.t("Another business"))
    name = field(words.t("Its name"), "name", "text", "", "off")
    button = tag("button", words.t("Make it"), type="submit", css="quiet")
    return joined([heading, tag("form", name, button, method="post")])

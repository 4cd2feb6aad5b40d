"""One's own account: who one is here, where one is signed in, a new password, and going.

Invariant: shows nobody but the one who is signed in; what changes anything is a form of this address.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from data.access.people import Session, passwords
from data.access.visitor import Visitor
from data.errors import UserError
from data.message import say
from kpi.language import Language
from pages._ui.markup import Html, joined, tag
from pages._ui.server import workspace
from pages._ui.server.door.page import field
from pages._ui.server.door.routes import words_of
from pages._ui.server.door.who import who
from pages._ui.server.plain.page import answer, whole
from pages._ui.server.plain.sent import fields
from pages._ui.server.requests import address_of, same_origin

ADDRESS = "/account"


def account_routes() -> list[BaseRoute]:
    """The page, and what its forms do."""
    return [Route(ADDRESS, show, methods=["GET"]), Route(ADDRESS, change, methods=["POST"])]


async def show(request: Request) -> Response:
    """The page; the way in for whoever came by a link or alone."""
    visitor = await run_in_threadpool(who, request.scope)
    if visitor.person is None:
        return RedirectResponse("/", 303, {"Cache-Control": "no-store"})
    return answer(await run_in_threadpool(_page, words_of(request), visitor, ""))


async def change(request: Request) -> Response:
    """Sign out elsewhere, or everywhere; choose a new password."""
    words, sent, visitor = words_of(request), await fields(request), await run_in_threadpool(who, request.scope)
    if visitor.person is None or sent is None or not same_origin(request.scope):
        return RedirectResponse("/enter", 303, {"Cache-Control": "no-store"})
    try:
        await run_in_threadpool(_carry_out, request, visitor, sent)
    except UserError as error:
        return answer(await run_in_threadpool(_page, words, visitor, words.render(error.title)), 422)
    return RedirectResponse("/enter", 303, {"Cache-Control": "no-store"})


def _carry_out(request: Request, visitor: Visitor, sent: dict[str, str]) -> None:
    people, person = workspace.people(), visitor.person or 0
    if "password" in sent:
        known = people.persons.get(person)
        if known is None or people.sign_in(known.login, sent.get("old", ""), address_of(request.scope)) is None:
            raise UserError(say("The present password is wrong."))
        people.persons.choose_password(person, passwords.hashed(sent["password"]))
        people.deeds.note(visitor.business, visitor.name, "password_chosen")
    else:
        people.sessions.end_all(person)
        people.deeds.note(visitor.business, visitor.name, "signed_out_everywhere")


def _page(words: Language, visitor: Visitor, trouble: str) -> str:
    people = workspace.people()
    role = {"owner": words.t("Owner"), "lead": words.t("Team lead"), "viewer": words.t("Viewer")}[visitor.scope.role]
    sessions = people.sessions.of(visitor.person or 0)
    has_password = people.persons.password(visitor.person or 0) is not None
    parts = [
        tag("h1", visitor.name),
        tag("p", role, css="lead"),
        *([tag("p", trouble, css="missing", role="alert")] if trouble else []),
        tag("h2", words.t("Where you are signed in")),
        tag("ul", *(tag("li", _told(words, one, is_this=one.id == visitor.session)) for one in sessions)),
        _button(words.t("Sign out everywhere"), "everywhere"),
        *([_new_password(words)] if has_password else []),
        tag(
            "p", tag("a", words.t("Back to the figures"), href="/"), " · ",
            tag("a", words.t("Sign out"), href="/leave"),
            css="also",
        ),
    ]  # fmt: skip
    return whole(tag("div", joined(parts), css="door"), visitor.name, words)


def _new_password(words: Language) -> Html:
    form = tag(
        "form", field(words.t("Present password"), "old", "password", "", "current-password"),
        field(words.t("New password"), "password", "password", "", "new-password"),
        tag("button", words.t("Change the password"), type="submit", css="quiet"), method="post",
    )  # fmt: skip
    return joined([tag("h2", words.t("New password")), form])


def _told(words: Language, session: Session, *, is_this: bool) -> str:
    device = _device(session.device) or words.t("unknown device")
    seen = words.day(session.seen_at.date(), year=True)
    return f"{device} · " + (words.t("this device") if is_this else words.t("last seen {day}", day=seen))


def _device(agent: str) -> str:
    """The system a browser says it runs on."""
    systems = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")
    return next((name for name in systems if name in agent), "")


def _button(label: str, name: str) -> Html:
    told = Html(f'<input type="hidden" name="{name}" value="1">')
    return tag("form", told, tag("button", label, type="submit", css="quiet"), method="post")

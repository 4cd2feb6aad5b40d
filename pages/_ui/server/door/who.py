"""Who makes a request.

Invariant: found anew for each; the same answer as the screens get (`session.visitor`), from the same cookies.
"""

from dataclasses import replace

from starlette.requests import cookie_parser
from starlette.types import Scope

from data.access import visitor
from data.access.visitor import FIRST, Visitor
from kpi.command.workspace import businesses
from pages._ui import cookie
from pages._ui.server import workspace
from pages._ui.server.door.alone import is_alone
from pages._ui.server.requests import header


def who(scope: Scope) -> Visitor:
    """Whoever shows the cookie of a session; without one, whoever sits at this computer where it is theirs alone."""
    cookies = cookie_parser(header(scope, "cookie") or "")
    token = cookies.get(cookie.SESSION)
    if token is not None:
        return visitor.of_session(workspace.people(), workspace.entries_of, token)
    return alone_in(cookies.get(cookie.BUSINESS, FIRST)) if is_alone(scope) else visitor.NOBODY


def alone_in(business: str) -> Visitor:
    """Whoever sits at this computer, in the business they chose."""
    return replace(visitor.ALONE, business=business) if business in businesses() else visitor.ALONE

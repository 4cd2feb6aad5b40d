"""Who is looking, said on every page: the way to one's account, and that a page is shared by a link and shows a part.

Invariant: whoever sees a part is told which.
"""

from urllib.parse import urlencode

from data.access.people import KPI_PAGES
from data.access.visitor import FIRST, Visitor
from data.model import OWNER, Scope
from pages._ui import address, frame, navigation, session
from pages._ui.markup import Html, joined, link, quiet, tag
from pages._ui.session import View
from pages._ui.titles import column_title


def corner() -> Html:
    """What stands in the header: the other language, and one's account."""
    asking = session.visitor()
    account = [_account(asking)] if asking.person is not None else []
    account += [_business(asking)] if asking.business != FIRST else []
    return joined([frame.language_switch(), *account, *([_share()] if asking.scope == OWNER else [])])


def _business(asking: Visitor) -> Html:
    """Which business is looked at, where it is not the first; the way to the others."""
    return tag("a", asking.business, css="business", href="/businesses", title=session.words().t("Businesses"))


def _share() -> Html:
    """The way to a link to this very view, for owners."""
    page, words = address.page(), session.words()
    view = urlencode(address.view(), doseq=True)
    shared = {"share": [f"{page}?{view}" if view else page]} if page in KPI_PAGES else {}
    where = navigation.href("access", shared | address.language())
    return link(where, words.t("Share this page"), css="share")


def _account(asking: Visitor) -> Html:
    letters = "".join(part[0] for part in asking.name.split()[:2]).upper()
    title = session.words().t("{name}: account and signing out", name=asking.name)
    return tag("a", letters or "…", css="account", href="/account", title=title, aria_label=title)


def badge(view: View) -> Html:
    """That the page was opened by a link, and what it shows; nothing for whoever has an account."""
    asking = session.visitor()
    if asking.link is None:
        return Html()
    t = view.language.t
    named = t("Shared by link: {title}", title=asking.name) if asking.name else t("Shared by link")
    ends = _ends(view, asking)
    seen = session.real_visitor().link is None
    close = (
        link(navigation.href("access", {session.SEEN_AS: ["0"]}), t("Close"))
        if seen
        else tag("a", t("Close"), href="/leave")
    )
    parts = [tag("b", named), *(f" · {part}" for part in [*limits(view, asking.scope), *([ends] if ends else [])])]
    return tag("div", close, *parts, css="shared", role="note")


def limits(view: View, scope: Scope) -> list[str]:
    """What a scope leaves of the figures, in words."""
    t = view.language.t
    told = [f"{column_title(view, name)}: {view.language.list(members)}" for name, members in scope.where]
    if scope.since is not None and scope.until is not None:
        told.append(view.language.span(scope.since, scope.until))
    elif scope.since is not None:
        told.append(t("since {day}", day=view.language.day(scope.since, year=True)))
    elif scope.until is not None:
        told.append(t("until {day}", day=view.language.day(scope.until, year=True)))
    money = {"shown": "", "rounded": t("money is rounded"), "hidden": t("money is hidden")}[scope.money]
    return [*told, *([money] if money else [])]


def _ends(view: View, asking: Visitor) -> str:
    shown = view.store.entries.links.get(asking.link or 0)
    if shown is None or shown.expires_at is None:
        return ""
    return view.language.t("opens until {day}", day=view.language.day(shown.expires_at.date(), year=True))


def hint(view: View) -> Html:
    """The same for whoever has an account that shows a part."""
    scope = view.reader.scope
    told = limits(view, scope) if session.visitor().person is not None else []
    return quiet(view.language.t("You see: {parts}.", parts="; ".join(told))) if told else Html()

"""What the pages of accounts ask, and the links between them.

Invariant: the address says what is compared; what it does not say is the account.
"""

from kpi.accounts import PERIODS, SLICES, Asked, Comparison, compare, words
from kpi.accounts.overlap import Overlap, overlap
from pages._ui import address, navigation, session
from pages._ui.filters import Filters
from pages._ui.markup import Html, link, tag
from pages._ui.period import month_start
from pages._ui.session import View

PAGE = "accounts"
MONTHS = 4
"""Months shown of a member that has nobody beside it."""
TABS = ("segments", "clients")
"""Besides the comparison."""


def by(view: View) -> str:
    """What is compared."""
    return address.one("by", slices(view)) or SLICES[0]


def slices(view: View) -> tuple[str, ...]:
    """What can be compared here: what the advertisements tell; without any, what orders tell."""
    known = view.reader.relations()
    columns = known["ad_days"].own if known["ad_days"].rows else known["orders"].own
    return tuple(name for name in SLICES if name in PERIODS or name in columns or name == SLICES[0])


def comparison(view: View, chosen: Filters, what: str | None = None) -> Comparison:
    """The members of the slice in the chosen days. `NothingToCompare` where there are none."""
    asked = Asked(what or by(view), chosen.span.since, chosen.span.until, chosen.where)
    return session.kept(view, asked, lambda: compare(view.reader, asked))


def pictured(view: View, chosen: Filters, found: Comparison) -> Comparison:
    """What the pictures show: the comparison, or of a member alone its last months, for one bar says nothing."""
    if found.asked.by in PERIODS or len(found.members) > 1:
        return found
    asked = Asked("month", month_start(found.until, 1 - MONTHS), found.until, chosen.where)
    return session.kept(view, asked, lambda: compare(view.reader, asked))


def shared(view: View, chosen: Filters) -> Overlap | None:
    """Clients of several accounts."""
    question = ("clients of accounts", chosen.span, chosen.where)
    return session.kept(
        view, question, lambda: overlap(view.reader, chosen.span.until, chosen.where, chosen.span.since)
    )  # fmt: skip


def tabs(view: View, chosen: str | None = None) -> Html:
    """The comparison, whom accounts bring, what they share."""
    t = view.language.t
    named = ((None, t("Compared")), ("segments", t("Whom they bring")), ("clients", t("Shared clients and texts")))
    found = [link(where(tab=tab), name, on=tab == chosen) for tab, name in named]
    return tag("nav", *found, css="lenses tight", aria_label=t("Accounts"))


def lenses(view: View) -> Html:
    """What else can be compared."""
    found = [
        link(where(by=None if name == SLICES[0] else name), words.slice_title(name, view.language), on=name == by(view))
        for name in slices(view)
    ]
    return tag("nav", *found, css="lenses tight", aria_label=view.language.t("What is compared"))


def where(**parts: str | None) -> str:
    """The address of this view with these parts changed."""
    return navigation.href(PAGE, address.here(**parts))

"""The nouns of who may come in: persons, what they belong to, sessions, deeds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from data.model import OWNER, Money, Role, Scope, Where


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    id: int
    """Their number."""
    login: str
    """What they sign in with, lower case: an e-mail address or a word."""
    name: str
    """What they are called."""
    has_password: bool
    """Whether they chose a password yet."""
    created_at: datetime
    """When the account was made."""
    disabled_at: datetime | None
    """When it was closed; None: it is open."""


@dataclass(frozen=True)
class Membership:
    """What somebody may do in one business."""

    business: str
    """Name of the business; empty: the first one."""
    role: Role
    """owner, lead or viewer."""
    where: Where = ()
    """Dimension → the only members they see; empty: everybody."""
    pages: frozenset[str] | None = None
    """The only pages they open; None: those of their role."""
    money: Money = "shown"
    """What they see of money."""

    @property
    def scope(self) -> Scope:
        """The Scope that everything is asked with; an owner's is whole."""
        if self.role == "owner":
            return OWNER
        pages = opened_by(self.role, self.pages) - (MONEY_PAGES if self.money != "shown" else frozenset())
        return Scope(self.role, pages, tuple(sorted(self.where)), money=self.money)


KPI_PAGES = frozenset(
    {
        "overview", "quality", "operations", "finance", "team", "marketing", "hiring", "processes", "accounts",
        "experiments", "people", "reports", "catalogue",
    }
)  # fmt: skip
"""Pages that show figures within whatever scope, and enter nothing that only owners may."""
LEAD_PAGES = KPI_PAGES | {"alerts", "bonus"}
"""What leads open unless it is said otherwise."""


MONEY_PAGES = frozenset({"bonus"})
"""Pages that are about nothing but money."""


def opened_by(role: Role, pages: frozenset[str] | None) -> frozenset[str]:
    """The pages of whoever is no owner, at most those chosen."""
    whole = LEAD_PAGES if role == "lead" else KPI_PAGES
    return whole if pages is None else pages & whole


@dataclass(frozen=True)
class Session:
    """One browser that came in."""

    id: int
    """Its number."""
    person: int | None
    """Number of the person; None: it came by a link."""
    link: int | None
    """Number of the link; None: somebody signed in."""
    business: str
    """The business it looks at."""
    device: str
    """What the browser says it is, shortened."""
    created_at: datetime
    """When it began."""
    seen_at: datetime
    """When it was last at work, to a few minutes."""
    expires_at: datetime
    """When it ends by itself."""


@dataclass(frozen=True)
class Deed:
    """One thing somebody did."""

    at: datetime
    """When."""
    business: str
    """Where."""
    who: str
    """Name of the person, or of the link."""
    what: str
    """Code of what was done: signed_in, changed, exported, opened, …"""
    detail: str
    """What it was done to."""


Kind = Literal["owner", "invitation", "reset"]
"""What a one-time link is for: to become the first owner, to come in for the first time, to choose a new password."""

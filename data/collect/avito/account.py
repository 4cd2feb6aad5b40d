"""The account that is asked for: its number, its advertisements, the people of its company.

Invariant: what is known of advertisements and people is looked up at most once a day and kept in the state; without the
right to it everything else is fetched all the same, only without their names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from data.collect.api.failures import ServiceFailure, Unreachable
from data.collect.api.pace import Limit
from data.collect.api.parts import Progress
from data.collect.api.reply import Reply, replies
from data.collect.avito.client import Avito
from data.message import say

PROFILE = say("the profile's number and name")
ADS = say("the list of advertisements")
PEOPLE = say("the list of employees")
_ITEMS = Limit("items", 25, 60)
_PAGE = 99
"""Advertisements a page: the description says «less than 100»."""
_STATUSES = "active,removed,old,blocked,rejected"
_WIDER = ("область", "обл.", "край", "республика", "респ.", "округ", "район")
"""Words of an address that name more than a town."""


@dataclass(frozen=True)
class Account:
    """Whom the questions are about."""

    avito: Avito
    """Asks."""
    user_id: str
    """Number of the profile."""
    zone: ZoneInfo
    """Where the business's clocks hang."""
    history: int
    """Days to go back at first."""

    @property
    def label(self) -> str:
        """What its rows are of, where nobody named the account."""
        return f"Avito {self.user_id}"


@dataclass(frozen=True)
class Ad:
    """What is known of an advertisement besides its figures."""

    title: str | None
    """Its headline."""
    category: str | None
    """Name of its category."""
    city: str | None
    """Town of its address."""


def profile(avito: Avito) -> Reply:
    """The account the keys belong to: id, name."""
    return avito.get("/core/v1/accounts/self", PROFILE)


def ads(account: Account, progress: Progress) -> Mapping[str, Ad]:
    """Number → what is known of it; of the last look where Avito does not say now."""
    state = progress.of("ads")
    if state.get("on") != progress.today.isoformat():
        try:
            _look(account.avito, state)
            state["on"] = progress.today.isoformat()
        except Unreachable:
            raise
        except ServiceFailure:
            state["on"], state["page"] = progress.today.isoformat(), 1
    return {number: Ad(*known) for number, known in state.get("known", {}).items()}


def _look(avito: Avito, state: dict[str, object]) -> None:
    """Page by page; a wait leaves the pages read so far, and the next look goes on there."""
    known = state.setdefault("known", {})
    while True:
        page = int(str(state.get("page", 1)))
        params = {"per_page": _PAGE, "page": page, "status": _STATUSES}
        found = avito.get("/core/v1/items", ADS, (_ITEMS,), params).each("resources")
        for each in found:
            category = each.inner("category")
            about = [each.said("title"), category.said("name") if category else None, city_of(each.said("address"))]
            if isinstance(known, dict):
                known[each.text("id")] = about
        state["page"] = page + 1
        if len(found) < _PAGE:
            state["page"] = 1
            return


def city_of(address: str | None) -> str | None:
    """The town of an address: its first part that names nothing wider."""
    parts = (part.strip() for part in (address or "").split(","))
    return next((part for part in parts if part and not any(word in part.casefold() for word in _WIDER)), None)


def people(account: Account, progress: Progress) -> Mapping[str, str]:
    """Number of an employee of the company's account → name; empty where the account has no employees."""
    state = progress.of("people")
    if state.get("on") != progress.today.isoformat():
        try:
            listed = account.avito.get_any("/getEmployeesV1", PEOPLE)
            found = replies(listed, account.avito.complain(PEOPLE))
            state["known"] = {one.text("employeeId"): name for one in found if (name := one.said("name"))}
        except Unreachable:
            raise
        except ServiceFailure:
            pass
        state["on"] = progress.today.isoformat()
    known = state.get("known", {})
    return known if isinstance(known, dict) else {}

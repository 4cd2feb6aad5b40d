"""A branch: its name, its people, what its services are.

Invariant: what names things (categories, users, employees) is looked up at most once a day and kept in the state;
without the right to it everything else is fetched all the same, only without those names.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from data.collect.api.failures import ServiceFailure, Unreachable
from data.collect.api.parts import Progress
from data.collect.api.reply import Reply
from data.collect.yclients.client import Yclients
from data.errors import UserError
from data.message import Message, say

BRANCH = say("the branch")
STAFF = say("the list of employees")
CATEGORIES = say("the list of services")
USERS = say("the list of users")


@dataclass(frozen=True)
class Branch:
    """Whom the questions are about."""

    yclients: Yclients
    """Asks."""
    number: str
    """Of the branch («company» in the description)."""
    title: str
    """Its name."""
    history: int
    """Days to go back at first."""

    @property
    def label(self) -> str:
        """What its rows are of."""
        return f"{self.yclients.service} {self.number}"


@dataclass(frozen=True)
class Person:
    """An employee."""

    number: str
    """Of the employee."""
    name: str
    """As clients see it."""
    role: str | None
    """Post, else what they are specialised in."""
    hired_on: str | None
    """Day, where the branch keeps it."""
    left_on: str | None
    """Day, where the person left."""


def numbers_of(text: str) -> tuple[str, ...]:
    """The numbers of branches that somebody entered. `UserError`: one of them is none."""
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    for part in parts:
        if not part.isdecimal() or len(part) > 12:
            raise UserError(say("«{text}» is no number of a branch.", text=part))
    return tuple(dict.fromkeys(parts))


def title(yclients: Yclients, number: str, progress: Progress) -> str:
    """The name of a branch when it was first asked for: its rows are known by it, whatever it is called later."""
    state = progress.of(f"branch.{number}")
    if "title" not in state or progress.is_trial:
        state["title"] = yclients.one(f"/company/{number}", BRANCH).said("title") or number
    return str(state["title"])


def staff(branch: Branch, progress: Progress) -> tuple[Person, ...]:
    """Everybody who works or worked there."""
    state = progress.of(f"people.{branch.number}")
    if state.get("on") != progress.today.isoformat():
        found = branch.yclients.all(f"/company/{branch.number}/staff/", STAFF)
        state.update(on=progress.today.isoformat(), known=[_person(one) for one in found if _is_person(one)])
    return tuple(Person(*one) for one in state.get("known", ()))


def _is_person(one: Reply) -> bool:
    return one.said("name") is not None and not one.flag("is_deleted")


def _person(one: Reply) -> list[str | None]:
    position, employee = one.inner("position"), one.inner("employee")
    role = (position.said("title") if position else None) or one.said("specialization")
    hired = employee.said("date_admission") if employee else None
    return [one.text("id"), one.text("name"), role, _day(hired), _day(one.said("dismissal_date"))]


def _day(text: str | None) -> str | None:
    """A day, where it is one: «0000-00-00» is none."""
    return text[:10] if text and re.match(r"[12]\d{3}-\d\d-\d\d", text) else None


def categories(branch: Branch, progress: Progress) -> Mapping[str, str]:
    """Number of a service → name of its category; empty without the right to it."""

    def look() -> dict[str, str]:
        asks, path = branch.yclients, f"/company/{branch.number}"
        names = {one.text("id"): one.said("title") for one in asks.all(f"{path}/service_categories/", CATEGORIES)}
        found = {
            one.text("id"): names.get(one.said("category_id") or "")
            for one in asks.all(f"{path}/services/", CATEGORIES)
        }
        return {number: name for number, name in found.items() if name}

    return _daily(progress, f"categories.{branch.number}", look)


def users(branch: Branch, progress: Progress) -> Mapping[str, str]:
    """Number of a user of the branch → name; empty without the right to it."""

    def look() -> dict[str, str]:
        found = branch.yclients.all(f"/company_users/{branch.number}", USERS)
        return {one.text("id"): name for one in found if (name := one.said("firstname") or one.said("name"))}

    return _daily(progress, f"users.{branch.number}", look)


def _daily(progress: Progress, name: str, look: Callable[[], dict[str, str]]) -> Mapping[str, str]:
    state: dict[str, Any] = progress.of(name)
    if state.get("on") != progress.today.isoformat():
        try:
            state["known"] = look()
        except Unreachable:
            raise
        except ServiceFailure:
            state.setdefault("known", {})
        state["on"] = progress.today.isoformat()
    known: Mapping[str, str] = state["known"]
    return known


def of_branch(what: Message, branch: Branch) -> Message:
    """What is fetched, with the branch it is of."""
    return say("{what}, {branch}", what=what, branch=branch.title)

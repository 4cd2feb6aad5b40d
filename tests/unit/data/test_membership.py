"""What a membership lets somebody see."""

import pytest

from data.access.people import KPI_PAGES, LEAD_PAGES, Membership
from data.model import OWNER


def test_an_owner_sees_everything_whatever_else_was_said() -> None:
    assert Membership("", "owner", (("team", ("A",)),), frozenset({"quality"}), "hidden").scope == OWNER


@pytest.mark.parametrize("money", ["rounded", "hidden"])
def test_whoever_does_not_see_money_opens_no_page_about_it(money: str) -> None:
    scope = Membership("", "lead", money=money).scope  # type: ignore[arg-type]
    assert scope.pages == LEAD_PAGES - {"bonus"}
    assert Membership("", "lead").scope.pages == LEAD_PAGES


def test_nobody_opens_more_than_their_role() -> None:
    scope = Membership("", "viewer", pages=frozenset({"data", "bonus", "quality"})).scope
    assert scope.pages == frozenset({"quality"})
    assert Membership("", "viewer").scope.pages == KPI_PAGES

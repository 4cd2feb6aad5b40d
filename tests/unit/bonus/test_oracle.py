"""The demo's barbers in September, counted a second time from the raw rows with nothing of the product but them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest

from data.demo.people import PEOPLE
from data.store.store import Store
from tests.unit.bonus.conftest import SEPTEMBER, Asking, Facts

RUSLAN = "Руслан Ахметов"
BRANCH = "Барбершоп «Усы»"
FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)


def half_up(value: float | Decimal, digits: str = "0.01") -> Decimal:
    return Decimal(str(round(float(value), 9))).quantize(Decimal(digits), ROUND_HALF_UP)


def done(facts: Facts, person: str | None) -> pd.DataFrame:
    """Done jobs of the branch in September, by the business date."""
    orders = facts["orders"]
    day = orders["finished_at"].fillna(orders["scheduled_at"]).fillna(orders["created_at"]).dt.date
    mine = orders[(day >= FIRST) & (day <= LAST) & (orders["status"] == "done") & (orders["branch"] == BRANCH)]
    chosen: pd.DataFrame = mine if person is None else mine[mine["employee"] == person]
    return chosen


def hours(facts: Facts, person: str, column: str) -> float:
    shifts = facts["shifts"]
    days = pd.to_datetime(shifts["date"]).dt.date
    return float(shifts[(shifts["employee"] == person) & (days >= FIRST) & (days <= LAST)][column].sum())


def between(value: Decimal, low: int, full: int, high: int, most: int) -> Decimal:
    """50 % at low, 100 % at full, most at high."""
    if value < low:
        return Decimal(0)
    if value < full:
        return half_up(50 + 50 * (value - low) / (full - low))
    return half_up(100 + (most - 100) * (value - full) / (high - full)) if value < high else Decimal(most)


def scaled(levels: tuple[int, int, int], share: Decimal) -> tuple[Decimal, ...]:
    return tuple(half_up(level * share / 100) for level in levels)


def expected(facts: Facts, person: str) -> Decimal:
    """Roubles and kopecks before rounding."""
    mine, branch = done(facts, person), done(facts, None)
    fund = next(one.bonus_fund for one in PEOPLE if one.name == person)
    worked, planned = hours(facts, person, "worked_hours"), hours(facts, person, "planned_hours")
    share = half_up(100 * min(worked, planned) / planned)
    revenue = half_up(mine["revenue"].sum())
    begin, full, high = scaled((110_000, 160_000, 220_000), share)
    rework = half_up(100 * mine["is_rework"].mean())
    left = half_up(100 - 60 * (rework - 2) / 4) if 2 < rework < 6 else Decimal(100 if rework <= 2 else 40)
    lines: list[tuple[int, Decimal, Decimal | int]] = [
        (28, between(half_up(100 * (mine["addon_revenue"] > 0).mean()), 10, 20, 40, 150), 100),
        (12, between(half_up(100 * (branch["addon_revenue"] > 0).mean()), 10, 20, 40, 150), 100),
        (28, between(revenue, begin, full, high, 130), 100),  # type: ignore[arg-type]
        (12, between(half_up(branch["revenue"].sum()), 640_000, 800_000, 960_000, 130), 100),
        (20, between(half_up(mine["revenue"].sum() / worked), 900, 1_150, 1_400, 130), left),
    ]
    return sum((half_up(Decimal(fund) * w * paid * cut * share / 100**4) for w, paid, cut in lines), Decimal(0))


@pytest.mark.parametrize("person", [RUSLAN, "Илья Громов", "Тимур Сафин", "Артём Зайцев", "Павел Кузьмин"])
def test_every_barber_gets_what_the_raw_rows_say(barbershop: Store, asking: Asking, facts: Facts, person: str) -> None:
    slip = asking(barbershop).month("barbers", SEPTEMBER).sheet.of(person)
    assert slip is not None
    assert slip.exact == expected(facts, person)
    assert slip.total == half_up(slip.exact, "1")


def test_the_one_who_sells_add_ons_is_paid_for_them(barbershop: Store, asking: Asking) -> None:
    sheet = asking(barbershop).month("barbers", SEPTEMBER).sheet
    earned = {slip.person.name: slip.parts[0].personal.payout for slip in sheet.slips}
    assert max(earned, key=earned.__getitem__) == RUSLAN
    assert earned[RUSLAN] > 100
